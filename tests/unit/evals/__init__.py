"""Evaluations: how rows are read, counted and held to thresholds."""
