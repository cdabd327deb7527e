"""What only a folder of CSV files does."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest

from domain.errors import Fault, InvalidInput, ProviderRejected, ProviderUnavailable
from providers.whole_files import locked, write_whole
from tests.contract.appointments import ASHA, PHONE
from tests.contract.workspace import csv_sheet, refused, rows_with


async def test_a_spreadsheet_sees_every_digit_of_a_phone_number_and_runs_nothing(tmp_path: Path) -> None:
    async with csv_sheet(tmp_path) as sheet:
        await sheet.put_row("patients", "phone", {**ASHA, "notes": '=HYPERLINK("http://x.example")', "balance": -5})
    with (tmp_path / "patients.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == ["phone", "name", "visits", "notes", "balance"]
    assert lines[1] == [f"'{PHONE}", "Asha Rao", "3", '\'=HYPERLINK("http://x.example")', "-5"]


async def test_a_file_that_people_filled_is_gone_on_with(tmp_path: Path) -> None:
    (tmp_path / "patients.csv").write_text(f"No,phone,name\n1,{PHONE},Asha\n2,+15005550006,Ben\n", encoding="utf-8")
    async with csv_sheet(tmp_path) as sheet:
        assert (await sheet.put_row("patients", "phone", ASHA)).proof["done"] == "updated"
        assert await rows_with(sheet, "patients", "No", "1") == [
            {"No": "1", "phone": PHONE, "name": "Asha Rao", "visits": "3"}
        ]
        assert len(await rows_with(sheet, "patients", "name", "Ben")) == 1


@pytest.mark.parametrize("name", ["../patients", "a/b", ".hidden", "a.csv", "con:", "-x"])
async def test_a_name_cannot_lead_out_of_the_folder(name: str, tmp_path: Path) -> None:
    async with csv_sheet(tmp_path) as sheet:
        with pytest.raises(InvalidInput) as raised:
            await sheet.put_row(name, "phone", ASHA)
    assert raised.value.field == "sheet"


@pytest.mark.parametrize("content", [b"\xff\xfea\x00", b'a,b\n"open'])
async def test_a_file_that_is_none_is_said_and_left_alone(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "patients.csv").write_bytes(content)
    async with csv_sheet(tmp_path) as sheet:
        await refused(ProviderRejected, Fault.MALFORMED, sheet.put_row("patients", "phone", ASHA))
    assert (tmp_path / "patients.csv").read_bytes() == content


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"old")
    (tmp_path / "b").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_whole(tmp_path / "b", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_one_writer_waits_for_the_other_no_longer_than_told(tmp_path: Path) -> None:
    again = locked(tmp_path, "csv", timedelta(seconds=0.02))
    with locked(tmp_path, "csv"), pytest.raises(ProviderUnavailable) as raised, again:
        pytest.fail("two writers at once")
    assert raised.value.fault is Fault.TIMEOUT
    with locked(tmp_path, "csv", timedelta()):
        pass
