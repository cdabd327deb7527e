"""Start-up, as far as it needs no database."""
