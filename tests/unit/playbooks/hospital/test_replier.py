"""What is said of a turn's calls: only what became of them, whoever proposed them."""

from typing import Any

import pytest

from domain.conversation import Role, Utterance
from domain.playbook import Conversation
from domain.tool_call import CallStatus, FunctionCall
from language.said_done.claims import claims_of
from language.sentences import split_sentences
from playbooks.hospital.asking import phrases
from playbooks.hospital.opening import greet
from playbooks.hospital.playbook import PLAYBOOK
from playbooks.hospital.replying.replier import replier
from tests.unit.playbooks.hospital.talking import ASHA, TUESDAY

KEYS = {"patient_name": "Asha Menon", "appointment_date": "2026-11-20", "appointment_time": "10:00 AM"}
WHOLE = KEYS | {"email": "asha@example.com", "doctor_name": "Dr. Anil Mehta", "department": "Cardiology"}
MOVED = KEYS | {"new_date": "2026-11-23", "new_time": "04:30 PM"}
GATED = {"book_appointment": WHOLE, "cancel_appointment": KEYS, "reschedule_appointment": MOVED}


def told(name: str, status: CallStatus, arguments: dict[str, Any], words: str = "yes", **result: Any) -> str:
    """The reply to a turn of which one call came."""
    call = FunctionCall(
        id="c",
        function_name=name,
        parameters=arguments,
        status=status.value,
        result={"success": status.success, **result},
        success=status.success,
    )
    history = (Utterance(1, Role.AGENT, "Reception", phrases.HELP),)
    dataset = PLAYBOOK.new_dataset({"customer": ASHA, "customer_type": "existing"}, now=0.0)
    conversation = Conversation(words, words, history, dataset, PLAYBOOK.context, calls=[call], now=TUESDAY.timestamp())
    return (replier(conversation) or "").removeprefix("Hello Asha Menon, welcome back. ")


@pytest.mark.parametrize("status", [status for status in CallStatus if not status.success])
@pytest.mark.parametrize("name", GATED)
def test_what_was_not_done_is_not_said_to_be(name: str, status: CallStatus) -> None:
    reply = told(name, status, GATED[name], message="There is no such appointment.")
    assert reply
    assert [claim for sentence in split_sentences(reply) for claim in claims_of(sentence)] == []


@pytest.mark.parametrize(
    ("name", "arguments", "reply"),
    [
        (
            "book_appointment",
            WHOLE | {"phone": "+919876543210"},
            "So that is Asha Menon, asha@example.com, +919876543210, on Friday 20 November at 10 AM"
            f" with Dr. Anil Mehta in Cardiology. {phrases.BOOK}",
        ),
        (
            "book_appointment",
            WHOLE | {"appointment_time": "ten", "appointment_date": "Friday"},
            "So that is Asha Menon, asha@example.com, on Friday at ten with Dr. Anil Mehta in Cardiology."
            f" {phrases.BOOK}",
        ),
        (
            "cancel_appointment",
            {"appointment_id": "RHABC234", "patient_name": None, "appointment_date": None},
            f"So you want to cancel the appointment RHABC234. {phrases.CANCEL}",
        ),
        (
            "reschedule_appointment",
            MOVED,
            "So the appointment of Asha Menon on Friday 20 November at 10 AM would be on Monday 23 November at 4:30 PM."
            f" {phrases.MOVE}",
        ),
        ("transfer_to_human", {"reason": "a person"}, phrases.TRANSFER),
    ],
)
def test_what_waits_for_a_yes_is_said_in_full(name: str, arguments: dict[str, Any], reply: str) -> None:
    assert told(name, CallStatus.HELD, arguments) == reply


def test_a_mail_is_said_to_be_sent_only_when_it_was() -> None:
    done = told("book_appointment", CallStatus.DONE, WHOLE, email_sent=False)
    assert "You will get a confirmation by e-mail." in done
    done = told("book_appointment", CallStatus.DONE, WHOLE, email_sent=True)
    assert "I have sent you a confirmation by e-mail." in done


def test_a_tool_that_broke_is_offered_to_be_tried_again() -> None:
    assert told("check_appointment_availability", CallStatus.FAILED, {}).endswith(phrases.TRY)


def test_a_reason_with_a_question_of_its_own_is_enough() -> None:
    reason = "That time has already passed. Which other day and time would suit you?"
    assert told("check_appointment_availability", CallStatus.DECLINED, {}, message=reason) == reason


def test_alternatives_of_other_doctors_are_told_with_their_names() -> None:
    slots = [
        {"date": "2026-11-20", "time": "11:00 AM", "doctor_name": "Dr. Neha Gupta", "department": "General Medicine"},
        {"date": "2026-11-20", "time": "10:30 AM", "doctor_name": "Dr. Imran Khan", "department": "General Medicine"},
    ]
    asked = {"date": "2026-11-20", "time": "10:00 AM", "doctor_name": "Dr. Imran Khan"}
    reply = told(
        "check_appointment_availability",
        CallStatus.DONE,
        {},
        available=False,
        requested_slot=asked,
        alternatives=slots,
    )
    assert reply == (
        "Dr. Imran Khan is not free on Friday 20 November at 10 AM."
        f" I can offer Friday 20 November at 10:30 AM or 11 AM with Dr. Neha Gupta. {phrases.WHICH_ONE}"
    )


@pytest.mark.parametrize("words", ["", "  \n", "...", "?!"])
def test_nothing_is_replied_to_nothing(words: str) -> None:
    dataset = PLAYBOOK.new_dataset({}, now=0.0)
    assert replier(Conversation(words, words, (), dataset, PLAYBOOK.context)) is None


def test_the_call_is_ended_with_a_goodbye() -> None:
    assert told("end_call", CallStatus.DONE, {"reason": "bye"}, "bye").endswith("Goodbye!")


def test_a_greeting_by_name_is_not_followed_by_another() -> None:
    dataset = PLAYBOOK.new_dataset({"customer": ASHA, "customer_type": "returning"}, now=0.0)
    greeting = greet(dataset, PLAYBOOK.context)
    assert greeting is not None
    history = (Utterance(1, Role.AGENT, "Reception", greeting),)
    reply = replier(Conversation("hello", "hello", history, dataset, PLAYBOOK.context)) or ""
    assert "Asha" not in reply
