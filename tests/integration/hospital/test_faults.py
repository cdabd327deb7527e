"""Every outside service in every trouble: the booking stands, no other service waits, and each thing arrives once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from ports.clock import SystemClock
from providers.office_delivery import MailDeliverer
from providers.postgres.database import Database
from providers.postgres.outbox_store import PostgresOutbox
from providers.smtp.adapter import SmtpServer as Server
from providers.smtp.adapter import open_smtp
from sessions.delivery import Delivery
from tests import loopback_google_workspace as google
from tests.contract.workspace import HASTY, PATIENT, SENDER, closed_port, limit_for
from tests.integration.hospital.calls import EMAIL, FrontDesk
from tests.integration.hospital.conftest import Rows
from tests.integration.hospital.test_delivered import STATUSES, arrived_once, booked_and_closed, deliver_all, office_at
from tests.loopback_google_workspace import Trouble, Workspace, open_loopback_google
from tests.loopback_google_workspace_refusal import refusal
from tests.loopback_smtp import CUT, HANG, SmtpServer, open_loopback_smtp

WAIT = 120
SERVICES = {"gmail": ("POST /gmail",), "calendar": ("POST /calendar",), "sheets": ("GET /v4", "GET /v4")}
TROUBLES = {
    "hangs": google.HANG,
    "takes and hangs": google.LOST,
    "takes and cuts": google.CUT,
    "500": google.ERROR,
    "502 html": google.ERROR_PAGE,
    "html": google.PAGE,
    "403": google.FORBIDDEN,
    "429": Trouble(429, refusal(429, "rateLimitExceeded"), retry_after=WAIT),
}
OPEN = "SELECT kind, status, next_at FROM outbox WHERE status <> 'done' ORDER BY kind"
KINDS = {"gmail": ["mail"], "calendar": ["calendar"], "sheets": ["calls_sheet", "patients_sheet"]}


async def deliver_once(delivery: Delivery, database: Database) -> None:
    """Try each lane once."""
    for lane in await database.run("demo", "SELECT DISTINCT lane FROM outbox WHERE status = 'intended'"):
        await delivery.deliver("demo", lane["lane"])


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("service", SERVICES)
async def test_one_in_trouble_holds_up_no_other_and_arrives_once(
    desk: FrontDesk, database: Database, rows: Rows, service: str, trouble: str
) -> None:
    number = await booked_and_closed(desk)
    async with (
        open_loopback_google() as workspace,
        office_at(workspace, database, limit_for(TROUBLES[trouble])) as delivery,
    ):
        for on in SERVICES[service]:
            workspace.meet(TROUBLES[trouble], on)
        await deliver_once(delivery, database)
        open_entries = await rows(OPEN)
        assert [entry["kind"] for entry in open_entries] == KINDS[service]
        if trouble == "403":
            assert {entry["status"] for entry in open_entries} == {"dead"}
            await PostgresOutbox(database).revive("demo", None)
        if trouble == "429":
            waits = [entry["next_at"] - datetime.now(UTC) for entry in open_entries]
            assert all(timedelta(seconds=WAIT - 20) < wait <= timedelta(seconds=WAIT) for wait in waits)
        await database.run("demo", "UPDATE outbox SET next_at = now()")
        await deliver_all(delivery, database)
        arrived_once(workspace, number)
    assert await rows(STATUSES) == [{"status": "done", "entries": 4}]


async def test_nobody_there_at_all_and_then_all_of_it_arrives_once(
    desk: FrontDesk, database: Database, rows: Rows
) -> None:
    number = await booked_and_closed(desk)
    async with office_at(Workspace(url=closed_port()), database, PATIENT) as delivery:
        await deliver_all(delivery, database)
    assert await rows(STATUSES) == [{"status": "intended", "entries": 4}]
    assert len(await rows("SELECT 1 FROM hospital_appointments WHERE status = 'booked'")) == 1
    async with open_loopback_google() as workspace, office_at(workspace, database, PATIENT) as delivery:
        await deliver_all(delivery, database)
        arrived_once(workspace, number)
    assert await rows(STATUSES) == [{"status": "done", "entries": 4}]


async def test_all_of_google_hangs_and_then_all_of_it_arrives_once(
    desk: FrontDesk, database: Database, rows: Rows
) -> None:
    number = await booked_and_closed(desk)
    async with open_loopback_google() as workspace:
        workspace.troubles = [("", google.LOST)] * 8
        async with office_at(workspace, database, HASTY) as delivery:
            await deliver_once(delivery, database)
        assert await rows(STATUSES) == [{"status": "intended", "entries": 4}]
        workspace.troubles.clear()
        await database.run("demo", "UPDATE outbox SET next_at = now()")
        async with office_at(workspace, database, PATIENT) as delivery:
            await deliver_all(delivery, database)
        arrived_once(workspace, number)


@asynccontextmanager
async def smtp_at(server: SmtpServer, database: Database, limit: timedelta) -> AsyncIterator[Delivery]:
    """Delivery of letters to an SMTP server."""
    clock = SystemClock()
    async with (
        open_loopback_smtp(server),
        open_smtp(Server("127.0.0.1", server.port, "plain"), SENDER, clock=clock, time_limit=limit) as mail,
    ):
        yield Delivery(PostgresOutbox(database), clock, [MailDeliverer(mail)])


@pytest.mark.parametrize(
    ("at", "reply", "first"),
    [
        ("EHLO", HANG, "intended"),
        ("MAIL", CUT, "intended"),
        ("RCPT", "451 try later", "intended"),
        ("RCPT", "421 too busy", "intended"),
        ("MAIL", "<html>", "intended"),
        ("RCPT", "550 no such user", "dead"),
        (".", "452 full", "intended"),
        (".", CUT, "unknown"),
        (".", HANG, "unknown"),
    ],
)
async def test_by_smtp_a_letter_arrives_once_and_what_nobody_can_tell_is_not_sent_again(
    desk: FrontDesk, database: Database, rows: Rows, at: str, reply: str, first: str
) -> None:
    await booked_and_closed(desk)
    lane = (await rows("SELECT lane FROM outbox WHERE kind = 'mail'"))[0]["lane"]
    trouble = {at: reply, "HELO": reply} if at == "EHLO" else {at: reply}
    server = SmtpServer(at=trouble, keeps_before_trouble=first == "unknown")
    async with smtp_at(server, database, HASTY if reply == HANG else PATIENT) as delivery:
        await delivery.deliver("demo", lane)
        assert (await rows("SELECT status FROM outbox WHERE kind = 'mail'"))[0]["status"] == first
        server.at.clear()
        await PostgresOutbox(database).revive("demo", None)
        await database.run("demo", "UPDATE outbox SET next_at = now()")
        await delivery.deliver("demo", lane)
    assert [letter["To"] for letter in server.letters] == [EMAIL]
