"""What only Google Sheets does, and what becomes of a row when it fails in every way."""

import asyncio
import threading
from typing import Any

import pytest

from domain.errors import Fault, ProviderError, ProviderRejected, ProviderUnavailable
from ports.effects import OutcomeUnknown
from ports.sheet import Sheet
from tests import loopback_google_workspace as google
from tests.contract.appointments import ASHA, PHONE
from tests.contract.workspace import (
    IDS,
    READ_REFUSALS,
    WRITE_REFUSALS,
    closed_port,
    limit_for,
    refused,
    rows_with,
    sheet_at,
)
from tests.eventually import eventually
from tests.loopback_google_workspace import Trouble, Workspace, open_loopback_google
from tests.loopback_google_workspace_sheets import SPREADSHEET

TAB = f"/v4/spreadsheets/{SPREADSHEET}"
APPEND = f"POST {TAB}/values"


async def find(sheet: Sheet) -> list[dict[str, str]]:
    return await rows_with(sheet, "patients", "phone", PHONE)


@pytest.mark.parametrize("on", [APPEND, "PUT", f"POST {TAB}:batchUpdate"], ids=["append", "header", "tab"])
@pytest.mark.parametrize(("trouble", "error", "fault"), WRITE_REFUSALS, ids=IDS)
async def test_it_refuses_to_write(trouble: Trouble, error: type[ProviderError], fault: Fault, on: str) -> None:
    async with open_loopback_google() as workspace, sheet_at(workspace, limit_for(trouble)) as sheet:
        await find(sheet)  # so that its token is there
        workspace.meet(trouble, on)
        await refused(error, fault, sheet.put_row("patients", "phone", ASHA))


@pytest.mark.parametrize(("trouble", "error", "fault"), READ_REFUSALS, ids=IDS)
async def test_it_refuses_to_tell(trouble: Trouble, error: type[ProviderError], fault: Fault) -> None:
    async with open_loopback_google() as workspace, sheet_at(workspace, limit_for(trouble)) as sheet:
        await find(sheet)
        workspace.meet(trouble, "GET /v4")
        await refused(error, fault, sheet.put_row("patients", "phone", ASHA))
        assert workspace.tabs.rows == {}


@pytest.mark.parametrize("on", [APPEND, "PUT", f"POST {TAB}:batchUpdate"], ids=["append", "header", "tab"])
@pytest.mark.parametrize("trouble", [google.LOST, google.CUT, google.HANG, google.ERROR, google.PAGE])
async def test_after_a_lost_answer_the_row_is_there_once(trouble: Trouble, on: str) -> None:
    async with (
        open_loopback_google() as workspace,
        sheet_at(workspace, limit_for(trouble)) as first,
        sheet_at(workspace) as second,
    ):
        await find(first)
        workspace.meet(trouble, on)
        with pytest.raises(OutcomeUnknown):
            await first.put_row("patients", "phone", ASHA)
        await second.put_row("patients", "phone", ASHA)
        assert workspace.tabs.rows == {"patients": [list(ASHA), list(ASHA.values())]}


async def test_it_is_nowhere() -> None:
    async with sheet_at(Workspace(url=closed_port())) as sheet:
        await refused(ProviderUnavailable, Fault.CONNECTION, sheet.put_row("patients", "phone", ASHA))


async def test_a_row_goes_where_people_put_the_columns() -> None:
    async with open_loopback_google() as workspace, sheet_at(workspace) as sheet:
        people: list[list[Any]] = [["No", "name ", "phone"], [1, "Ben", "+15005550006"], [2, "Asha", PHONE, "by hand"]]
        workspace.tabs.rows["patients"] = people
        await sheet.put_row("patients", "phone", ASHA)
        assert people == [
            ["No", "name ", "phone", "visits"], [1, "Ben", "+15005550006"], [2, "Asha Rao", PHONE, 3],
        ]  # fmt: skip


async def test_a_known_row_costs_three_requests_and_no_new_tab() -> None:
    async with open_loopback_google() as workspace, sheet_at(workspace) as sheet:
        await sheet.put_row("patients", "phone", ASHA)
        workspace.asked.clear()
        await sheet.put_row("patients", "phone", ASHA)
        assert [method for method, _ in workspace.asked] == ["GET", "GET", "PUT"]


async def test_more_calls_than_threads_wait_for_one_token_and_all_are_answered() -> None:
    async with open_loopback_google() as workspace, sheet_at(workspace) as sheet:
        assert await asyncio.gather(*(find(sheet) for _ in range(12))) == [[]] * 12
        assert len(workspace.issued) == 1


async def test_a_sheet_full_of_columns_is_said() -> None:
    async with open_loopback_google() as workspace, sheet_at(workspace) as sheet:
        row = {"phone": PHONE} | {f"column {n}": n for n in range(30)}
        await refused(ProviderRejected, Fault.BAD_REQUEST, sheet.put_row("patients", "phone", row))


async def test_many_writers_wait_for_each_other_no_longer_than_the_limit() -> None:
    async with open_loopback_google() as workspace, sheet_at(workspace, limit_for(google.HANG)) as sheet:
        await find(sheet)
        workspace.meet(google.HANG, APPEND)
        done = await asyncio.gather(
            *(sheet.put_row("patients", "phone", ASHA) for _ in range(2)), return_exceptions=True
        )
        assert [type(each) for each in done] == [OutcomeUnknown, ProviderUnavailable]


async def test_a_caller_who_leaves_takes_request_and_thread_along() -> None:
    async with open_loopback_google() as workspace, sheet_at(workspace) as sheet:
        await find(sheet)
        workspace.meet(google.HANG, APPEND)
        putting = asyncio.create_task(sheet.put_row("patients", "phone", ASHA))
        await eventually(lambda: not workspace.troubles)
        putting.cancel()
        await workspace.left()
        assert putting.cancelled()
        await sheet.put_row("patients", "phone", ASHA)
        assert len(await find(sheet)) == 1
    await eventually(lambda: not any(each.name.startswith("parley-google_sheets") for each in threading.enumerate()))
