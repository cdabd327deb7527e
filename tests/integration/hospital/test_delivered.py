"""Letters, appointments and rows leave through the outbox and arrive once, whatever Google does meanwhile."""

import csv
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bootstrap.background import run_worker
from bootstrap.office import SHEETS
from bootstrap.settings import Settings
from ports.clock import SystemClock
from ports.outbox import Deliverer
from providers.office_delivery import CalendarDeliverer, MailDeliverer, SheetDeliverer
from providers.postgres.database import Database
from providers.postgres.outbox_store import PostgresOutbox
from providers.tenant_sheets import TenantSheets
from sessions import delivery as pauses
from sessions.delivery import Delivery
from tests import loopback_google_workspace as google
from tests.contract.workspace import HASTY, PATIENT, calendar_at, gmail_at, sheet_at
from tests.eventually import eventually
from tests.integration.hospital.calls import DOCTOR, EMAIL, NAME, PHONE, FrontDesk, moving, slots_of
from tests.integration.hospital.conftest import Rows
from tests.loopback_google_workspace import Trouble, Workspace, open_loopback_google
from tests.loopback_google_workspace_sheets import SPREADSHEET

OPEN = "SELECT DISTINCT lane FROM outbox WHERE status IN ('intended', 'claimed')"
STATUSES = "SELECT status, count(*) AS entries FROM outbox GROUP BY 1 ORDER BY 1"
DUE = "UPDATE outbox SET next_at = now()"
ROUNDS = 6


async def booked_and_closed(desk: FrontDesk) -> str:
    """Book a slot in a call and end it; the appointment's number."""
    caller = await desk.call()
    details = await caller.book(*slots_of(DOCTOR, 1))
    await desk.parley.close_session(caller.session_id)
    return str(details["appointment_id"])


@asynccontextmanager
async def office_at(workspace: Workspace, database: Database, limit: timedelta) -> AsyncIterator[Delivery]:
    """Delivery to a Google that is waited for so long."""
    async with (
        gmail_at(workspace, limit) as mail,
        calendar_at(workspace, limit) as calendar,
        sheet_at(workspace, limit) as sheet,
    ):
        rows = [SheetDeliverer(TenantSheets(sheet), kind, name, key) for kind, (name, key) in SHEETS.items()]
        office: list[Deliverer] = [MailDeliverer(mail), CalendarDeliverer(calendar), *rows]
        yield Delivery(PostgresOutbox(database), SystemClock(), office, random.Random(1))


async def deliver_all(delivery: Delivery, database: Database) -> None:
    """Try whatever is open, again and again without waiting until it is due."""
    for _ in range(ROUNDS):
        for lane in await database.run("demo", OPEN):
            await delivery.deliver("demo", lane["lane"])
        await database.run("demo", DUE)


