"""Whole calls that book, without any model: understood, checked, read back, agreed to, and then told as it is."""

from datetime import datetime

import pytest

from playbooks.hospital.asking import phrases
from playbooks.hospital.directory import DIRECTORY
from tests.unit.playbooks.hospital.talking import ASHA, Call

FAREWELL = "Thank you for calling Renova Hospitals. Goodbye!"
MAIL = "You will get a confirmation by e-mail."

STEP_BY_STEP = (
    "Hi, I'd like to book an appointment.",
    "the skin doctor",
    "tomorrow",
    "at half past four",
    "Priya Nambiar",
    "priya dot nambiar at gmail dot com",
    "yes please",
    "no thank you, goodbye",
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=DIRECTORY.zone)


async def test_a_new_patient_is_asked_for_one_thing_at_a_time() -> None:
    call = Call()
    replies = await call.say_all(*STEP_BY_STEP)
    slot = "Wednesday 18 November at 4:30 PM"
    assert replies == [
        f"Of course. {phrases.WHO}",
        f"All right. {phrases.WHEN}",
        "All right. Dermatology has hours on Wednesday 18 November from 10 AM to 1 PM and from 3 PM to 6 PM. "
        f"{phrases.TIME}",
        f"Dr. Priya Sharma is free on {slot}. {phrases.NAME}",
        f"Thank you, Priya. {phrases.EMAIL}",
        f"Thank you. So that is Priya Nambiar, priya.nambiar@gmail.com, on {slot} with Dr. Priya Sharma in Dermatology."
        f" {phrases.BOOK}",
        f"Your appointment is booked: {slot} with Dr. Priya Sharma. {MAIL} {phrases.ELSE}",
        FAREWELL,
    ]
    assert call.names[-2:] == ["book_appointment", "end_call"]
    assert (call.dataset["call_type"], call.dataset["department_enquired"]) == ("appointment_booking", "Dermatology")


async def test_who_says_all_at_once_is_only_asked_to_agree() -> None:
    call = Call()
    replies = await call.say_all(
        "I need an appointment with Dr. Mehta on Friday at 10 am, my name is Ravi Kumar and my email is ravi dot kumar"
        " at example dot com",
        "yes",
        "yes",
    )
    assert replies[0] == f"Thank you, Ravi. Dr. Anil Mehta is free on Friday 20 November at 10 AM. {phrases.SUITS}"
    assert replies[1].endswith(phrases.BOOK)
    assert call.done("book_appointment") == [
        {
            "patient_name": "Ravi Kumar",
            "email": "ravi.kumar@example.com",
            "appointment_date": "2026-11-20",
            "appointment_time": "10:00 AM",
            "doctor_name": "Dr. Anil Mehta",
            "department": "Cardiology",
        }
    ]


async def test_a_patient_of_the_register_is_greeted_by_name_and_asked_for_nothing_known() -> None:
    call = Call(ASHA)
    replies = await call.say_all("hello", "I need a dentist next Monday morning", "eleven", "sounds good", "yes")
    assert replies[0] == f"Hello Asha Menon, welcome back. {phrases.HELP}"
    assert "from 10 AM to 2 PM. What time" in replies[1]
    assert "So that is Asha Menon, asha.menon@example.com, on Monday 23 November at 11 AM" in replies[3]
    assert call.names == ["check_appointment_availability", "book_appointment"]


async def test_who_was_greeted_by_name_is_not_welcomed_again() -> None:
    call = Call(ASHA, greeting="Hello Asha Menon, this is Renova Hospitals. How can I help you?")
    assert (await call.say("Can I see Dr Sharma tomorrow at four?")).startswith("Dr. Priya Sharma is free on")


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("the first one", "09:00 AM"),
        ("the second one", "09:30 AM"),
        ("number three please", "10:30 AM"),
        ("the earlier one", "09:00 AM"),
        ("the latest", "10:30 AM"),
        ("half past then", "10:30 AM"),
        ("half past nine is good", "09:30 AM"),
        ("I'll take the 10:30", "10:30 AM"),
        ("any of them", "09:00 AM"),
    ],
)
async def test_one_of_the_offered_slots_is_taken(words: str, time: str) -> None:
    call = Call(ASHA)
    call.take("Dr. Anil Mehta", at(20, 10))
    offer = await call.say("Dr. Mehta on Friday at ten please")
    assert "Dr. Anil Mehta is not free on Friday 20 November at 10 AM." in offer
    assert offer.endswith(
        f"I can offer Friday 20 November at 9 AM, 9:30 AM or 10:30 AM. {phrases.WHICH_ONE}",
    )
    await call.say_all(words, "yes", "yes")
    assert [booked["appointment_time"] for booked in call.done("book_appointment")] == [time]


async def test_who_takes_none_of_them_says_another_time() -> None:
    call = Call(ASHA)
    call.take("Dr. Priya Sharma", at(18, 16))
    replies = await call.say_all("dermatologist tomorrow at 4", "none of those", "Thursday at four", "perfect", "yes")
    assert replies[1] == f"All right. {phrases.OTHER}"
    assert call.done("book_appointment")[0]["appointment_date"] == "2026-11-19"


