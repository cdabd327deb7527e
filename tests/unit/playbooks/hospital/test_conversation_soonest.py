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
async def test_the_first_slot_of_the_doctor_is_asked_back_and_then_booked(lines: tuple[str, ...]) -> None:
    call = Call(ASHA)
    replies = await call.say_all(*lines, "yes", "yes", "yes")
    assert replies[len(lines) - 1].endswith(f"Do you mean {FIRST}?")
    assert replies[-1].startswith(f"Your appointment is booked: {FIRST} with Dr. Imran Khan")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Dr Khan as soon as possible, in the afternoon", "Tuesday 17 November at 1 PM"),
        ("Dr Sharma asap, at five", "Tuesday 17 November at 5 PM"),
        ("the earliest slot with Dr Khan at nine", "Wednesday 18 November at 9 AM"),
    ],
)
async def test_a_time_or_a_part_of_the_day_is_kept_to(words: str, meant: str) -> None:
    assert (await Call(ASHA).say(words)).endswith(f"Do you mean {meant}?")


async def test_who_does_not_want_the_first_is_asked_for_another() -> None:
    call = Call(ASHA)
    replies = await call.say_all("the earliest appointment with Dr Khan please", "no", "on Friday at ten")
    assert replies[1].endswith(phrases.WHEN)
    assert replies[2].startswith("Dr. Imran Khan is free on Friday 20 November at 10 AM.")


async def test_a_day_that_was_named_is_kept() -> None:
    reply = await Call(ASHA).say("book Dr Khan as soon as possible, preferably on Thursday")
    assert "Thursday 19 November" in reply
    assert reply.endswith(phrases.TIME)
