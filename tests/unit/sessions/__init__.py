"""Sessions without a store."""
