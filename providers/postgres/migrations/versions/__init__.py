"""Revisions, numbered in order; each runs the file of its name in sql/."""
