"""Whole calls in which an age is told."""

import pytest

from tests.unit.playbooks.hospital.talking import ASHA, Call


@pytest.mark.parametrize(
    "words",
    [
        "my 7 year old has a fever, Thursday at ten",
        "my five-year-old has a tooth ache, Thursday at ten",
        "my six month old baby has a rash, Thursday at ten",
        "I need an appointment for my 3-year-old son, an eye check, Thursday at ten",
        "my son who is eight needs a dentist on Thursday at ten",
        "my father is 72 years old, he needs the heart doctor Thursday at ten",
        "meri beti paanch saal ki hai, bachchon ke doctor Thursday das baje",
    ],
)
async def test_it_is_of_the_patient_and_no_time(words: str) -> None:
    call = Call(ASHA)
    reply = await call.say(words)
    assert "Thursday 19 November at 10 AM" in reply
    assert "the patient's full name" in reply


async def test_it_is_none_either_where_a_time_was_asked_for() -> None:
    call = Call(ASHA)
    replies = await call.say_all(
        "the dentist on Thursday please", "he is 11", "my daughter is five", "at half past ten"
    )
    assert [("What time would suit you?" in reply) for reply in replies] == [True, True, True, False]
    assert "Thursday 19 November at 10:30 AM" in replies[-1]


async def test_it_chooses_no_department() -> None:
    reply = await Call(ASHA).say("I need a doctor for my five-year-old")
    assert reply.endswith("Which doctor or department would you like to see?")


async def test_a_day_that_is_over_gives_way_to_the_one_that_is_wanted() -> None:
    reply = await Call(ASHA).say("he turned ten yesterday, he has a tooth ache, Thursday at eleven")
    assert "Thursday 19 November at 11 AM" in reply
