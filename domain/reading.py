"""What a playbook may read beside the dataset: its own tables, and the sheets of the business."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Protocol, runtime_checkable


@runtime_checkable
class Query(Protocol):
    """Reads by a statement of the playbook's own `queries.sql`: its name and parameters, its rows.

    `blind` names parameters that are personal values to find rows by (see ports.playbook_data).
    """

    async def __call__(self, name: str, params: Mapping[str, Any], blind: Collection[str] = ()) -> list[dict[str, Any]]:
        """Return the rows (Unavailable when the database cannot be asked now)."""
        ...


async def no_tables(name: str, params: Mapping[str, Any], blind: Collection[str] = ()) -> list[dict[str, Any]]:
    """Stand where there is no database: a playbook that asks is told so."""
    raise LookupError(f"there are no tables to ask {name} of")


@runtime_checkable
class FindRow(Protocol):
    """Finds a row of one of the business's own sheets by what `key` makes of the cells of a column."""

    async def __call__(
        self, sheet: str, column: str, value: str, key: Callable[[str], str | None]
    ) -> Mapping[str, str] | None:
        """Return the first row; None where there is none, or where nobody can tell in time."""
        ...


async def no_sheets(sheet: str, column: str, value: str, key: Callable[[str], str | None]) -> Mapping[str, str] | None:
    """Stand where there are no sheets: nothing is found."""
    return None
