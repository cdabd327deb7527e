"""A table as a CSV file (RFC 4180) that people open with a spreadsheet, and that comes back to the letter.

A spreadsheet runs what begins with = + - or @. Text that does, negative numbers aside, is written behind an apostrophe,
which says "this is text", and reading takes it off again; text that begins with an apostrophe gets one more. So a phone
number in E.164 stands in the file as '+919812345678: a spreadsheet keeps its plus and all its digits, where it would
make 9.19812E+11 of the bare number. The byte order mark is there so that names outside of ASCII are read as UTF-8.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

from ports.sheet import Cell

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
"""Beginnings that some spreadsheet takes for a formula, and the apostrophe itself."""
_ENCODING = "utf-8-sig"
_NEGATIVE = re.compile(r"-[0-9]+(\.[0-9]+)?")


@dataclass
class Table:
    """A header, and rows that are as long; cells as text."""

    header: list[str]
    rows: list[list[str]]

    def put(self, key_column: str, row: Mapping[str, Cell]) -> bool:
        """Update the first row of the same key, or add one; True when it was added."""
        self._widen(row)
        at = self.header.index(key_column)
        there = next((each for each in self.rows if each[at] == row[key_column]), None)
        if there is None:
            self.rows.append([""] * len(self.header))
        target = self.rows[-1] if there is None else there
        for column, value in row.items():
            target[self.header.index(column)] = str(value)
        return there is None

    def by_column(self) -> list[dict[str, str]]:
        """List the rows by the names of their columns."""
        return [dict(zip(self.header, row, strict=True)) for row in self.rows]

    def _widen(self, row: Mapping[str, Cell]) -> None:
        self.header += [column for column in row if column not in self.header]
        for each in self.rows:
            each += [""] * (len(self.header) - len(each))


def read_table(content: bytes) -> Table:
    """Read a file; an empty one is an empty table (UnicodeDecodeError, csv.Error)."""
    lines = [line for line in csv.reader(io.StringIO(content.decode(_ENCODING), newline=""), strict=True) if line]
    header, *rows = [[_bare(cell) for cell in line] for line in lines] or [[]]
    width = max(map(len, [header, *rows]))
    header += [f"column {n + 1}" for n in range(len(header), width)]
    return Table(header, [row + [""] * (width - len(row)) for row in rows])


def write_table(table: Table) -> bytes:
    """Write a table as the bytes of a file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerows([_guarded(cell) for cell in line] for line in [table.header, *table.rows])
    return text.getvalue().encode(_ENCODING)


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RISKY) and not _NEGATIVE.fullmatch(cell) else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RISKY) else cell
