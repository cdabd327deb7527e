"""The wiring, without running it."""
