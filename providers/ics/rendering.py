"""An appointment as an iCalendar object: published to who reads it, or sent to who is invited (RFC 5546)."""

from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress

from ports.calendar import CalendarEvent
from ports.effects import effect_id
from providers.mail.addresses import Sender, check_address

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
KEY = "X-PARLEY-KEY"
REVISION = "X-PARLEY-REVISION"


def uid_of(key: str) -> str:
    """Make the UID of an appointment: the same through all its changes."""
    return f"{effect_id(key)}@parley"


def render_event(
    event: CalendarEvent, *, method: Method, sequence: int, organizer: Sender | None, at: datetime
) -> bytes:
    """Write an event with its time zone's rules, in UTF-8.

    `sequence` grows with every change (RFC 5545, 3.8.7.4).

    Raises:
        InvalidInput: an attendee's address cannot be one.
    """
    entry = Event()
    entry.add("uid", uid_of(event.key))
    entry.add("dtstamp", at.astimezone(UTC))
    entry.add("sequence", sequence)
    entry.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    entry.add("dtstart", event.start.astimezone(ZoneInfo(event.zone)))
    entry.add("dtend", event.end.astimezone(ZoneInfo(event.zone)))
    _describe(entry, event)
    _name_people(entry, event, organizer)
    calendar = Calendar()
    calendar.add("prodid", "-//Parley//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(entry)
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _describe(entry: Event, event: CalendarEvent) -> None:
    entry.add("summary", event.title)
    if event.description:
        entry.add("description", event.description)
    if event.location:
        entry.add("location", event.location)
    entry.add(KEY, event.key)
    entry.add(REVISION, str(event.revision))


def _name_people(entry: Event, event: CalendarEvent, organizer: Sender | None) -> None:
    if organizer is not None:
        address = vCalAddress(f"mailto:{organizer.address}")
        if organizer.name:
            address.params["CN"] = organizer.name
        entry.add("organizer", address)
    for attendee in event.attendees:
        address = vCalAddress(f"mailto:{check_address(attendee, 'attendees')}")
        address.params["RSVP"] = "TRUE"
        entry.add("attendee", address)
