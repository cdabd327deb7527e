"""One tab of a spreadsheet, by gspread's calls; everything here blocks and runs in a thread.

Values are written RAW: Google keeps them as they are, runs no formula in them and makes no number of a phone number.
Source: https://developers.google.com/workspace/sheets/api/reference/rest/v4/ValueInputOption
"""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from domain.errors import Fault, ProviderUnavailable
from ports.sheet import Cell
from providers.google_account.faults import GoogleRejected
from providers.google_account.sdk import load_sdk

PROVIDER = "google_sheets"
_RAW = {"valueInputOption": "RAW"}
_BAD_RANGE = 400
Lines = list[list[str]]


class Tab:
    """A tab with its header in row 1. `client` is gspread's HTTPClient."""

    def __init__(self, client: Any, spreadsheet_id: str, title: str) -> None:
        self._client = client
        self._id = spreadsheet_id
        self._title = title
        self._notation = load_sdk("gspread.utils")

    def put(self, key_column: str, row: Mapping[str, Cell]) -> bool:
        """Update the first row of the same key or add one; True when it was added (ProviderError)."""
        header = self._widened(row)
        column = self._letters(header.index(key_column) + 1)
        keys = [line[0] if line else "" for line in self._values(f"{column}:{column}")]
        cells = [row.get(name) for name in header]  # None keeps what a cell holds
        if row[key_column] in keys[1:]:
            at = keys.index(str(row[key_column]), 1) + 1
            self._client.values_update(self._id, self._range(f"A{at}"), params=_RAW, body={"values": [cells]})
            return False
        params = _RAW | {"insertDataOption": "INSERT_ROWS"}
        self._client.values_append(self._id, self._range("A1"), params, {"values": [cells]})
        return True

    def rows(self) -> list[dict[str, str]]:
        """List the rows by the names of their columns; none where there is no such tab (ProviderError)."""
        header, *rows = (self._values() if self._is_there() else []) or [[]]
        return [dict(zip_longest(header, row[: len(header)], fillvalue="")) for row in rows]

    def _widened(self, row: Mapping[str, Cell]) -> list[str]:
        """Return the header, with the row's columns added where they are missing."""
        header = self._header()
        missing = [name for name in row if name not in header]
        if missing:
            start = f"{self._letters(len(header) + 1)}1"
            self._client.values_update(self._id, self._range(start), params=_RAW, body={"values": [missing]})
        return header + missing

    def _header(self) -> list[str]:
        try:
            lines = self._values("1:1")
        except GoogleRejected as error:
            if error.status != _BAD_RANGE or self._is_there():
                raise
            self._client.batch_update(self._id, {"requests": [{"addSheet": {"properties": {"title": self._title}}}]})
            return []
        return [name.strip() for name in lines[0]] if lines else []

    def _is_there(self) -> bool:
        params = {"fields": "sheets.properties.title"}
        tabs = self._client.fetch_sheet_metadata(self._id, params=params).get("sheets", [])
        return any(tab.get("properties", {}).get("title") == self._title for tab in tabs)

    def _values(self, cells: str | None = None) -> Lines:
        answer = self._client.values_get(self._id, self._range(cells))
        lines = answer.get("values", [])
        if not isinstance(lines, list) or not all(isinstance(line, list) for line in lines):
            raise ProviderUnavailable(PROVIDER, Fault.MALFORMED)
        return [[str(cell) for cell in line] for line in lines]

    def _range(self, cells: str | None) -> str:
        name: str = self._notation.absolute_range_name(self._title, cells)
        return name

    def _letters(self, column: int) -> str:
        cell: str = self._notation.rowcol_to_a1(1, column)
        return cell.rstrip("1")
