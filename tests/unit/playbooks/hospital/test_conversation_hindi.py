"""Whole calls in Hindi, and in English mixed with it."""

import pytest

from tests.unit.playbooks.hospital.talking import ASHA, Call


@pytest.mark.parametrize(
    ("words", "department"),
    [
        ("mujhe dant ke doctor se milna hai", "Dentistry"),
        ("pet mein dard hai", "General Medicine"),
        ("ghutne mein dard hai, doctor ko dikhana hai", "Orthopedics"),
        ("Mere bete ko bukhar hai, bachchon ke doctor ka appointment chahiye", "Pediatrics"),
    ],
)
async def test_an_illness_and_its_doctor_are_known(words: str, department: str) -> None:
    call = Call(ASHA)
    reply = await call.say(words)
    assert "we have no Dr." not in reply
    assert call.dataset["department_enquired"] == department


async def test_a_day_that_is_denied_behind_is_not_the_one() -> None:
    call = Call(ASHA)
    await call.say_all("Monday nahi Friday ko Dr Khan ke saath ten thirty", "haan", "haan ji")
    assert call.done("book_appointment")[0]["appointment_date"] == "2026-11-20"


@pytest.mark.parametrize("given", ["mera naam Imtiaz Ali hai", "Imtiaz Ali naam hai", "ji Imtiaz Ali"])
async def test_a_whole_call(given: str) -> None:
    call = Call()
    await call.say_all(
        "dant ka doctor",
        "kal nahi, parso",
        "subah gyarah baje",
        "haan theek hai",
        given,
        "imtiaz at gmail dot com",
        "ji haan",
    )
    (booked,) = call.done("book_appointment")
    assert (booked["patient_name"], booked["appointment_date"]) == ("Imtiaz Ali", "2026-11-19")
    assert booked["appointment_time"] == "11:00 AM"


@pytest.mark.parametrize("words", ["ji haan", "haan bilkul", "haan theek hai"])
async def test_a_yes_is_no_name(words: str) -> None:
    call = Call()
    await call.say_all("Dr Khan tomorrow at nine", words)
    assert call.names == ["check_appointment_availability"]


async def test_a_relative_is_the_patient() -> None:
    call = Call(ASHA)
    replies = await call.say_all(
        "mere bete ko bukhar hai, Dr Rao kal das baje", "Rohan Menon", "the same as mine", "yes"
    )
    assert "the patient's full name" in replies[0]
    assert [one["patient_name"] for one in call.done("book_appointment")] == ["Rohan Menon"]


async def test_short_answers_carry_a_whole_call() -> None:
    call = Call(ASHA)
    await call.say_all("Dr Khan ke saath kal subah nau baje", "ha", "ha ji")
    assert len(call.done("book_appointment")) == 1


@pytest.mark.parametrize("words", ["ji nahi", "nahi", "ha ha", "Ha!"])
async def test_what_is_no_yes_books_nothing(words: str) -> None:
    call = Call(ASHA)
    await call.say_all("Dr Khan ke saath kal subah nau baje", "haan", words)
    assert not call.done("book_appointment")


@pytest.mark.parametrize("words", ["dhanyavaad", "bahut shukriya"])
async def test_thanks_after_a_booking_end_the_call(words: str) -> None:
    call = Call(ASHA)
    await call.say_all("Dr Khan ke saath kal subah nau baje", "haan", "haan ji", words)
    assert call.names[-1] == "end_call"
