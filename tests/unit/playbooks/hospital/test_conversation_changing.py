"""Whole calls that cancel, move or only ask, without any model."""

from datetime import datetime

import pytest

from playbooks.hospital.asking import phrases
from playbooks.hospital.directory import DIRECTORY
from tests.unit.playbooks.hospital.talking import ASHA, Call


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=DIRECTORY.zone)


def with_appointments(*starts: datetime) -> Call:
    call = Call(ASHA)
    call.take("Dr. Meera Joshi", *starts, patient="Asha Menon")
    return call


async def test_what_was_just_booked_is_cancelled_after_a_yes() -> None:
    call = Call(ASHA)
    replies = await call.say_all("Dr. Sharma tomorrow at 4 pm", "yes", "yes", "actually cancel it", "yes")
    when = "Wednesday 18 November at 4 PM"
    assert replies[3] == f"So you want to cancel the appointment of Asha Menon on {when}. {phrases.CANCEL}"
    assert replies[4] == f"Your appointment is cancelled: the one on {when}. {phrases.ELSE}"
    assert [one["status"] for one in call.dataset["appointments"]] == ["cancelled"]


async def test_a_no_leaves_it_as_it_is() -> None:
    call = with_appointments(at(23, 11))
    replies = await call.say_all("please cancel my appointment on Monday", "no")
    assert replies[1] == f"All right, I have not cancelled it. {phrases.ELSE}"
    assert call.names == []


async def test_an_appointment_of_an_earlier_call_is_found_by_its_day() -> None:
    call = with_appointments(at(23, 11))
    replies = await call.say_all("I want to cancel my appointment", "it's on Monday", "yes", "no that's all")
    assert replies[0] == f"Hello Asha Menon, welcome back. Of course. {phrases.OLD}"
    assert replies[2] == f"Your appointment is cancelled: the one on Monday 23 November at 11 AM. {phrases.ELSE}"
    assert call.names == ["cancel_appointment", "end_call"]


async def test_of_several_the_one_that_is_meant_is_asked_for() -> None:
    call = with_appointments(at(23, 11), at(23, 16))
    replies = await call.say_all("please cancel my appointment on Monday", "yes", "the one at 11", "yes")
    assert replies[1].startswith("There are 2")
    assert "at 11 AM" in replies[3]
    assert len(call.done("cancel_appointment")) == 1


async def test_a_new_caller_says_in_whose_name_it_is() -> None:
    call = Call()
    call.take("Dr. Meera Joshi", at(23, 11), patient="Jonas Weber")
    replies = await call.say_all("cancel my appointment please", "Jonas Weber", "on Monday", "yes")
    assert replies[0].endswith(phrases.NAME)
    assert replies[1].endswith(phrases.OLD)
    assert replies[3].startswith("Your appointment is cancelled")


async def test_what_was_just_booked_is_moved_and_keeps_its_time_and_doctor() -> None:
    call = Call(ASHA)
    replies = await call.say_all(
        "Dr. Sharma tomorrow at 4 pm", "yes", "yes", "oh can you move it to Friday", "yes", "yes"
    )
    assert replies[3] == f"Dr. Priya Sharma is free on Friday 20 November at 4 PM. {phrases.SUITS}"
    assert replies[4].endswith(
        f"on Wednesday 18 November at 4 PM would be on Friday 20 November at 4 PM. {phrases.MOVE}"
    )
    assert replies[5].startswith("Your appointment is moved: it is on Friday 20 November at 4 PM now.")


async def test_an_appointment_of_an_earlier_call_is_moved() -> None:
    call = with_appointments(at(23, 11))
    replies = await call.say_all("I'd like to move my appointment on Monday to Wednesday at noon", "yes")
    assert replies[1].startswith("Your appointment is moved: it is on Wednesday 18 November at 12 PM now.")
    assert call.done("reschedule_appointment")[0]["appointment_date"] == "2026-11-23"


