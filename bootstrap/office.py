"""Mail, calendar and sheet as the settings choose them, and who delivers to them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from bootstrap.database import HERE
from bootstrap.office_settings import (
    CsvSheet,
    FolderCalendar,
    GmailMail,
    GoogleCalendar,
    GoogleSheet,
    MailboxMail,
    SmtpMail,
)
from bootstrap.settings import Settings
from domain.errors import ConfigError
from ports.calendar import Calendar
from ports.clock import SystemClock
from ports.mail import Mail
from ports.outbox import Deliverer
from providers.google_account.account import GoogleAccount, build_google_account, load_google_account
from providers.office_delivery import CalendarDeliverer, MailDeliverer, SheetDeliverer
from providers.tenant_sheets import TenantSheets
from providers.whole_files import require_folder

SHEETS = {"patients_sheet": ("patients", "phone"), "calls_sheet": ("calls", "call_id")}
"""Kinds of entries that are rows: the sheet they are put into, and the column that knows a row again."""

SHARED = ""
"""Whose the spreadsheet is of those that have none of their own: no tenant's."""


@dataclass(frozen=True)
class OfficeFolders:
    """Where letters, appointments and rows lie on this machine."""

    mail: Path
    calendar: Path
    sheet: Path


def office_folders(settings: Settings) -> OfficeFolders:
    """Say which folders the settings name (ConfigError: something goes to a service instead)."""
    match settings.mail, settings.calendar, settings.sheet:
        case MailboxMail() as mail, FolderCalendar() as calendar, CsvSheet() as sheet:
            return OfficeFolders(
                mail.folder or _folder(settings, "mail"),
                calendar.folder or _folder(settings, "calendar"),
                sheet.folder or _folder(settings, "sheets"),
            )
    raise ConfigError(
        "Letters, appointments and rows go to a service; unset PARLEY_MAIL__KIND, _CALENDAR_ and _SHEET_."
    )


@asynccontextmanager
async def open_sheets(settings: Settings) -> AsyncIterator[TenantSheets]:
    """Open the tenants' sheets (ConfigError as `open_office`)."""
    account = await asyncio.to_thread(_account, settings) if isinstance(settings.sheet, GoogleSheet) else None
    async with _open_sheets(settings, account) as sheets:
        yield sheets


@asynccontextmanager
async def open_office(settings: Settings) -> AsyncIterator[list[Deliverer]]:
    """Open what letters, appointments and rows are delivered to.

    Raises:
        ConfigError: an account, an address or a folder cannot be used; the message says which.
    """
    account = await asyncio.to_thread(_account, settings) if _needs_google(settings) else None
    for part in (settings.mail, settings.calendar, settings.sheet):
        if isinstance(part, MailboxMail | FolderCalendar | CsvSheet) and part.folder is not None:
            await asyncio.to_thread(require_folder, part.folder, part.kind)
    async with (
        _open_mail(settings, account) as mail,
        _open_calendar(settings, account) as calendar,
        _open_sheets(settings, account) as sheets,
    ):
        rows = [SheetDeliverer(sheets, kind, name, key) for kind, (name, key) in SHEETS.items()]
        yield [MailDeliverer(mail), CalendarDeliverer(calendar), *rows]


def _open_mail(settings: Settings, account: GoogleAccount | None) -> AbstractAsyncContextManager[Mail]:
    part, clock = settings.mail, SystemClock()
    match part:
        case MailboxMail():
            from providers.mailbox.folder import open_mailbox

            return open_mailbox(part.folder or _folder(settings, "mail"), part.sender, clock=clock)
        case SmtpMail():
            from providers.smtp.adapter import SmtpServer, open_smtp

            password = part.password.get_secret_value() if part.password else None
            server = SmtpServer(part.host, part.port, part.security, part.user, password)
            return open_smtp(server, part.sender, clock=clock)
        case GmailMail():
            from providers.gmail.adapter import open_gmail

            return open_gmail(_wanted(account), part.sender, clock=clock, base_url=settings.google.base_url)
        case _:
            assert_never(part)


def _open_calendar(settings: Settings, account: GoogleAccount | None) -> AbstractAsyncContextManager[Calendar]:
    part = settings.calendar
    match part:
        case FolderCalendar():
            from providers.ics.folder import open_ics_folder

            return open_ics_folder(part.folder or _folder(settings, "calendar"), clock=SystemClock())
        case GoogleCalendar():
            from providers.google_calendar.adapter import open_google_calendar

            return open_google_calendar(
                _wanted(account), part.calendar_id, invite=part.invite, base_url=settings.google.base_url
            )
        case _:
            assert_never(part)


@asynccontextmanager
async def _open_sheets(settings: Settings, account: GoogleAccount | None) -> AsyncIterator[TenantSheets]:
    part = settings.sheet
    match part:
        case CsvSheet():
            from providers.csv_sheet.folder import open_csv_folder

            async with open_csv_folder(part.folder or _folder(settings, "sheets")) as folder:
                yield TenantSheets(folder)
        case GoogleSheet():
            from providers.google_sheets.adapter import open_google_sheets

            ids = {SHARED: part.spreadsheet_id, **part.spreadsheets}
            async with open_google_sheets(_wanted(account), ids, base_url=settings.google.base_url) as opened:
                yield TenantSheets(opened.pop(SHARED), opened)
        case _:
            assert_never(part)


def _needs_google(settings: Settings) -> bool:
    return any(
        isinstance(part, GmailMail | GoogleCalendar | GoogleSheet)
        for part in (settings.mail, settings.calendar, settings.sheet)
    )


def _account(settings: Settings) -> GoogleAccount:
    google = settings.google
    if google.credentials_json is not None:
        return build_google_account(google.credentials_json.get_secret_value(), google.subject)
    if google.credentials_file is not None:
        return load_google_account(google.credentials_file, google.subject)
    raise ConfigError("PARLEY_GOOGLE__CREDENTIALS_FILE (or __CREDENTIALS_JSON) is needed for Google's services.")


def _wanted(account: GoogleAccount | None) -> GoogleAccount:
    if account is None:
        raise ConfigError("Google's services need credentials.")
    return account


def _folder(settings: Settings, name: str) -> Path:
    return (settings.data_dir or HERE).resolve() / "office" / name
