"""Whole calls of somebody who asks what they have booked, or when they were here last."""

from typing import Any

import pytest

from playbooks.hospital.replying.answers import NONE_TO_COME, UNSEEN
from tests.unit.playbooks.hospital.talking import ASHA, Call

COMING = (
    "what appointments do I have?",
    "when is my appointment?",
    "do I have anything booked?",
    "I forgot when my visit is",
)
LAST = ("when was my last appointment?", "when did I last see the doctor?", "when was I last here?")


def on_record(number: str, day: str, **changed: Any) -> dict[str, Any]:
    """An appointment as the register has it."""
    slot = {"date": day, "time": "10:00 AM", "doctor_name": "Dr. Anil Mehta", "department": "Cardiology"}
    return {"appointment_id": number, **slot, "patient_name": ASHA["name"], "status": "booked", **changed}


@pytest.fixture
def call() -> Call:
    """A call from the number of one appointment that is over, and of two to come."""
    call = Call(ASHA)
    others = on_record("RH2", "2026-11-23", patient_name="Rohan Menon")
    call.dataset["on_record"] = [others, on_record("RH1", "2026-11-19"), on_record("RH0", "2026-11-09", status="over")]
    return call


@pytest.mark.parametrize("words", COMING)
async def test_what_is_to_come_is_told(call: Call, words: str) -> None:
    assert (
        "That is Thursday 19 November at 10 AM with Dr. Anil Mehta and Monday 23 November at 10 AM with Dr. Anil Mehta,"
        " for Rohan Menon." in await call.say(words)
    )


@pytest.mark.parametrize("words", LAST)
async def test_the_last_one_is_told(call: Call, words: str) -> None:
    assert "The last one was Monday 9 November at 10 AM with Dr. Anil Mehta." in await call.say(words)


async def test_what_this_call_has_changed_is_told_as_it_is_now(call: Call) -> None:
    call.dataset["appointments"] = [on_record("RH1", "2026-11-19", status="cancelled"), on_record("RH3", "2026-11-20")]
    reply = await call.say(COMING[0])
    assert "19 November" not in reply
    assert "Friday 20 November" in reply


async def test_of_many_the_next_are_told() -> None:
    call = Call(ASHA)
    call.dataset["on_record"] = [on_record(f"RH{day}", f"2026-11-{day}") for day in (27, 26, 25, 24, 23)]
    assert "The next of 5 are Monday 23 November at 10 AM" in await call.say(COMING[0])


@pytest.mark.parametrize(
    ("kept", "told"), [("2026-11-02", "on Monday 2 November"), ("2026-11-19", UNSEEN), ("soon", UNSEEN)]
)
async def test_of_a_visit_the_register_may_know_no_more_than_the_day(kept: str, told: str) -> None:
    call = Call(ASHA)
    call.dataset |= {"last_visit": kept, "on_record": [on_record("RH1", "2026-11-19")]}
    assert told in await call.say(LAST[0])


@pytest.mark.parametrize(("customer", "told"), [(ASHA, NONE_TO_COME), ({}, UNSEEN)], ids=["known", "new"])
async def test_where_there_is_none_a_colleague_is_offered(customer: dict[str, str], told: str) -> None:
    assert f"{told} Would you like me to put you through to a colleague?" in await Call(customer).say(COMING[0])


@pytest.fixture
async def booked() -> Call:
    """A call from the number of the one appointment that its patient has made before."""
    before = Call(ASHA)
    await before.say_all("Dr Mehta on Thursday at ten", "yes", "yes")
    call = Call(ASHA, tables=before.tables)
    call.dataset["on_record"] = before.dataset["appointments"]
    return call


@pytest.mark.parametrize("lines", [("cancel my appointment",), ("when is my appointment?", "please cancel it")])
async def test_what_is_known_is_cancelled_without_asking_for_its_day(booked: Call, lines: tuple[str, ...]) -> None:
    replies = await booked.say_all(*lines, "yes")
    assert "the appointment of Asha Menon on Thursday 19 November at 10 AM" in replies[-2]
    assert len(booked.done("cancel_appointment")) == 1


async def test_what_is_known_is_moved(booked: Call) -> None:
    await booked.say_all("can I push it by an hour", "yes", "yes", "yes")
    (moved,) = booked.done("reschedule_appointment")
    assert (moved["new_date"], moved["new_time"]) == ("2026-11-19", "11:00 AM")


async def test_its_confirmation_is_sent_again(booked: Call) -> None:
    await booked.say("please send me the confirmation again")
    assert len(booked.done("send_appointment_email")) == 1


async def test_of_several_one_is_chosen_by_its_doctor(call: Call) -> None:
    call.dataset["on_record"] += [on_record("RH4", "2026-11-20", doctor_name="Dr. Imran Khan")]
    reply = await call.say("I want to cancel my appointment with Dr Khan")
    assert "So you want to cancel the appointment of Asha Menon on Friday 20 November at 10 AM." in reply


async def test_a_relatives_is_not_taken_for_the_callers(booked: Call) -> None:
    reply = await booked.say("I want to cancel my mother's appointment")
    assert "the patient's full name" in reply


async def test_nor_once_the_relative_was_named(booked: Call) -> None:
    replies = await booked.say_all("I want to cancel my daughter's appointment", "Zoya Menon", "on Thursday", "yes")
    assert "Which day is that appointment on?" in replies[1]
    assert booked.done("cancel_appointment") == []


async def test_a_move_to_a_time_that_cannot_be_is_not_read_back(booked: Call) -> None:
    replies = await booked.say_all("move my appointment to two pm", "oh")
    assert "sees patients from" in replies[0]
    assert "Shall I move" not in replies[1]


async def test_a_question_beside_a_greeting_is_answered_and_no_more(call: Call) -> None:
    reply = await call.say("hi it's me again, when's my appointment?")
    assert reply.endswith("for Rohan Menon. How can I help you?")


@pytest.mark.parametrize(
    "words", ["cancel my appointment with Dr Khan", "move my appointment with Dr Khan to Friday at ten"]
)
async def test_nor_is_one_with_another_doctor(booked: Call, words: str) -> None:
    reply = await booked.say(words)
    assert "19 November" not in reply
    assert "Which day is that appointment on?" in reply
