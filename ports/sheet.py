"""Tables that people read: a spreadsheet with a header row, its rows known by one column."""

from collections.abc import Callable, Mapping
from typing import Protocol

from domain.errors import InvalidInput
from ports.outbox import Receipt
from ports.plain_text import require_line, require_text

MOST_CHARACTERS = 50_000
"""What one cell of a Google sheet holds at most."""

Cell = str | int | float
"""Text is kept to the letter; numbers are numbers to the spreadsheet."""


class Sheet(Protocol):
    """Holds rows by key. A row put again after a lost answer is found by its key and is there once.

    That holds as long as one writer at a time puts rows of one sheet; let them share a lane of the outbox.
    """

    @property
    def name(self) -> str:
        """Which kind of sheet it is, for receipts and errors."""
        ...

    async def put_row(self, sheet: str, key_column: str, row: Mapping[str, Cell]) -> Receipt:
        """Update the first row whose key column holds the same as this one's, or add this one.

        Columns that the row lacks keep what they hold; those that the sheet lacks are added, and so is the sheet.
        Proof: provider and what was done (`added`, `updated`).

        Raises:
            OutcomeUnknown: the answer was lost; put it again.
            ProviderUnavailable: it was not written; later it may be.
            ProviderRejected: it was not written and will not be.
            InvalidInput: no key, or a name or value that a sheet cannot hold.
        """
        ...

    async def read_rows(self, sheet: str) -> list[dict[str, str]]:
        """List the rows of a sheet, from the top; none where there is no such sheet (ProviderError)."""
        ...


class SheetRows(Protocol):
    """Finds rows of the tenants' sheets for whoever cannot wait long.

    Columns have their names here, in small letters with underscores, however the header of the sheet writes them.
    """

    async def find(
        self, tenant_id: str, sheet: str, column: str, value: str, key: Callable[[str], str | None]
    ) -> Mapping[str, str] | None:
        """Find the first row whose column is `value` by `key`; None where there is none, or nobody can tell in time."""
        ...


class NoRows:
    """Where no sheets are."""

    async def find(
        self, tenant_id: str, sheet: str, column: str, value: str, key: Callable[[str], str | None]
    ) -> Mapping[str, str] | None:
        """Find nothing."""
        return None


def require_row(sheet: str, key_column: str, row: Mapping[str, Cell]) -> None:
    """Refuse a row that no sheet can hold (InvalidInput naming the field)."""
    require_line(sheet, "sheet")
    if not 0 < len(sheet) <= 100 or sheet != sheet.strip():
        raise InvalidInput("sheet must be a name of at most 100 characters.", field="sheet")
    for column, value in row.items():
        require_line(column, "column")
        require_text(str(value), column)
        if max(len(column), len(str(value))) > MOST_CHARACTERS:
            raise InvalidInput(f"{column[:40]} must be at most {MOST_CHARACTERS} characters.", field=column[:40])
    if not all(column == column.strip() and column for column in row):
        raise InvalidInput("A column needs a name without spaces around it.", field="column")
    key = row.get(key_column)
    if not isinstance(key, str) or not key:
        raise InvalidInput(f"{key_column} is the key and must be text.", field=key_column)
