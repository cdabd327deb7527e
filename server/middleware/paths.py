"""Paths by their first segments."""

from collections.abc import Sequence


def under(path: str, prefixes: Sequence[str]) -> bool:
    """Say whether a path is one of the prefixes or lies below one."""
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in prefixes)