@pytest.mark.parametrize(
    ("words", "old_time", "new"),
    [
        ("move my appointment on Monday at 11 to Wednesday at 12", "11:00 AM", ("2026-11-18", "12:00 PM")),
        ("please reschedule my Monday visit to Wednesday the 18th, 12 o'clock", None, ("2026-11-18", "12:00 PM")),
        ("shift the one on Monday to Thursday at noon", None, ("2026-11-19", "12:00 PM")),
        ("move my Monday appointment to 5 pm", None, ("2026-11-23", "05:00 PM")),
        ("move my appointment on Monday at 11 to Thursday, same time", "11:00 AM", ("2026-11-19", "11:00 AM")),
    ],
)
async def test_old_and_new_day_and_time_are_told_apart(words: str, old_time: str | None, new: tuple[str, str]) -> None:
    call = with_appointments(at(23, 11))
    await call.say_all(words, "yes")
    moved = call.done("reschedule_appointment")[0]
    assert (moved["appointment_date"], moved.get("appointment_time")) == ("2026-11-23", old_time)
    assert (moved["new_date"], moved["new_time"]) == new


async def test_a_new_slot_that_is_taken_is_offered_for_others() -> None:
    call = with_appointments(at(23, 11))
    call.take("Dr. Meera Joshi", at(25, 12))
    replies = await call.say_all(
        "I need to reschedule my visit on Monday", "the 25th at noon", "yes", "the earlier one", "yes"
    )
    assert replies[0].endswith(phrases.NEW)
    assert replies[2].endswith(phrases.WHICH_ONE)
    assert call.done("reschedule_appointment")[0]["new_time"] == "11:00 AM"


async def test_the_confirmation_is_sent_again() -> None:
    call = Call(ASHA)
    replies = await call.say_all(
        "Dr. Khan tomorrow at 9", "yes", "yes", "I have not received the confirmation, can you send it again"
    )
    assert replies[3] == f"You will get the confirmation again by e-mail. {phrases.ELSE}"
    assert call.names[-1] == "send_appointment_email"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Dr Mehta yesterday at 10", "That time has already passed."),
        ("Dr Mehta on Sunday at 10", "Dr. Anil Mehta does not see patients on Sundays."),
        ("Dr. Khan on the 25th of December at 9", "We are closed on Friday, 25 December for Christmas Day."),
        ("Dr. Khan tomorrow at 7 pm", "Dr. Imran Khan sees patients from 8:00 AM"),
        ("Dr. Khan on the 5th of June at 9", "We book up to 90 days ahead."),
        ("dermatology on the 31st of February at ten", "February has no 31st."),
    ],
)
async def test_what_cannot_be_booked_is_said_and_the_next_day_keeps_the_rest(words: str, told: str) -> None:
    call = Call(ASHA)
    replies = await call.say_all(words, "Thursday at eleven then", "yes", "yes")
    assert told in replies[0]
    assert call.done("book_appointment")[0]["appointment_date"] == "2026-11-19"


async def test_a_day_of_two_readings_is_asked_back() -> None:
    call = Call(ASHA)
    replies = await call.say_all("cardiology next Friday at 9", "yes", "yes", "yes")
    assert replies[0].endswith("Do you mean Friday 27 November?")
    assert call.done("book_appointment")[0]["appointment_date"] == "2026-11-27"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("What are your opening hours?", "The hospital sees patients Monday to Friday from 8 AM to 8 PM"),
        ("When is Dr. Mehta in?", "Dr. Anil Mehta sees patients Monday to Friday from 9 AM to 1 PM"),
        ("which doctors do you have for the skin", "In Dermatology we have Dr. Priya Sharma."),
        ("what departments do you have", "We have General Medicine, Cardiology, Dermatology,"),
        ("are you a robot", "I am the automated assistant of Renova Hospitals."),
        ("thank you", "You are welcome."),
        ("um", "I am sorry, I did not get that."),
    ],
)
async def test_questions_are_answered_from_the_directory_and_leave_nothing_behind(words: str, answer: str) -> None:
    call = Call()
    reply = await call.say(words)
    assert reply.startswith(answer)
    assert reply.endswith(phrases.HELP)
    assert call.names == []


