"""Recognisers on somebody else's machine: what they share, and how each reads and writes."""
