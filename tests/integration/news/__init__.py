"""News between processes, over Postgres and over Redis."""
