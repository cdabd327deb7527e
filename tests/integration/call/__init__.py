"""Whole calls on a line that the test holds at its other end."""
