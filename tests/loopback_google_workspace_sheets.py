"""The loopback Google's Sheets: values.get, update and append, the list of tabs, and addSheet, of one spreadsheet."""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.loopback_google_workspace_refusal import Refused

Json = dict[str, Any]
Query = dict[str, list[str]]
Cells = list[list[Any]]
SPREADSHEET = "1AbC-sheet"
RAN = "#RAN!"
"""What a cell shows whose text was taken for a formula."""
_COLUMNS = 26


@dataclass
class Tabs:
    """Rows by tab."""

    rows: dict[str, Cells] = field(default_factory=dict)

    def answer(self, method: str, path: str, query: Query, body: Json, headers: dict[str, str]) -> Json:
        """Answer one request."""
        rest = path.removeprefix(f"/v4/spreadsheets/{SPREADSHEET}")
        if rest == path:
            raise Refused(404, "notFound")
        if rest == ":batchUpdate":
            return self._add_tab(body["requests"][0]["addSheet"]["properties"]["title"])
        if not rest:
            return {"sheets": [{"properties": {"title": title}} for title in self.rows]}
        rows, cells = self._place(rest.removeprefix("/values/").removesuffix(":append"))
        if method == "GET":
            return {"values": got} if (got := _read(rows, cells)) else {}
        written = [[_kept(value, query) for value in line] for line in body["values"]]
        return _append(rows, written) if method == "POST" else _update(rows, cells, written)

    def _add_tab(self, title: str) -> Json:
        if title in self.rows:
            raise Refused(400, "badRequest")
        self.rows[title] = []
        return {"replies": [{}]}

    def _place(self, cells: str) -> tuple[Cells, str]:
        title, _, place = cells.rpartition("!") if "!" in cells else (cells, "", "")
        title = title.strip("'").replace("''", "'")
        if title not in self.rows:
            raise Refused(400, "badRequest")  # "Unable to parse range"
        return self.rows[title], place


def _read(rows: Cells, place: str) -> Cells:
    """Read cells as they are shown; empty ones at an end are left out."""
    if place == "1:1":
        return _trimmed(rows[:1])
    if place:
        at = _column(place.partition(":")[0])
        return _trimmed([[row[at] if at < len(row) else ""] for row in rows])
    return _trimmed(rows)


def _trimmed(rows: Cells) -> Cells:
    shown = [[str(cell) for cell in row] for row in rows]
    for row in shown:
        while row and row[-1] == "":
            row.pop()
    while shown and not shown[-1]:
        shown.pop()
    return shown


def _kept(value: Any, query: Query) -> Any:
    if query.get("valueInputOption") not in (["RAW"], ["USER_ENTERED"]):
        raise Refused(400, "badRequest")
    runs = isinstance(value, str) and value[:1] in ("=", "+") and query["valueInputOption"] != ["RAW"]
    return RAN if runs else value


def _append(rows: Cells, written: Cells) -> Json:
    rows += [["" if value is None else value for value in line] for line in written]
    return {"updates": {"updatedRows": len(written)}}


def _update(rows: Cells, place: str, written: Cells) -> Json:
    at = re.fullmatch(r"([A-Z]+)(\d+)", place)
    if at is None or (column := _column(at[1])) + len(written[0]) > _COLUMNS:
        raise Refused(400, "badRequest")
    while len(rows) < int(at[2]):
        rows.append([])
    row = rows[int(at[2]) - 1]
    row += [""] * (column + len(written[0]) - len(row))
    for n, value in enumerate(written[0]):
        row[column + n] = row[column + n] if value is None else value
    return {"updatedRows": 1}


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
