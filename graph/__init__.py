"""The wiring of a turn: the picture, and where each run goes."""
