"""Without input or output."""
