"""Tables as CSV files."""
