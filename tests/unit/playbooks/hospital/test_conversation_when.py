"""Whole calls about days and times that lean on what was said before, are taken back, or are no days at all."""

from datetime import datetime

import pytest

from playbooks.hospital.asking import phrases
from playbooks.hospital.directory import DIRECTORY
from tests.unit.playbooks.hospital.talking import ASHA, Call


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("no, the day after that", "Thursday 19 November at 9 AM"),
        ("an hour later please", "Wednesday 18 November at 10 AM"),
        ("half an hour earlier", "Wednesday 18 November at 8:30 AM"),
        ("same time next week", "Wednesday 25 November at 9 AM"),
        ("a week later", "Wednesday 25 November at 9 AM"),
    ],
)
async def test_a_step_from_what_was_offered_is_asked_back_and_then_booked(words: str, meant: str) -> None:
    call = Call(ASHA)
    replies = await call.say_all("Dr Khan tomorrow at nine", words, "yes", "yes", "yes")
    assert replies[1] == f"All right. Do you mean {meant}?"
    assert replies[2] == f"Dr. Imran Khan is free on {meant}. {phrases.SUITS}"
    assert replies[4].startswith(f"Your appointment is booked: {meant}")


async def test_a_step_that_was_not_meant_leaves_the_day_open() -> None:
    call = Call(ASHA)
    replies = await call.say_all("Dr Khan tomorrow at nine", "the day after", "no", "on Friday", "yes", "yes")
    assert replies[2].endswith(phrases.DAY)
    assert call.done("book_appointment")[0]["appointment_date"] == "2026-11-20"


async def test_what_was_just_booked_is_moved_by_a_step() -> None:
    call = Call(ASHA)
    replies = await call.say_all(
        "Dr Khan tomorrow at nine", "yes", "yes", "can you move it an hour later", "yes", "yes", "yes"
    )
    assert replies[3].endswith("Do you mean Wednesday 18 November at 10 AM?")
    assert call.done("reschedule_appointment")[0]["new_time"] == "10:00 AM"


@pytest.mark.parametrize(
    ("words", "reply"),
    [
        ("Dr Mehta tomorrow any time after five", "Dr. Anil Mehta is free on Wednesday 18 November at 5 PM."),
        ("Dr Mehta tomorrow, not before eleven", "Dr. Anil Mehta is free on Wednesday 18 November at 11 AM."),
        ("Dr Mehta tomorrow before eleven", "Dr. Anil Mehta has hours on Wednesday 18 November from 9 AM to 1 PM."),
        ("Dr Khan day after tomorrow at nine", "Dr. Imran Khan is free on Thursday 19 November at 9 AM."),
        ("mujhe dr khan ke saath kal subah das baje aana hai", "Dr. Imran Khan is free on Wednesday 18 November at 10"),
        ("parso dopahar dhai baje dr khan", "Dr. Imran Khan is free on Thursday 19 November at 2:30 PM."),
        ("Dr Khan tomorrow at nine. Actually no, Friday at ten", "Dr. Imran Khan is free on Friday 20 November at 10"),
        ("Dr Khan on the 20th of November 2025 at nine", "That time has already passed."),
        ("Dr Khan on the 20th of November 2027 at nine", "We book up to 90 days ahead."),
        ("Dr House tomorrow at nine", "I am sorry, we have no Dr. House."),
        ("Dr Khan Monday first thing", "Dr. Imran Khan has hours on Monday 23 November from 8 AM to 12 PM"),
        ("Dr Khan Monday nine", "Dr. Imran Khan is free on Monday 23 November at 9 AM."),
        ("book me in with Neha Gupta on the 24th at one", "Dr. Neha Gupta is free on Tuesday 24 November at 1 PM."),
        ("a heart doctor then, tomorrow at nine", "Dr. Anil Mehta is free on Wednesday 18 November at 9 AM."),
    ],
)
async def test_a_day_and_time_are_taken_as_they_are_meant(words: str, reply: str) -> None:
    call = Call(ASHA)
    assert (
        (await call.say(words))
        .removeprefix("Hello Asha Menon, welcome back. Of course. ")
        .removeprefix("Hello Asha Menon, welcome back. ")
        .startswith(reply)
    )


@pytest.mark.parametrize("words", ["any other time?", "what else do you have"])
async def test_who_wants_other_times_is_asked_which(words: str) -> None:
    call = Call(ASHA)
    assert (await call.say_all("Dr Khan tomorrow at nine", words))[1] == f"Of course. {phrases.OTHER}"
    assert call.names == ["check_appointment_availability"]


@pytest.mark.parametrize("words", ["and eleven", "I'll take eleven", "make it eleven please"])
async def test_an_hour_alone_answers_an_offer(words: str) -> None:
    call = Call(ASHA)
    replies = await call.say_all("Dr Khan tomorrow at ten", words)
    assert replies[1] == f"Dr. Imran Khan is free on Wednesday 18 November at 11 AM. {phrases.SUITS}"


async def test_the_first_of_some_hours_is_no_day_of_the_month() -> None:
    call = Call(ASHA)
    replies = await call.say_all("Dr Khan tomorrow", "the first", "yes", "yes")
    assert replies[1] == f"Dr. Imran Khan is free on Wednesday 18 November at 8 AM. {phrases.SUITS}"
    assert call.done("book_appointment")[0]["appointment_time"] == "08:00 AM"


async def test_a_slot_is_read_back_once() -> None:
    call = Call(ASHA)
    replies = await call.say_all("Dr Khan tomorrow at nine", "is there parking", "yes", "yes")
    assert replies[1] == (
        f"I am sorry, I do not know that. Dr. Imran Khan is free on Wednesday 18 November at 9 AM. {phrases.SUITS}"
    )
    assert [phrases.BOOK in reply for reply in replies] == [False, False, True, False]


