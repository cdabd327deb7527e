"""Mail, calendars and sheets to run the suites on: folders, and loopback services behind the real adapters."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from socket import socket
from typing import cast

import pytest

from domain.errors import Fault, ProviderError, ProviderRejected, ProviderUnavailable
from ports.calendar import Calendar
from ports.effects import OutcomeUnknown
from ports.mail import Mail
from ports.sheet import Sheet
from providers.csv_sheet.folder import open_csv_folder
from providers.gmail.adapter import open_gmail
from providers.google_account.account import build_google_account
from providers.google_calendar.adapter import open_google_calendar
from providers.google_sheets.adapter import open_google_sheets
from providers.ics.folder import open_ics_folder
from providers.mailbox.folder import open_mailbox
from providers.smtp.adapter import SmtpServer, open_smtp
from tests import loopback_google_workspace as google
from tests.loopback_google_workspace import Trouble, Workspace, open_loopback_google
from tests.loopback_google_workspace_sheets import SPREADSHEET
from tests.loopback_smtp import open_loopback_smtp

SENDER = "Renova Hospitals <desk@renova.example.com>"
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
PATIENT, HASTY = timedelta(seconds=5), timedelta(seconds=1.5)
PERSONAL = ("asha", "example.com", "98123", "shh")

Refusal = tuple[Trouble, type[ProviderError], Fault]
READ_REFUSALS: list[Refusal] = [
    (google.HANG, ProviderUnavailable, Fault.TIMEOUT),
    (google.DRIP, ProviderUnavailable, Fault.TIMEOUT),
    (google.CUT, ProviderUnavailable, Fault.CONNECTION),
    (google.ERROR, ProviderUnavailable, Fault.SERVER),
    (google.ERROR_PAGE, ProviderUnavailable, Fault.SERVER),
    (google.PAGE, ProviderUnavailable, Fault.MALFORMED),
    (google.TOO_MANY, ProviderUnavailable, Fault.RATE_LIMIT),
    (google.TOO_FAST, ProviderUnavailable, Fault.RATE_LIMIT),
    (google.FORBIDDEN, ProviderRejected, Fault.REFUSED),
    (google.UNSCOPED, ProviderRejected, Fault.CREDENTIALS),
]
_UNKNOWN = {google.HANG, google.DRIP, google.CUT, google.ERROR, google.ERROR_PAGE, google.PAGE}
WRITE_REFUSALS: list[Refusal] = [
    (trouble, OutcomeUnknown if trouble in _UNKNOWN else error, fault) for trouble, error, fault in READ_REFUSALS
]
IDS = ["hang", "drip", "cut", "500", "502", "html", "429", "403-rate", "403", "403-scope"]


class FixedClock:
    """It is always the same morning."""

    def now(self) -> datetime:
        """Return the time."""
        return NOW


@dataclass(frozen=True)
class Office:
    """A mail adapter, and what came out at the other end."""

    mail: Mail
    arrived: Callable[[], list[EmailMessage]]


@asynccontextmanager
async def mailbox_office(folder: Path) -> AsyncIterator[Office]:
    """A folder of letters."""
    async with open_mailbox(folder, SENDER, clock=FixedClock()) as mail:
        yield Office(mail, lambda: [_parsed(path.read_bytes()) for path in sorted(folder.glob("*.eml"))])


@asynccontextmanager
async def smtp_office(folder: Path) -> AsyncIterator[Office]:
    """An SMTP server on this machine."""
    async with (
        open_loopback_smtp() as server,
        open_smtp(SmtpServer("127.0.0.1", server.port, "plain"), SENDER, clock=FixedClock()) as mail,
    ):
        yield Office(mail, lambda: server.letters)


@asynccontextmanager
async def gmail_office(folder: Path) -> AsyncIterator[Office]:
    """A Gmail on this machine."""
    async with open_loopback_google() as workspace:
        account = build_google_account(workspace.service_account(), "desk@renova.example.com")
        async with open_gmail(account, SENDER, clock=FixedClock(), base_url=workspace.url, time_limit=PATIENT) as mail:
            yield Office(mail, lambda: workspace.letters.sent)
        assert all(claims["sub"] == "desk@renova.example.com" for claims in workspace.issued)


@asynccontextmanager
async def gmail_at(workspace: Workspace, limit: timedelta = PATIENT) -> AsyncIterator[Mail]:
    """Gmail's adapter on a loopback."""
    account = build_google_account(workspace.user_token())
    async with open_gmail(account, SENDER, clock=FixedClock(), base_url=workspace.url, time_limit=limit) as mail:
        yield mail


@asynccontextmanager
async def calendar_at(
    workspace: Workspace, limit: timedelta = PATIENT, *, invite: bool = False
) -> AsyncIterator[Calendar]:
    """Google Calendar's adapter on a loopback."""
    account = build_google_account(workspace.service_account())
    async with open_google_calendar(
        account, "desk@renova.example.com", invite=invite, base_url=workspace.url, time_limit=limit
    ) as calendar:
        yield calendar


@asynccontextmanager
async def google_calendar(folder: Path) -> AsyncIterator[Calendar]:
    """A Google Calendar on this machine."""
    async with open_loopback_google() as workspace, calendar_at(workspace) as calendar:
        yield calendar


def ics_calendar(folder: Path) -> AbstractAsyncContextManager[Calendar]:
    """A folder of appointments."""
    opened = open_ics_folder(folder, clock=FixedClock(), organizer=SENDER)
    return cast(AbstractAsyncContextManager[Calendar], opened)


@asynccontextmanager
async def sheet_at(workspace: Workspace, limit: timedelta = PATIENT) -> AsyncIterator[Sheet]:
    """Google Sheets' adapter on a loopback."""
    account = build_google_account(workspace.user_token())
    ids = {"the": SPREADSHEET}
    async with open_google_sheets(account, ids, base_url=workspace.url, time_limit=limit) as sheets:
        yield sheets["the"]


@asynccontextmanager
async def google_sheet(folder: Path) -> AsyncIterator[Sheet]:
    """A Google sheet on this machine."""
    async with open_loopback_google() as workspace, sheet_at(workspace) as sheet:
        yield sheet


async def rows_with(sheet: Sheet, name: str, column: str, value: str) -> list[dict[str, str]]:
    """The rows of a sheet whose column holds a value."""
    return [row for row in await sheet.read_rows(name) if row.get(column) == value]


def csv_sheet(folder: Path) -> AbstractAsyncContextManager[Sheet]:
    """A folder of CSV files."""
    return cast(AbstractAsyncContextManager[Sheet], open_csv_folder(folder))


def limit_for(trouble: Trouble) -> timedelta:
    """How long to wait for an answer: not long where none comes."""
    return PATIENT if trouble.status or trouble.cuts else HASTY


def closed_port() -> str:
    """An address where nobody listens."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


async def refused(error: type[ProviderError], fault: Fault, work: Awaitable[object]) -> None:
    """Expect an error of this kind, which says nothing personal or secret."""
    with pytest.raises(ProviderError) as raised:
        await work
    assert isinstance(raised.value, error)
    assert isinstance(raised.value, OutcomeUnknown) is (error is OutcomeUnknown)
    assert raised.value.fault == fault
    assert not any(word in str(raised.value) for word in PERSONAL)


def _parsed(content: bytes) -> EmailMessage:
    letter = message_from_bytes(content, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    return letter
