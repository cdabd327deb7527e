"""A call finds its caller's row in a sheet that is read once an hour, and goes on without one that hangs."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from providers import remembered_rows
from providers.remembered_rows import MOST, RememberedRows, open_remembered_rows
from providers.tenant_sheets import TenantSheets
from tests.unit.providers.workspace.sheet_in_memory import MemorySheet

ASHA = {"phone": "098123 45678", "name": "Asha"}
NUMBER = "9812345678"


def digits(text: str) -> str | None:
    """The last ten figures; None of fewer."""
    found = "".join(letter for letter in text if letter.isdigit())
    return found[-10:] if len(found) >= 10 else None


@pytest.fixture
def sheet() -> MemorySheet:
    return MemorySheet({"patients": [{"phone": ""}, ASHA, {"phone": "+91 98123 45678", "name": "Later"}]})


@pytest.fixture
async def rows(sheet: MemorySheet) -> AsyncIterator[RememberedRows]:
    async with open_remembered_rows(TenantSheets(sheet), patience=timedelta(seconds=30)) as rows:
        yield rows


async def name_in(rows: RememberedRows, tenant_id: str = "demo", value: str = NUMBER) -> str | None:
    row = await rows.find(tenant_id, "patients", "phone", value, digits)
    return None if row is None else row["name"]


async def test_the_first_row_of_the_number_is_found_and_the_sheet_read_once(
    rows: RememberedRows, sheet: MemorySheet
) -> None:
    assert [await name_in(rows) for _ in range(3)] == ["Asha"] * 3
    assert await name_in(rows, value="1234567890") is None
    assert sheet.reads == 1


async def test_callers_at_once_wait_for_one_reading(rows: RememberedRows, sheet: MemorySheet) -> None:
    assert set(await asyncio.gather(*(name_in(rows) for _ in range(50)))) == {"Asha"}
    assert sheet.reads == 1


async def test_another_tenant_finds_nothing_there(rows: RememberedRows) -> None:
    assert await name_in(rows, "other") is None


async def test_a_call_goes_on_without_a_sheet_that_hangs_and_a_later_one_has_it(
    sheet: MemorySheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet.answers.clear()
    async with open_remembered_rows(TenantSheets(sheet), patience=timedelta(seconds=0.05)) as rows:
        assert await name_in(rows) is None
        monkeypatch.setattr(rows, "_patience", 30)
        sheet.answers.set()
        assert await name_in(rows) == "Asha"
    assert sheet.reads == 1


async def test_a_sheet_that_cannot_be_read_is_left_alone_for_a_while(rows: RememberedRows, sheet: MemorySheet) -> None:
    sheet.refuses = True
    assert [await name_in(rows) for _ in range(3)] == [None] * 3
    assert sheet.reads == 1
    sheet.refuses = False
    assert await name_in(rows) is None, "it was read a moment ago"


@pytest.mark.parametrize(("refuses", "kept"), [(False, "KEPT"), (True, "KEPT_NOTHING")])
async def test_it_is_read_again_in_its_time(
    rows: RememberedRows, sheet: MemorySheet, monkeypatch: pytest.MonkeyPatch, refuses: bool, kept: str
) -> None:
    sheet.refuses = refuses
    monkeypatch.setattr(remembered_rows, kept, timedelta(seconds=-1))
    for _ in range(2):
        await name_in(rows)
    assert sheet.reads == 2


async def test_no_more_sheets_are_remembered_than_there_is_room_for(rows: RememberedRows, sheet: MemorySheet) -> None:
    for n in range(MOST + 2):
        await name_in(rows, f"t{n}")
    await name_in(rows, f"t{MOST + 1}")
    assert sheet.reads == MOST + 2
    await name_in(rows, "t0")
    assert sheet.reads == MOST + 3


@pytest.mark.parametrize(
    "header", ["Phone", " phone ", "PHONE NUMBER", "Phone-No.", "Mobile", "mobile_number", "Contact no"]
)
async def test_the_column_is_found_however_people_call_it(header: str) -> None:
    written = MemorySheet({"patients": [{header: "098123 45678", "name": "Asha"}]})
    async with open_remembered_rows(TenantSheets(written), patience=timedelta(seconds=30)) as rows:
        assert await name_in(rows) == "Asha"


async def test_a_cell_is_found_by_the_name_of_its_column_and_one_that_is_empty_by_another() -> None:
    line = {"Phone number": "098123 45678", "phone": "", "Preferred Doctor": "Dr. Khan", "E-mail": "a@b.example"}
    async with open_remembered_rows(TenantSheets(MemorySheet({"patients": [line]})), patience=timedelta(30)) as rows:
        assert await rows.find("demo", "patients", "phone", NUMBER, digits) == {
            "phone": "098123 45678",
            "preferred_doctor": "Dr. Khan",
            "email": "a@b.example",
        }


async def test_that_a_sheet_lacks_the_column_is_said_once_and_nobody_named(monkeypatch: pytest.MonkeyPatch) -> None:
    written = MemorySheet({"patients": [{"name": "Asha"}], "patients of other": [{"phone": "1", "name": "Asha"}]})
    monkeypatch.setattr(remembered_rows, "KEPT", timedelta(seconds=-1))
    with capture_logs() as said:
        async with open_remembered_rows(TenantSheets(written), patience=timedelta(seconds=30)) as rows:
            assert [await name_in(rows) for _ in range(2)] == [None, None]
            assert await name_in(rows, "other") is None
    assert said == [
        {
            "event": "sheet_lacks_column",
            "log_level": "warning",
            "sheet": "patients",
            "tenant_id": "demo",
            "column": "phone",
        }
    ]
