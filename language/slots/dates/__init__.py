"""The days that a caller names, by the clock of the call."""
