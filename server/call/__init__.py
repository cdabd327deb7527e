"""A call on a line: what is heard becomes turns, what is answered becomes speech."""