async def test_an_emergency_comes_first() -> None:
    call = Call()
    assert "call an ambulance on 108 now" in await call.say("I have chest pain and need a doctor tomorrow at ten")
    assert call.names == []


async def test_a_person_is_asked_for() -> None:
    call = Call()
    replies = await call.say_all("can I speak to a person", "yes please")
    assert replies == [phrases.TRANSFER, "One moment, I am putting you through to a colleague."]
    assert call.names == ["transfer_to_human"]


async def test_an_appointment_that_is_not_there_can_be_named_again_or_let_go() -> None:
    call = with_appointments(at(23, 11))
    replies = await call.say_all("cancel my appointment on Tuesday the 24th", "yes", "on Monday", "yes")
    assert replies[1].startswith("I cannot find such an appointment.")
    assert replies[3].startswith("Your appointment is cancelled")
    call = with_appointments()
    replies = await call.say_all("cancel my appointment on Tuesday the 24th", "yes", "no", "what are your hours")
    assert replies[2] == f"All right. {phrases.ELSE}"
    assert replies[3].endswith(phrases.ELSE)


async def test_a_yes_to_another_doctor_books_nothing_with_the_first() -> None:
    call = Call(ASHA)
    await call.say_all("Dr Joshi on Wednesday at twelve", "yes", "wait, change the doctor, I want ENT instead", "yes")
    assert call.done("book_appointment") == []
    await call.say("yes")
    assert [one["doctor_name"] for one in call.done("book_appointment")] == ["Dr. Arjun Nair"]


async def test_who_cannot_come_and_asks_for_another_day_cancels_nothing() -> None:
    call = Call(ASHA)
    begins = datetime(2026, 11, 20, 10, tzinfo=DIRECTORY.zone)
    call.take("Dr. Anil Mehta", begins, patient="Asha Menon")
    await call.say_all("I can't make it, can you shift it to the evening of Thursday", "it is on Friday", "five", "yes")
    assert call.names == ["reschedule_appointment"]
    (moved,) = call.done("reschedule_appointment")
    assert (moved["appointment_date"], moved["new_date"], moved["new_time"]) == ("2026-11-20", "2026-11-19", "05:00 PM")


@pytest.mark.parametrize(("words", "day"), [("not Friday, Thursday", "2026-11-19"), ("not Friday", None)])
async def test_a_day_that_is_denied_is_wanted_no_more(words: str, day: str | None) -> None:
    call = Call()
    replies = await call.say_all("Dr Mehta on Friday at five", words)
    checked = [one["appointment_date"] for one in call.done("check_appointment_availability")]
    assert checked == ["2026-11-20", *filter(None, [day])]
    assert call.names == ["check_appointment_availability"] * len(checked)
    assert replies[1].endswith(phrases.NAME if day else phrases.DAY)


@pytest.mark.parametrize(
    "words",
    [
        "I cannot come on Friday, can we do it on Thursday at five",
        "I want to shift my appointment of Friday to Thursday at five",
    ],
)
async def test_who_cannot_come_and_names_another_day_moves(words: str) -> None:
    call = Call(ASHA)
    call.take("Dr. Anil Mehta", datetime(2026, 11, 20, 10, tzinfo=DIRECTORY.zone), patient="Asha Menon")
    await call.say_all(words, "yes")
    assert call.names == ["reschedule_appointment"]


async def test_a_sentence_that_takes_a_day_back_gives_another() -> None:
    call = Call(ASHA)
    await call.say_all("Friday at ten with Dr Nair. Wait no, my wife says Thursday.", "yes", "yes")
    assert call.done("book_appointment")[0]["appointment_date"] == "2026-11-19"
