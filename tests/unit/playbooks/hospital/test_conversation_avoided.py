"""Whole calls of somebody who does not want one of the doctors."""

import pytest

from playbooks.hospital.directory import DIRECTORY
from tests.unit.playbooks.hospital.talking import ASHA, TUESDAY, Call

KHAN, GUPTA = "Dr. Imran Khan", "Dr. Neha Gupta"


async def booked_with(*said: str) -> list[str]:
    """Lead a whole call; returns with whom it has booked."""
    call = Call(ASHA)
    await call.say_all(*said)
    return [one["doctor_name"] for one in call.done("book_appointment")]


@pytest.mark.parametrize(
    "words",
    [
        "I need a physician tomorrow at 2 pm but not Dr Khan",
        "General medicine tomorrow at 2 pm, anyone but Dr Khan",
        "I have a fever, tomorrow at 2 pm, not with Dr Khan please",
        "I'd rather not see Dr Khan. I have a fever, tomorrow at 2 pm",
        "I don't like Dr Khan, give me Dr Gupta tomorrow at 2 pm",
        "a physician other than Dr Khan tomorrow at 2 pm",
        "Dr Khan nahi, Dr Gupta kal do baje",
    ],
)
async def test_who_is_not_wanted_is_not_chosen(words: str) -> None:
    assert await booked_with(words, "yes", "yes") == [GUPTA]


@pytest.mark.parametrize("words", ["I don't want Dr Khan", "anyone but Dr Khan", "not with Dr Khan"])
async def test_it_holds_for_what_is_wanted_before_and_after(words: str) -> None:
    assert await booked_with("Dr Khan tomorrow at 2 pm", words, "yes", "yes") == [GUPTA]
    assert await booked_with(words, "a physician tomorrow at 2 pm", "yes", "yes") == [GUPTA]


async def test_nor_offered_where_others_have_time() -> None:
    call = Call(ASHA)
    call.take(GUPTA, *(TUESDAY.replace(day=day, hour=hour) for day in range(17, 31) for hour in range(12, 20)))
    call.take(
        GUPTA, *(TUESDAY.replace(day=day, hour=hour, minute=30) for day in range(17, 31) for hour in range(13, 20))
    )
    reply = await call.say("a physician tomorrow at 2 pm, anyone but Dr Khan")
    assert "12:30 PM" in reply
    assert "Khan" not in reply


@pytest.mark.parametrize(
    "words",
    ["anybody except Dr Khan, tomorrow at 2 pm", "I don't want Dr Khan, can I see someone else tomorrow at 2 pm"],
)
async def test_somebody_else_is_of_the_same_department(words: str) -> None:
    assert f"{GUPTA} is free on Wednesday 18 November at 2 PM." in await Call(ASHA).say(words)


async def test_where_there_is_nobody_else_it_is_said() -> None:
    reply = await Call(ASHA).say("the heart doctor tomorrow at 10 am, but not Dr Mehta")
    assert "In Cardiology we have only Dr. Anil Mehta." in reply
    assert "is free" not in reply


@pytest.mark.parametrize(
    "words",
    [
        "I didn't get Dr Khan last time, can I have Dr Khan tomorrow at 2 pm",
        "I don't want to see anyone but Dr Khan, tomorrow at 2 pm",
    ],
)
async def test_who_is_wanted_after_all_is_chosen(words: str) -> None:
    assert await booked_with(words, "yes", "yes") == [KHAN]


async def test_who_is_named_later_is_wanted_again() -> None:
    said = ("a physician tomorrow at 2 pm, not Dr Khan", "all right, Dr Khan then", "yes", "yes")
    assert await booked_with(*said) == [KHAN]
    assert DIRECTORY.department_of(KHAN) == DIRECTORY.department_of(GUPTA)
