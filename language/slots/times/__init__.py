"""The times of day that a caller names."""
