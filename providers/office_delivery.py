"""Deliverers for letters, appointments and rows: what the outbox holds, brought to mail, calendar and sheet."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.errors import InvalidInput, NotDelivered, ProviderError, ProviderUnavailable
from ports.calendar import Calendar, CalendarEvent
from ports.effects import OutcomeUnknown
from ports.mail import Invitation, Mail, MailMessage
from ports.outbox import Entry, Receipt
from providers.tenant_sheets import TenantSheets


@dataclass(frozen=True)
class MailDeliverer:
    """Sends entries of kind `mail`: {to, subject, text, html?, event?, method?}."""

    mail: Mail
    kind: str = "mail"

    @property
    def idempotent(self) -> bool:
        """True where it can be found out whether a letter was sent."""
        return self.mail.can_look

    async def deliver(self, entry: Entry) -> Receipt:
        """Send the letter, unless an earlier try has (NotDelivered)."""
        with _translated():
            message = _message(entry)
            if self.mail.can_look and (entry.attempts > 1 or entry.interrupted):
                sent = await self.mail.look_for(message)
                if sent is not None:
                    return sent
            return await self.mail.send(message)

    async def read_back(self, entry: Entry) -> Receipt | None:
        """Find out whether it was sent (NotDelivered: nobody can tell)."""
        with _translated(sent=True):
            return await self.mail.look_for(_message(entry))


@dataclass(frozen=True)
class CalendarDeliverer:
    """Enters entries of kind `calendar`, {put: event}, or takes them out: {remove: key}."""

    calendar: Calendar
    kind: str = "calendar"
    idempotent: bool = True

    async def deliver(self, entry: Entry) -> Receipt:
        """Enter the appointment or take it out (NotDelivered)."""
        payload = _payload(entry)
        with _translated():
            if "remove" in payload:
                return await self.calendar.remove(_key(entry, payload["remove"]))
            return await self.calendar.put(_event(entry, payload["put"]))

    async def read_back(self, entry: Entry) -> Receipt | None:
        """Nobody is asked: it is entered again under its key."""
        return None


@dataclass(frozen=True)
class SheetDeliverer:
    """Puts entries of one kind, each a row, into the sheet of that name of their tenant."""

    sheets: TenantSheets
    kind: str
    name: str
    key_column: str
    idempotent: bool = True

    async def deliver(self, entry: Entry) -> Receipt:
        """Put the row, its key in front (NotDelivered)."""
        payload = _payload(entry)
        columns = sorted(payload, key=lambda column: column != self.key_column)
        row = {column: _cell(payload[column]) for column in columns}
        sheet, called = self.sheets.of(entry.tenant_id, self.name)
        with _translated():
            return await sheet.put_row(called, self.key_column, row)

    async def read_back(self, entry: Entry) -> Receipt | None:
        """Nobody is asked: the row is put again under its key."""
        return None


@contextmanager
def _translated(*, sent: bool = False) -> Iterator[None]:
    """Say of a failure whether it can have arrived, and whether trying again helps."""
    try:
        yield
    except ProviderUnavailable as error:
        unknown = sent or isinstance(error, OutcomeUnknown)
        raise NotDelivered(error.message, again=True, sent=unknown, retry_after=error.retry_after) from error
    except (ProviderError, InvalidInput) as error:
        raise NotDelivered(error.message, again=False, sent=sent) from error


def _message(entry: Entry) -> MailMessage:
    payload = _payload(entry)
    event = payload.get("event")
    invitation = Invitation(_event(entry, event), payload.get("method", "REQUEST")) if event else None
    return MailMessage(
        _key(entry, entry.key), payload["to"], payload["subject"], payload["text"], payload.get("html"), (), invitation
    )


def _event(entry: Entry, given: Mapping[str, Any]) -> CalendarEvent:
    return CalendarEvent(
        key=_key(entry, given["key"]),
        start=datetime.fromisoformat(given["start"]),
        end=datetime.fromisoformat(given["end"]),
        zone=given["zone"],
        title=given["title"],
        description=given.get("description", ""),
        location=given.get("location", ""),
        attendees=tuple(given.get("attendees", ())),
        revision=given.get("revision", 0),
    )


def _key(entry: Entry, key: str) -> str:
    """A key among all tenants', who may share a calendar or a folder."""
    return f"{entry.tenant_id}/{key}"


def _payload(entry: Entry) -> Mapping[str, Any]:
    if entry.payload is None:
        raise NotDelivered("there is nothing to deliver", again=False)
    return entry.payload


def _cell(value: Any) -> str | int | float:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int() | float() | str():
            return value
        case _:
            return str(value)
