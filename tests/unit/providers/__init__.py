"""Tests of the adapters that need no I/O."""
