"""Whole calls: their rows, how they are played, and what they came to."""
