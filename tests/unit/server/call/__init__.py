"""A call: its words, heard and said."""
