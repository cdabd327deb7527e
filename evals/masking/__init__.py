"""A real case as a row, with invented people, days and numbers in it."""
