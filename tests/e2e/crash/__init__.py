"""Killing the real server at every boundary of a turn and at any moment, and counting what is left."""
