"""The tables that a playbook keeps beside ours, asked by its own statements."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Migration:
    """A file of SQL that a playbook's tables are made or changed by; run once, in the order of names."""

    playbook: str
    name: str
    text: str


class PlaybookData(Protocol):
    """Reads for one tenant; nothing is written here (see `Learnt.statements`)."""

    async def rows(
        self, tenant_id: str, statement: str, params: Mapping[str, Any], blind: Collection[str] = ()
    ) -> list[dict[str, Any]]:
        """Run one statement and return its rows; `blind` names parameters to look personal values up by.

        Each is given as `name_key`, a digest that rows are found by, and `name_keys`, all that it may be kept under.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        ...
