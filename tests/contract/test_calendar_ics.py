"""What only a folder of .ics files does: each is a message that calendars understand (RFC 5546)."""

from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar as Ics
from icalendar import Event

from domain.errors import Fault, ProviderRejected
from ports.calendar import Calendar, CalendarEvent
from ports.effects import effect_id
from providers.ics.folder import open_ics_folder
from tests.contract.appointments import EVENT, appointment, day, time_of
from tests.contract.workspace import FixedClock, ics_calendar, refused


def only_file(folder: Path) -> Path:
    """The only file of a calendar."""
    (path,) = folder.glob("*.ics")
    return path


def read(folder: Path) -> tuple[str, Event]:
    """Method and event of the only file."""
    path = only_file(folder)
    assert path.name == f"{effect_id(EVENT.key)}.ics"
    calendar = Ics.from_ical(path.read_bytes())
    (event,) = calendar.events
    return str(calendar["METHOD"]), event


async def test_changes_and_the_cancellation_have_one_uid_and_a_growing_sequence(tmp_path: Path) -> None:
    async with ics_calendar(tmp_path) as calendar:
        seen = []
        for step in (calendar.put(EVENT), calendar.put(appointment(hour=10, revision=4)), calendar.remove(EVENT.key)):
            await step
            method, event = read(tmp_path)
            seen.append((method, str(event["STATUS"]), event["SEQUENCE"], str(event["UID"])))
    uid = f"{effect_id(EVENT.key)}@parley"
    assert seen == [
        ("REQUEST", "CONFIRMED", 0, uid), ("REQUEST", "CONFIRMED", 1, uid), ("CANCEL", "CANCELLED", 2, uid),
    ]  # fmt: skip


async def test_a_cancellation_still_says_who_when_and_where(tmp_path: Path) -> None:
    async with ics_calendar(tmp_path) as calendar:
        await calendar.put(EVENT)
        await calendar.remove(EVENT.key)
    _, event = read(tmp_path)
    assert (event.start, event["ATTENDEE"]) == (EVENT.start, "mailto:asha@example.com")
    assert (event["SUMMARY"], event["DESCRIPTION"]) == (EVENT.title, EVENT.description)


@pytest.mark.parametrize(
    ("event", "organizer"), [(EVENT, None), (replace(EVENT, attendees=()), "desk@renova.example.com")]
)
async def test_without_two_who_meet_it_is_published_only(
    event: CalendarEvent, organizer: str | None, tmp_path: Path
) -> None:
    async with open_ics_folder(tmp_path, clock=FixedClock(), organizer=organizer) as calendar:
        await calendar.put(event)
    assert read(tmp_path)[0] == "PUBLISH"


async def test_the_rules_of_the_time_zone_go_along(tmp_path: Path) -> None:
    async with ics_calendar(tmp_path) as calendar:
        await calendar.put(replace(EVENT, zone="Europe/Berlin"))
    text = only_file(tmp_path).read_text()
    assert "BEGIN:VTIMEZONE" in text
    assert "DTSTART;TZID=Europe/Berlin:20261103T120000" in text


async def test_what_another_process_changed_is_seen(tmp_path: Path) -> None:
    async with ics_calendar(tmp_path) as ours, ics_calendar(tmp_path) as theirs:
        await ours.put(EVENT)
        assert await day(ours) == [time_of(EVENT)]
        await theirs.remove(EVENT.key)
        assert await day(ours) == []


@pytest.mark.parametrize("change", [("DTSTART;TZID=Asia/Kolkata:20261103T163000", "DTSTART;VALUE=DATE:20261103"),
                                    ("BEGIN:VEVENT", "BEGIN:VTODO"), ("SEQUENCE:0", "SEQUENCE:x")])  # fmt: skip
async def test_a_file_that_is_broken_is_said(change: tuple[str, str], tmp_path: Path) -> None:
    async with ics_calendar(tmp_path) as calendar:
        await calendar.put(EVENT)
        path = only_file(tmp_path)
        path.write_text(path.read_text().replace(*change))
        await refused(ProviderRejected, Fault.MALFORMED, _whatever(calendar))


async def _whatever(calendar: Calendar) -> None:
    await day(calendar)
    await calendar.put(appointment(revision=1))
