"""Tests by what they need: nothing, an adapter, a database, a process, the tree itself."""
