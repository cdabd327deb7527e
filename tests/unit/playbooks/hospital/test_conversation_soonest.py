"""Whole calls of patients who want the first appointment there is."""

import pytest

from playbooks.hospital.asking import phrases
from tests.unit.playbooks.hospital.talking import ASHA, Call

FIRST = "Tuesday 17 November at 10:30 AM"
"""Of everybody who has hours that morning; the calls are made at ten."""


@pytest.mark.parametrize(
    "lines",
    [
        ("I'd like to see Dr Khan as soon as possible",),
        ("what is the earliest you have with Dr Khan?",),
        ("Dr Khan please", "asap"),
        ("Dr Khan please", "the next available slot"),
        ("I need an appointment as early as possible", "with Dr Khan"),
        ("Dr Khan, first available in the morning",),
    ],
)
async def test_the_first_slot_of_the_doctor_is_offered_and_then_booked(lines: tuple[str, ...]) -> None:
    call = Call(ASHA)
    replies = await call.say_all(*lines, "yes", "yes")
    assert replies[len(lines) - 1].endswith(f"Dr. Imran Khan is free on {FIRST}. {phrases.SUITS}")
    assert replies[-1].startswith(f"Your appointment is booked: {FIRST} with Dr. Imran Khan")


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("Dr Khan as soon as possible, in the afternoon", "Tuesday 17 November at 1 PM"),
        ("Dr Sharma asap, at five", "Tuesday 17 November at 5 PM"),
        ("the earliest slot with Dr Khan at nine", "Wednesday 18 November at 9 AM"),
    ],
)
async def test_a_time_or_a_part_of_the_day_is_kept_to(words: str, when: str) -> None:
    assert f"is free on {when}. {phrases.SUITS}" in await Call(ASHA).say(words)


@pytest.mark.parametrize(
    ("lines", "asks"),
    [
        (("I need an appointment in the afternoon", "as soon as possible please", "with Dr Khan"), phrases.WHEN),
        (("I need an appointment as soon as possible", "Dr Sharma at five"), phrases.DAY),
        (("Dr Khan on Friday at ten", "yes", "yes", "move it to the earliest slot you have"), phrases.NEW),
    ],
)
async def test_a_first_slot_that_does_not_suit_is_not_offered(lines: tuple[str, ...], asks: str) -> None:
    assert (await Call(ASHA).say_all(*lines))[-1].endswith(asks)


async def test_the_first_slot_of_a_department_is_of_whoever_is_free() -> None:
    call = Call(ASHA)
    await call.say_all("I need an appointment as soon as possible", "general medicine", "yes", "yes")
    (booked,) = call.done("book_appointment")
    assert (booked["appointment_date"], booked["appointment_time"]) == ("2026-11-17", "10:30 AM")


async def test_where_the_first_is_taken_the_nearest_are_offered() -> None:
    other = Call()
    await other.say_all("Dr Khan today at half past ten", "Ravi Rao", "ravi.rao@example.com", "yes", "yes")
    reply = await Call(ASHA, tables=other.tables).say("Dr Khan as soon as possible")
    assert f"Dr. Imran Khan is not free on {FIRST}." in reply
    assert reply.endswith(phrases.WHICH_ONE)


async def test_who_does_not_want_the_first_is_asked_for_another() -> None:
    call = Call(ASHA)
    replies = await call.say_all("the earliest appointment with Dr Khan please", "no", "on Friday at ten")
    assert replies[1].endswith(phrases.OTHER)
    assert "Dr. Imran Khan is free on Friday 20 November at 10 AM." in replies[2]


async def test_a_day_that_was_named_is_kept() -> None:
    reply = await Call(ASHA).say("book Dr Khan as soon as possible, preferably on Thursday")
    assert "Thursday 19 November" in reply
    assert reply.endswith(phrases.TIME)
