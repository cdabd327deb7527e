"""A CSV file comes back to the letter, and a spreadsheet finds nothing in it to run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.csv_sheet.table import Table, read_table, write_table

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\r\n"), max_size=12)
RISKY = st.builds(lambda first, rest: first + rest, st.sampled_from(list("=+-@'\t\r\n＝＋－＠")), TEXT)
CELL = TEXT | RISKY


def raw(content: bytes) -> list[list[str]]:
    """The cells as a spreadsheet reads them."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    header = draw(st.lists(CELL.filter(bool), min_size=1, max_size=4, unique=True))
    rows = draw(st.lists(st.lists(CELL, min_size=len(header), max_size=len(header)), max_size=4))
    return Table(header, rows)


@given(tables())
def test_what_was_written_is_read(table: Table) -> None:
    assert read_table(write_table(table)) == table


@given(tables())
def test_no_cell_begins_as_a_formula_does(table: Table) -> None:
    for cell in (cell for line in raw(write_table(table)) for cell in line):
        assert cell[:1] not in set("=+@\t\r\n＝＋－＠") - {""}
        assert not cell.startswith("-") or cell[1:].replace(".", "", 1).isdigit()


@given(tables(), CELL.filter(bool), CELL)
def test_a_row_put_twice_is_there_once(table: Table, key: str, value: str) -> None:
    row = {"the key": key, "the value": value}
    table.put("the key", row)
    size = len(table.rows)
    assert not table.put("the key", row)
    assert len(table.rows) == size
    found = next(each for each in table.by_column() if each["the key"] == key)
    assert found["the value"] == value
    assert {len(each) for each in [table.header, *table.rows]} == {len(table.header)}


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("+919812345678", "'+919812345678"),
        ("=1+1", "'=1+1"),
        ("-5", "-5"),
        ("-5.25", "-5.25"),
        ("-5+1", "'-5+1"),
        ("'tis", "''tis"),
        ("007", "007"),
    ],
)
def test_a_risky_beginning_is_written_behind_an_apostrophe(cell: str, written: str) -> None:
    assert raw(write_table(Table(["a"], [[cell]]))) == [["a"], [written]]


def test_a_file_that_people_made_is_read_as_it_is() -> None:
    content = b"phone,name\r\n+15005550006,'Tis Ben\r\n\r\n+15005550007\r\n1,2,3\r\n"
    table = read_table(content)
    assert table.header == ["phone", "name", "column 3"]
    assert table.rows == [["+15005550006", "'Tis Ben", ""], ["+15005550007", "", ""], ["1", "2", "3"]]


def test_an_empty_file_is_an_empty_table() -> None:
    assert read_table(b"") == Table([], [])