@pytest.mark.parametrize("words", ["how much is a consultation", "do you take my insurance", "when is my appointment"])
async def test_what_the_desk_does_not_know_a_colleague_may(words: str) -> None:
    call = Call(ASHA, greeting="Hello Asha Menon, how can I help you?")
    replies = await call.say_all(words, "yes please")
    assert replies[0].startswith("I am sorry, I ")
    assert replies[0].endswith(phrases.COLLEAGUE)
    assert call.names == ["transfer_to_human"]


async def test_an_appointment_without_a_day_is_not_asked_for_again_and_again() -> None:
    call = Call(ASHA)
    replies = await call.say_all("cancel my appointment", "I don't remember the day", "no")
    assert replies[1].endswith(f"Without its day I cannot find the appointment. {phrases.COLLEAGUE}")
    assert replies[2] == f"All right. {phrases.ELSE}"


async def test_another_one_on_the_same_day_is_asked_back() -> None:
    call = Call(ASHA)
    replies = await call.say_all(
        "Dr Khan tomorrow at nine",
        "yes",
        "yes",
        "can I also see a dentist on the same day",
        "yes",
        "eleven",
        "yes",
        "yes",
    )
    assert replies[3].endswith("Do you mean Wednesday 18 November?")
    assert [one["appointment_date"] for one in call.done("book_appointment")] == ["2026-11-18", "2026-11-18"]


async def test_who_cannot_come_is_asked_whether_to_cancel() -> None:
    call = Call(ASHA)
    call.take("Dr. Anil Mehta", datetime(2026, 11, 20, 10, tzinfo=DIRECTORY.zone), patient="Asha Menon")
    replies = await call.say_all("I have an appointment with Dr Mehta on Friday but I can't come", "yes")
    assert replies[0].endswith(
        f"So you want to cancel the appointment of Asha Menon on Friday 20 November. {phrases.CANCEL}"
    )
    assert call.names == ["cancel_appointment"]


async def test_who_is_never_understood_is_offered_a_colleague() -> None:
    call = Call()
    replies = await call.say_all("the cat sings", "blah blah", "xyzzy", "yes")
    assert [reply.endswith(phrases.HELP) for reply in replies] == [True, True, False, False]
    assert replies[2].endswith(phrases.COLLEAGUE)
    assert call.names == ["transfer_to_human"]


async def test_the_soonest_is_none_of_the_days_that_are_not_wanted() -> None:
    call = Call(ASHA)
    await call.say_all("the soonest possible with Dr Khan, but not today or Wednesday", "yes", "yes")
    assert call.done("book_appointment")[0]["appointment_date"] == "2026-11-19"


@pytest.mark.parametrize("words", ["eleven", "eleven in the morning", "at 11"])
async def test_who_goes_on_has_agreed_to_the_day_that_was_asked_about(words: str) -> None:
    call = Call(ASHA, now=datetime(2026, 11, 21, 23, tzinfo=DIRECTORY.zone))
    replies = await call.say_all("Dr Rao on Saturday", words)
    assert replies[0].endswith("Do you mean Saturday 28 November?")
    assert replies[1].startswith("Dr. Sunita Rao is free on Saturday 28 November at 11 AM.")


async def test_a_holiday_is_told_by_its_name() -> None:
    call = Call()
    reply = await call.say("I want to see Dr Mehta on the 26th of January")
    assert reply.endswith(f"is closed on Tuesday 26 January, Republic Day. {phrases.DAY}")


async def test_who_ends_a_list_does_not_end_the_call() -> None:
    call = Call()
    replies = await call.say_all(
        "Dr. Khan, tomorrow, quarter to nine, manoj at example dot com, that's all", "Manoj Bhat"
    )
    assert replies[0].endswith(phrases.NAME)
    assert replies[1].endswith(phrases.BOOK)
    assert "end_call" not in call.names


async def test_a_wrong_number_ends_the_call() -> None:
    call = Call()
    await call.say_all("Is this the pizza place?", "oh sorry wrong number")
    assert call.names == ["end_call"]


async def test_who_names_a_slot_is_not_put_through() -> None:
    call = Call()
    replies = await call.say_all("who is the bone specialist", "is he good?", "ok fix up with him on Friday at 11:30")
    assert replies[1].endswith(phrases.COLLEAGUE)
    assert call.names == ["check_appointment_availability"]
    assert replies[2].endswith(phrases.NAME)


async def test_since_when_it_hurts_is_no_day_to_come() -> None:
    reply = await Call(ASHA).say("I need to see someone about my back, it has been killing me since Friday")
    assert "What day and time would suit you?" in reply


@pytest.mark.parametrize("words", ["no wait, four", "no, not at three, four", "make it four", "actually four instead"])
async def test_a_time_is_corrected_though_something_else_was_asked(words: str) -> None:
    call = Call()
    replies = await call.say_all("Dr Sharma on Thursday at three", words)
    assert "Dr. Priya Sharma is free on Thursday 19 November at 4 PM." in replies[1]


async def test_so_it_is_where_an_address_was_asked_about() -> None:
    call = Call()
    replies = await call.say_all(
        "Dr Sharma on Thursday at three, I am Tina Pinto",
        "tina pinto at gmail dot com",
        "can I have four thirty instead",
    )
    assert "Dr. Priya Sharma is free on Thursday 19 November at 4:30 PM." in replies[2]


async def test_whenever_there_is_time_is_the_first_there_is() -> None:
    reply = await Call(ASHA).say("Dr Rao whenever she has time")
    assert "Dr. Sunita Rao is free on Tuesday 17 November at 10:30 AM." in reply
