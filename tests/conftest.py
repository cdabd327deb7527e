"""The order of the whole suite."""

import pytest

LONGEST_FIRST = ("e2e", "integration", "docs", "contract")
"""Folders whose tests wait for servers and calls."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several processes share the tests, begin with the long ones, so that none of them is alone at the end."""
    if hasattr(config, "workerinput"):
        items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    folder = item.nodeid.split("/")[1]
    return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)
