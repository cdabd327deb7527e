"""How well Parley does on public sets of calls: rows from a folder outside the project, scored by each set's way."""