def rows_of(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with file.open(newline="", encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


def rows_in(workspace: Workspace, tab: str) -> list[dict[str, str]]:
    """A tab of the spreadsheet by its columns."""
    head, *lines = workspace.tabs.rows[tab]
    return [dict(zip(head, line, strict=False)) for line in lines]


def arrived_once(workspace: Workspace, number: str) -> None:
    """Assert that everything of one booking is there, once."""
    (letter,) = workspace.letters.sent
    assert (letter["To"], number in str(letter)) == (EMAIL, True)
    (event,) = workspace.events.shown
    assert event["summary"] == f"{NAME} with {DOCTOR}"
    (patient,) = rows_in(workspace, "patients")
    assert (patient["phone"], patient["name"]) == (PHONE, NAME)
    (call,) = rows_in(workspace, "calls")
    assert (call["status"], call["call_type"]) == ("completed", "appointment_booking")


async def test_with_folders_everything_arrives_once_by_the_worker(
    desk: FrontDesk, database: Database, database_url: str, rows: Rows, tmp_path: Path
) -> None:
    async with run_worker(database_url, database, Settings(data_dir=tmp_path)):
        caller, (first, second) = await desk.call(), slots_of(DOCTOR, 2)
        number = {"appointment_id": (await caller.book(first))["appointment_id"]}
        await caller.do("reschedule_appointment", moving(second, **number))
        await caller.do("cancel_appointment", number)
        await desk.parley.close_session(caller.session_id)
        office = tmp_path / "office"
        await eventually(lambda: len([*office.glob("mail/*.eml"), *office.glob("sheets/*.csv")]) == 5)
        await eventually(lambda: any("STATUS:CANCELLED" in file.read_text() for file in office.glob("calendar/*.ics")))
    assert {row["status"] for row in await rows(STATUSES)} == {"done"}
    assert len(list(office.glob("calendar/*.ics"))) == 1
    (patient,) = rows_of(office / "sheets" / "patients.csv")
    assert (patient["name"], patient["last_visit"]) == (NAME, ""), "no appointment stands"
    (call,) = rows_of(office / "sheets" / "calls.csv")
    assert (call["call_id"], call["call_type"]) == (caller.session_id, "cancellation")


async def test_each_tenant_has_sheets_of_its_own(
    desk: FrontDesk, database: Database, database_url: str, tmp_path: Path
) -> None:
    async with run_worker(database_url, database, Settings(data_dir=tmp_path)):
        for tenant_id, name in (("demo", NAME), ("acme", "Asha Pillai")):
            caller = await desk.call(tenant_id=tenant_id)
            await caller.book(*slots_of(DOCTOR, 1), patient_name=name)
            await desk.parley.close_session(caller.session_id, tenant_id=tenant_id)
        sheets = tmp_path / "office" / "sheets"
        await eventually(lambda: len(list(sheets.glob("*.csv"))) == 4)
    assert {file.name for file in sheets.glob("*.csv")} == {
        *("patients.csv", "calls.csv", "patients of acme.csv", "calls of acme.csv")
    }
    assert [row["name"] for row in rows_of(sheets / "patients.csv")] == [NAME]
    assert [row["customer_name"] for row in rows_of(sheets / "calls of acme.csv")] == ["Asha Pillai"]


@pytest.mark.parametrize(
    "trouble",
    [google.HANG, google.LOST, google.CUT, google.DRIP, google.ERROR, google.ERROR_PAGE, google.PAGE, google.TOO_MANY],
    ids=["hangs", "takes and hangs", "takes and cuts", "drips", "500", "502", "html", "429"],
)
async def test_whatever_google_does_at_first_all_arrives_once(
    desk: FrontDesk, database: Database, rows: Rows, trouble: Trouble
) -> None:
    number = await booked_and_closed(desk)
    async with open_loopback_google() as workspace:
        for on in ("POST /gmail", "POST /calendar", "POST /v4", "PUT /v4"):
            workspace.meet(trouble, on)
        limit = PATIENT if trouble.status or trouble.cuts else HASTY
        async with office_at(workspace, database, limit) as delivery:
            await deliver_all(delivery, database)
        arrived_once(workspace, number)
    assert await rows(STATUSES) == [{"status": "done", "entries": 4}]
    assert len(await rows("SELECT 1 FROM hospital_appointments WHERE status = 'booked'")) == 1


async def test_what_google_forbids_is_dead_until_somebody_revives_it(
    desk: FrontDesk, database: Database, rows: Rows
) -> None:
    number = await booked_and_closed(desk)
    async with open_loopback_google() as workspace, office_at(workspace, database, PATIENT) as delivery:
        for on in ("POST /gmail", "POST /calendar", "GET /v4", "GET /v4"):
            workspace.meet(google.FORBIDDEN, on)
        await deliver_all(delivery, database)
        assert await rows(STATUSES) == [{"status": "dead", "entries": 4}]
        assert len(await rows("SELECT 1 FROM hospital_appointments WHERE status = 'booked'")) == 1
        assert len(await PostgresOutbox(database).revive("demo", None)) == 4
        await deliver_all(delivery, database)
        arrived_once(workspace, number)


async def test_down_and_back_again_the_worker_brings_it_all(
    desk: FrontDesk, database: Database, database_url: str, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pauses, "FIRST_PAUSE", timedelta(milliseconds=20))
    monkeypatch.setattr(pauses, "LONGEST_PAUSE", timedelta(milliseconds=100))
    async with open_loopback_google() as workspace:
        account = {"credentials_json": workspace.user_token().decode(), "base_url": workspace.url}
        settings = Settings(
            google=account,
            mail={"kind": "gmail"},
            calendar={"kind": "google"},
            sheet={"kind": "google", "spreadsheet_id": SPREADSHEET},
        )
        workspace.troubles = [("", google.ERROR)] * 12
        async with run_worker(database_url, database, settings):
            number = await booked_and_closed(desk)
            await eventually(lambda: not workspace.troubles and bool(workspace.tabs.rows.get("calls", [])[1:]))
            await eventually(lambda: bool(workspace.letters.sent and workspace.events.shown))
            await eventually(lambda: len(workspace.tabs.rows.get("patients", [])) == 2)
        arrived_once(workspace, number)
    assert await rows(STATUSES) == [{"status": "done", "entries": 4}]
