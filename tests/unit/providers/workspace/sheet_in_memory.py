"""A sheet in memory, which answers when it is let to."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.errors import Fault, ProviderUnavailable
from ports.outbox import Receipt
from ports.sheet import Cell


def _open() -> asyncio.Event:
    answers = asyncio.Event()
    answers.set()
    return answers


@dataclass(eq=False)
class MemorySheet:
    """Rows by sheet, and how often they were read. With `refuses` it does not answer but say no."""

    sheets: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    refuses: bool = False
    reads: int = 0
    answers: asyncio.Event = field(default_factory=_open)
    name: str = "memory"

    async def put_row(self, sheet: str, key_column: str, row: Mapping[str, Cell]) -> Receipt:
        """Add the row."""
        self.sheets.setdefault(sheet, []).append({column: str(value) for column, value in row.items()})
        return Receipt({"provider": self.name, "done": "added"})

    async def read_rows(self, sheet: str) -> list[dict[str, str]]:
        """List the rows, when it is let to."""
        self.reads += 1
        await self.answers.wait()
        if self.refuses:
            raise ProviderUnavailable(self.name, Fault.SERVER)
        return self.sheets.get(sheet, [])
