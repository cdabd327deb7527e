"""What every sheet promises."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from domain.errors import InvalidInput
from ports.sheet import MOST_CHARACTERS, Cell, Sheet
from tests.contract.appointments import ASHA, PHONE
from tests.contract.workspace import csv_sheet, google_sheet, rows_with

Open = Callable[[Path], AbstractAsyncContextManager[Sheet]]
RISKY = [
    "=1+1",
    "+91 98",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "'quoted",
    "''",
    "'=1",
    "-5",
    "＝1",
    '=HYPERLINK("x","y")',
    "007",
]


@pytest.fixture(params=[csv_sheet, google_sheet], ids=["csv", "google"])
async def sheet(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Sheet]:
    opened: Open = request.param
    async with opened(tmp_path / "sheets") as sheet:
        yield sheet


async def test_a_row_is_added_to_a_sheet_that_was_not_there(sheet: Sheet) -> None:
    assert await rows_with(sheet, "patients", "phone", PHONE) == []
    receipt = await sheet.put_row("patients", "phone", ASHA)
    assert receipt.proof == {"provider": sheet.name, "done": "added"}
    assert await rows_with(sheet, "patients", "phone", PHONE) == [{"phone": PHONE, "name": "Asha Rao", "visits": "3"}]


async def test_a_row_put_again_is_there_once(sheet: Sheet) -> None:
    for done in ("added", "updated", "updated"):
        assert (await sheet.put_row("patients", "phone", ASHA)).proof["done"] == done
    assert len(await rows_with(sheet, "patients", "name", "Asha Rao")) == 1


async def test_an_update_leaves_other_columns_and_other_rows_alone(sheet: Sheet) -> None:
    await sheet.put_row("patients", "phone", ASHA)
    await sheet.put_row("patients", "phone", {"phone": "+15005550006", "name": "Ben", "visits": 1})
    await sheet.put_row("patients", "phone", {"visits": 4, "phone": PHONE})
    assert await rows_with(sheet, "patients", "phone", PHONE) == [{"phone": PHONE, "name": "Asha Rao", "visits": "4"}]
    assert [row["visits"] for row in await rows_with(sheet, "patients", "name", "Ben")] == ["1"]


async def test_a_new_column_is_added_at_the_end(sheet: Sheet) -> None:
    await sheet.put_row("patients", "phone", ASHA)
    await sheet.put_row("patients", "phone", {"phone": "+15005550006", "language": "en-IN"})
    (ben,) = await rows_with(sheet, "patients", "language", "en-IN")
    assert list(ben.items()) == [("phone", "+15005550006"), ("name", ""), ("visits", ""), ("language", "en-IN")]
    assert [row["language"] for row in await rows_with(sheet, "patients", "phone", PHONE)] == [""]


async def test_empty_text_empties_a_cell(sheet: Sheet) -> None:
    await sheet.put_row("patients", "phone", ASHA)
    await sheet.put_row("patients", "phone", {"phone": PHONE, "name": ""})
    assert [row["name"] for row in await rows_with(sheet, "patients", "phone", PHONE)] == [""]


@pytest.mark.parametrize("value", [*RISKY, "two\nlines", 'a "word", and more', "आशा राव", "0" * 400])
async def test_text_comes_back_to_the_letter(sheet: Sheet, value: str) -> None:
    await sheet.put_row("patients", "key", {"key": value, "note": value})
    assert await rows_with(sheet, "patients", "key", value) == [{"key": value, "note": value}]
    assert (await sheet.put_row("patients", "key", {"key": value})).proof["done"] == "updated"


async def test_sheets_do_not_mix(sheet: Sheet) -> None:
    await sheet.put_row("patients", "phone", ASHA)
    await sheet.put_row("call log", "call_id", {"call_id": "c1"})
    assert await rows_with(sheet, "call log", "phone", PHONE) == []
    assert await rows_with(sheet, "call log", "call_id", "c1") == [{"call_id": "c1"}]


async def test_rows_put_at_once_are_all_there_once(sheet: Sheet) -> None:
    rows: list[dict[str, Cell]] = [{"call_id": f"c{n % 4}", "n": n} for n in range(12)]
    await asyncio.gather(*(sheet.put_row("calls", "call_id", row) for row in rows))
    found = [await rows_with(sheet, "calls", "call_id", f"c{n}") for n in range(4)]
    assert [len(each) for each in found] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("name", "row", "field"),
    [
        ("", ASHA, "sheet"),
        ("patients\n", ASHA, "sheet"),
        ("p" * 101, ASHA, "sheet"),
        ("patients", {"name": "Asha"}, "phone"),
        ("patients", {"phone": ""}, "phone"),
        ("patients", {"phone": 919812345678}, "phone"),
        ("patients", {"phone": PHONE, "": "x"}, "column"),
        ("patients", {"phone": PHONE, "a\r\nb": "x"}, "column"),
        ("patients", {"phone": PHONE, "note": "\x00"}, "note"),
        ("patients", {"phone": PHONE, "note": "\ud800"}, "note"),
        ("patients", {"phone": PHONE, "note": "x" * (MOST_CHARACTERS + 1)}, "note"),
    ],
)
async def test_a_row_that_cannot_be_is_refused(sheet: Sheet, name: str, row: dict[str, Cell], field: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        await sheet.put_row(name, "phone", row)
    assert raised.value.field == field
