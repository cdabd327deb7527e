"""What every calendar promises."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from domain.errors import InvalidInput
from ports.calendar import Calendar
from ports.effects import effect_id
from tests.contract.appointments import DAY, EVENT, appointment, day, time_of
from tests.contract.workspace import google_calendar, ics_calendar

Open = Callable[[Path], AbstractAsyncContextManager[Calendar]]


@pytest.fixture(params=[ics_calendar, google_calendar], ids=["ics", "google"])
async def calendar(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Calendar]:
    opened: Open = request.param
    async with opened(tmp_path / "calendar") as calendar:
        yield calendar


def status(calendar: Calendar, which: str) -> dict[str, str]:
    return {"provider": calendar.name, "id": effect_id(EVENT.key), "status": which}


async def test_an_appointment_takes_its_time(calendar: Calendar) -> None:
    assert (await calendar.put(EVENT)).proof == status(calendar, "confirmed")
    assert await day(calendar) == [time_of(EVENT)]


async def test_put_again_it_is_there_once(calendar: Calendar) -> None:
    first = await calendar.put(EVENT)
    assert await calendar.put(EVENT) == first
    assert await day(calendar) == [time_of(EVENT)]


async def test_a_higher_revision_moves_it(calendar: Calendar) -> None:
    moved = appointment(hour=10, revision=1)
    await calendar.put(EVENT)
    assert (await calendar.put(moved)).proof == status(calendar, "confirmed")
    assert await day(calendar) == [time_of(moved)]


async def test_an_older_revision_that_comes_late_changes_nothing(calendar: Calendar) -> None:
    moved = appointment(hour=10, revision=2)
    await calendar.put(moved)
    assert (await calendar.put(EVENT)).proof == status(calendar, "confirmed")
    assert await day(calendar) == [time_of(moved)]


async def test_what_is_removed_takes_no_time_and_stays_removed(calendar: Calendar) -> None:
    await calendar.put(EVENT)
    for _ in range(2):
        assert (await calendar.remove(EVENT.key)).proof == status(calendar, "cancelled")
    assert (await calendar.put(replace(EVENT, revision=9))).proof == status(calendar, "cancelled")
    assert await day(calendar) == []


async def test_what_never_was_there_is_absent(calendar: Calendar) -> None:
    assert (await calendar.remove(EVENT.key)).proof == status(calendar, "absent")


async def test_busy_lists_what_lies_between_two_instants_by_its_start(calendar: Calendar) -> None:
    events = [appointment(f"k{hour}", hour) for hour in (11, 9, 16, 13, 8)]
    await asyncio.gather(*map(calendar.put, events))
    found = await calendar.busy(events[1].start, events[0].end)
    assert found == [time_of(appointment(f"k{hour}", hour)) for hour in (9, 11)]
    assert len(await day(calendar)) == 5


async def test_what_only_touches_takes_no_time(calendar: Calendar) -> None:
    await calendar.put(EVENT)
    assert await calendar.busy(EVENT.end, EVENT.end + DAY) == []
    assert await calendar.busy(EVENT.start - DAY, EVENT.start) == []


async def test_one_key_put_by_many_at_once_is_there_once(calendar: Calendar) -> None:
    await asyncio.gather(*(calendar.put(EVENT) for _ in range(8)))
    assert await day(calendar) == [time_of(EVENT)]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"start": EVENT.start.replace(tzinfo=None)}, "start"),
        ({"end": EVENT.start}, "end"),
        ({"zone": "Asia/Nowhere"}, "zone"),
        ({"zone": "../etc/passwd"}, "zone"),
        ({"title": "Dr. Mehta\r\nATTENDEE:mailto:x@example.com"}, "title"),
        ({"location": "Room\x005"}, "location"),
        ({"description": "\x1b[31m"}, "description"),
        ({"revision": -1}, "revision"),
    ],
)
def test_an_appointment_that_cannot_be_is_refused(changed: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        replace(EVENT, **changed)  # type: ignore[arg-type]
    assert raised.value.field == field


async def test_an_attendee_needs_an_address(calendar: Calendar) -> None:
    with pytest.raises(InvalidInput) as raised:
        await calendar.put(replace(EVENT, attendees=("mailto:x\r\nSTATUS:CANCELLED",)))
    assert raised.value.field == "attendees"
    assert await day(calendar) == []