async def test_an_open_yes_to_an_offer_is_asked_again() -> None:
    call = Call(ASHA)
    call.take("Dr. Anil Mehta", at(20, 10))
    replies = await call.say_all("Dr. Mehta on Friday at ten", "yes")
    assert replies[1].endswith(phrases.WHICH_ONE)
    assert call.names == ["check_appointment_availability"]


async def test_a_correction_keeps_the_rest_and_is_checked_and_read_back_anew() -> None:
    call = Call()
    replies = await call.say_all(
        "Book me with doctor Rao on Thursday at 9:30", "Meena Pillai", "meena at example dot com", "no, Friday", "yes",
        "actually my email is meena dot pillai at example dot com", "yes",
    )  # fmt: skip
    assert replies[3] == f"Dr. Sunita Rao is free on Friday 20 November at 9:30 AM. {phrases.SUITS}"
    assert "meena.pillai@example.com, on Friday 20 November at 9:30 AM" in replies[5]
    booked = call.done("book_appointment")
    assert [(one["appointment_date"], one["appointment_time"], one["email"]) for one in booked] == [
        ("2026-11-20", "09:30 AM", "meena.pillai@example.com")
    ]


async def test_a_no_to_the_read_back_asks_what_is_to_be_changed() -> None:
    call = Call(ASHA)
    replies = await call.say_all(
        "Dr. Khan tomorrow at 9", "yes", "no", "the time", "half past ten", "yes", "no, my name is Asha Nair", "yes"
    )
    assert replies[2] == f"All right, I have not booked it. {phrases.CHANGE}"
    assert replies[3] == phrases.TIME
    assert call.done("book_appointment")[0]["patient_name"] == "Asha Nair"
    assert call.done("book_appointment")[0]["appointment_time"] == "10:30 AM"


async def test_a_question_in_between_is_answered_and_the_yes_still_counts() -> None:
    call = Call(ASHA)
    replies = await call.say_all("Dr. Khan tomorrow at 9", "yes", "what should I bring", "when is he in", "yes")
    assert replies[2].startswith("I am sorry, I do not know that. So that is Asha Menon")
    assert replies[3].startswith("Dr. Imran Khan sees patients Monday to Friday from 8 AM to 12 PM")
    assert call.names[-1] == "book_appointment"


async def test_a_slot_that_is_lost_meanwhile_is_not_said_to_be_booked() -> None:
    call = Call(ASHA)
    await call.say_all("Dr. Khan tomorrow at 9", "yes")
    call.take("Dr. Imran Khan", at(18, 9))
    replies = await call.say_all("yes", "the last one", "yes", "yes")
    assert replies[0].startswith("I am sorry, Wednesday 18 November at 9 AM is not free any more. I can offer")
    assert [one["appointment_time"] for one in call.done("book_appointment")] == ["09:30 AM"]


async def test_two_appointments_in_one_call() -> None:
    call = Call(ASHA)
    await call.say_all(
        "Dr. Khan tomorrow at 9", "yes", "yes", "and another one for Friday with Dr. Iyer at 11 please", "yes", "yes"
    )
    assert [one["doctor_name"] for one in call.done("book_appointment")] == ["Dr. Imran Khan", "Dr. Kavita Iyer"]


async def test_a_no_to_a_transfer_or_a_let_go_read_back_is_told_as_such() -> None:
    call = Call(ASHA)
    replies = await call.say_all("can I speak to a person", "no", "Dr. Khan tomorrow at 9", "yes", "actually cancel it")
    assert replies[1] == f"All right. {phrases.HELP}"
    assert replies[4] == f"All right, I have not booked it. {phrases.ELSE}"


async def test_who_lets_go_of_a_booking_has_none() -> None:
    call = Call(ASHA)
    replies = await call.say_all("Dr. Khan tomorrow at 9", "actually cancel it", "bye")
    assert replies[1:] == [f"All right, I have not booked it. {phrases.ELSE}", FAREWELL]
    assert call.names == ["check_appointment_availability", "end_call"]


async def test_recognised_speech_with_its_hesitations() -> None:
    call = Call(ASHA)
    await call.say_all(
        "uh yeah hi i wanna like see doctor sharma umm on friday", "in the afternoon", "uh four", "sure",
        "yeah that's right go ahead please",
    )  # fmt: skip
    assert [one["appointment_time"] for one in call.done("book_appointment")] == ["04:00 PM"]


async def test_what_has_left_the_window_is_read_off_the_dataset() -> None:
    call = Call(ASHA, window=4)
    await call.say_all(
        "Dr. Khan tomorrow at 9", "what are your hours", "which departments do you have", "are you a robot", "yes",
        "yes",
    )  # fmt: skip
    assert [one["appointment_time"] for one in call.done("book_appointment")] == ["09:00 AM"]


@pytest.mark.parametrize("yes", ["Yes, that's it.", "All correct, yes.", "you've got that right", "yes, and goodbye"])
async def test_a_yes_with_closing_words_books_and_is_told_so(yes: str) -> None:
    call = Call(ASHA)
    replies = await call.say_all("Dr. Khan tomorrow at 9", "that sounds fine to me", yes)
    assert replies[2].startswith("Your appointment is booked: Wednesday 18 November at 9 AM with Dr. Imran Khan.")
    assert "book_appointment" in call.names
