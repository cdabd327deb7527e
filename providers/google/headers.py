"""Headers of a Gemini request that the client sets and the loopback reads."""

from datetime import timedelta

PURPOSE = "x-parley-purpose"
"""What a call is for (`clean`, `decide`, ...); ours, and ignored by Google."""

DEADLINE = "x-server-timeout"
"""Whole seconds after which Gemini gives up."""

DEADLINE_FLOOR = timedelta(seconds=10)
"""The shortest deadline Gemini accepts; with a shorter one every call is a 400."""
