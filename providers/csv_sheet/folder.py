"""A folder of CSV files behind the sheet port: one file a sheet, rewritten whole under a lock."""

import csv
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from domain.errors import Fault, InvalidInput, ProviderRejected
from ports.outbox import Receipt
from ports.sheet import Cell, require_row
from providers.csv_sheet.table import Table, read_table, write_table
from providers.whole_files import locked, on_disk, write_whole

PROVIDER = "csv"
_NAME = re.compile(r"\w[\w -]{0,62}\w|\w")


class CsvFolder:
    """The sheets of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def name(self) -> str:
        """Which kind of sheet it is."""
        return PROVIDER

    async def put_row(self, sheet: str, key_column: str, row: Mapping[str, Cell]) -> Receipt:
        """Update the row of the key or add it (errors as the port says)."""
        require_row(sheet, key_column, row)
        path = self._path(sheet)
        added = await on_disk(PROVIDER, lambda: self._put(path, key_column, row))
        return Receipt({"provider": PROVIDER, "done": "added" if added else "updated"})

    async def read_rows(self, sheet: str) -> list[dict[str, str]]:
        """List the rows (ProviderError)."""
        path = self._path(sheet)
        return await on_disk(PROVIDER, lambda: _read(path).by_column())

    def _put(self, path: Path, key_column: str, row: Mapping[str, Cell]) -> bool:
        with locked(self._folder, PROVIDER):
            table = _read(path)
            added = table.put(key_column, row)
            write_whole(path, write_table(table))
        return added

    def _path(self, sheet: str) -> Path:
        if not _NAME.fullmatch(sheet):
            raise InvalidInput("sheet must be a name of letters, digits, spaces and hyphens.", field="sheet")
        return self._folder / f"{sheet}.csv"


def _read(path: Path) -> Table:
    """Read a file as it is now (ProviderRejected when somebody made it something else)."""
    try:
        return read_table(path.read_bytes() if path.exists() else b"")
    except (UnicodeDecodeError, csv.Error) as error:
        raise ProviderRejected(PROVIDER, Fault.MALFORMED, f"{PROVIDER}: {path.name} is no CSV file any more") from error


@asynccontextmanager
async def open_csv_folder(folder: Path) -> AsyncIterator[CsvFolder]:
    """Open a folder of sheets; it is made with the first row."""
    yield CsvFolder(folder)
