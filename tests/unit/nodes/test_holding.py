"""What the caller's words decide of the calls that wait."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.turn import Stt
from nodes.consent import Consent
from nodes.holding import GRANTED, answers_to_held
from nodes.state import TurnState
from playbooks.loader import load_playbooks

NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)
"""On a Tuesday."""
HOSPITAL, LUMEN = (load_playbooks()[name] for name in ("hospital", "lumen"))
ASKED = "So that is Uma Das, new@example.com, on Friday at ten. Shall I book the appointment?"


def held(name: str, seq: int, **arguments: Any) -> dict[str, Any]:
    call = {"id": f"{name}{seq}", "seq": seq, "ordinal": 0, "name": name, "arguments": arguments, "evidence": ""}
    return {"consent_id": f"consent{seq}", "call": call, "question": None, "seq": seq}


def state_of(words: str, question: str, waiting: Sequence[dict[str, Any]]) -> TurnState:
    window = [{"seq": 9, "role": "agent", "speaker": "Reception", "text": question}]
    session = {"tenant_id": "demo", "session_id": "s", "playbook": "hospital", "call_context": {"business": "Renova"}}
    turn = {"at": NOON.timestamp()}
    return TurnState(session=session, raw_text=words, window=window, held=list(waiting), turn=turn)


def statuses(state: TurnState) -> list[str]:
    return [call["status"] for call in answers_to_held(HOSPITAL, state)]


@pytest.mark.parametrize("words", ["yes please", "yes"])
def test_a_yes_is_for_what_was_read_back_last(words: str) -> None:
    waiting = [
        held("book_appointment", 2, email="old@example.com"),
        held("book_appointment", 5, email="new@example.com"),
    ]
    older, newer = answers_to_held(HOSPITAL, state_of(words, ASKED, waiting))
    assert (older["consent_id"], older["status"], older.get("replaced")) == ("consent2", "refused", True)
    assert (newer["consent_id"], newer["status"], newer.get("replaced")) == ("consent5", GRANTED, None)


def test_an_older_one_is_given_up_even_when_nothing_is_decided_of_the_newer() -> None:
    waiting = [held("book_appointment", 2), held("book_appointment", 5)]
    (older,) = answers_to_held(HOSPITAL, state_of("which doctors do you have", ASKED, waiting))
    assert (older["consent_id"], older["status"]) == ("consent2", "refused")


def test_calls_of_other_tools_wait_on() -> None:
    waiting = [held("cancel_appointment", 2), held("book_appointment", 5)]
    decided = answers_to_held(HOSPITAL, state_of("yes please", ASKED, waiting))
    assert [call["consent_id"] for call in decided] == ["consent5"]


def test_without_anything_held_nothing_is_decided() -> None:
    assert answers_to_held(HOSPITAL, state_of("yes", ASKED, [])) == []


def test_what_was_not_understood_leaves_the_question_open() -> None:
    state = state_of("yes please", ASKED, [held("book_appointment", 5)])
    again = HOSPITAL.manners.not_understood
    state["window"] += [{"seq": 10, "role": "caller", "speaker": "Patient", "text": "jess fleas", "reply": again}]
    (call,) = answers_to_held(HOSPITAL, state)
    assert call["status"] == GRANTED


def test_a_yes_to_another_act_grants_nothing() -> None:
    question = "Shall I cancel the appointment?"
    assert answers_to_held(HOSPITAL, state_of("yes please", question, [held("book_appointment", 5)])) == []


TOLD = {"patient_name": "Uma Das", "appointment_date": "2026-11-20", "appointment_time": "10:00"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("yes, Friday at ten", [GRANTED]),
        ("yes, on the twentieth", [GRANTED]),
        ("yes please, Renova", [GRANTED]),
        ("yes, at eleven", []),
        ("yes, the twenty seventh", []),
        ("yes, tomorrow at ten", []),
        ("yes, with Dr. Gupta", []),
        ("no", ["refused"]),
    ],
)
def test_details_said_again_agree_and_others_do_not(words: str, expected: list[str]) -> None:
    assert statuses(state_of(words, ASKED, [held("book_appointment", 5, **TOLD)])) == expected


def test_a_yes_to_details_that_were_not_all_said_grants_nothing() -> None:
    waiting = [held("book_appointment", 5, **TOLD)]
    assert statuses(state_of("yes please", "Shall I book the appointment for Uma Das?", waiting)) == []


def test_details_may_have_been_said_before_the_question() -> None:
    state = state_of("yes please", "Uma Das, on Friday at ten.", [held("book_appointment", 5, **TOLD)])
    asked = "Half an hour. Shall I book the appointment?"
    state["window"] += [{"seq": 10, "role": "caller", "speaker": "Patient", "text": "how long is it?", "reply": asked}]
    assert statuses(state) == [GRANTED]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Dr. Arjun Nair is free on Friday 20 November at 10 AM. Does that suit you?", []),
        ("Dr. Imran Khan is free on Monday 23 November at 10 AM. Does that suit you?", []),
        ("Dr. Imran Khan, on Friday 20 November at 10 AM. Is that right?", [GRANTED]),
    ],
)
def test_a_yes_to_another_doctor_or_day_grants_nothing(asked: str, expected: list[str]) -> None:
    call = held("book_appointment", 5, **TOLD, doctor_name="Dr. Imran Khan")
    state = state_of("which doctor?", "Uma Das, on Friday at ten with Dr. Imran Khan.", [call])
    state["window"] += [{"seq": 10, "role": "caller", "speaker": "Patient", "text": "another?", "reply": asked}]
    state["raw_text"] = "yes"
    assert statuses(state) == expected


@pytest.mark.parametrize(
    ("confidence", "expected"), [(0.9, [GRANTED]), (0.75, [GRANTED]), (0.6, []), (None, [GRANTED])]
)
def test_a_yes_that_was_not_heard_surely_is_asked_for_again(confidence: float | None, expected: list[str]) -> None:
    state = state_of("yes", ASKED, [held("book_appointment", 5, **TOLD)])
    state["stt"] = {"confidence": confidence, "language": "en", "language_probability": 1.0}
    assert statuses(state) == expected


@pytest.mark.parametrize(("before", "expected"), [("yes please", [GRANTED]), ("which doctor was that", [])])
def test_a_second_yes_is_enough_however_it_was_heard(before: str, expected: list[str]) -> None:
    state = state_of("yes", ASKED, [held("book_appointment", 5, **TOLD)])
    state["stt"] = {"confidence": 0.6, "language": "en", "language_probability": 1.0}
    state["window"] += [{"seq": 10, "role": "caller", "speaker": "Patient", "text": before, "reply": ASKED}]
    assert statuses(state) == expected


def test_a_no_needs_no_sure_hearing() -> None:
    state = state_of("no", ASKED, [held("book_appointment", 5, **TOLD)])
    state["stt"] = {"confidence": 0.5, "language": "en", "language_probability": 1.0}
    assert statuses(state) == ["refused"]


DEMO = "Shall I create the demo for you now?"


def demo_state(words: str, confidence: float, waiting: Sequence[dict[str, Any]] = ()) -> TurnState:
    session = {"tenant_id": "demo", "session_id": "s", "playbook": "lumen", "call_context": {"agent": "Lumen"}}
    window = [{"seq": 8, "role": "agent", "speaker": "Lumen", "text": DEMO}]
    stt = Stt(confidence=confidence, language="en", language_probability=1.0)
    return TurnState(session=session, raw_text=words, window=window, turn={"at": 0.0}, stt=stt, held=list(waiting))


@pytest.mark.parametrize(
    ("words", "confidence", "expected"), [("Yes please, Lumen.", 0.9, GRANTED), ("yes", 0.6, "held")]
)
async def test_a_plain_yes_to_the_question_runs_the_act_when_it_was_heard(
    words: str, confidence: float, expected: str
) -> None:
    state = demo_state(words, confidence)
    state["plan"] = [held("initiate_demo_creation", 9)["call"]]
    judged = await Consent({"lumen": LUMEN})(state)
    assert [verdict["status"] for verdict in judged["verdicts"]] == [expected]
    assert [verdict["quote"] for verdict in judged["verdicts"]] == [words]


def test_what_was_half_heard_twice_is_a_yes_to_a_plain_question_too() -> None:
    waiting = {**held("initiate_demo_creation", 9), "question": DEMO}
    state = demo_state("yes", 0.6, [waiting])
    state["window"].append({"seq": 9, "role": "caller", "speaker": "User", "text": "yes please"})
    (call,) = answers_to_held(LUMEN, state)
    assert call["status"] == GRANTED


def test_what_was_not_understood_is_no_first_yes() -> None:
    state = state_of("yes", ASKED, [held("book_appointment", 5, **TOLD)])
    state["stt"] = {"confidence": 0.6, "language": "en", "language_probability": 1.0}
    again = HOSPITAL.manners.not_understood
    state["window"] += [{"seq": 10, "role": "caller", "speaker": "Patient", "text": "yes please", "reply": again}]
    assert statuses(state) == []


def test_a_yes_before_the_details_were_told_is_no_first_yes() -> None:
    state = state_of("yes", "Shall I book the appointment?", [held("book_appointment", 9, **TOLD)])
    state["held"][0]["question"] = "Shall I book the appointment?"
    state["stt"] = {"confidence": 0.6, "language": "en", "language_probability": 1.0}
    state["window"] = [
        {"seq": 8, "role": "agent", "speaker": "Reception", "text": "Shall I book the appointment?"},
        {"seq": 9, "role": "caller", "speaker": "Patient", "text": "yes please", "reply": ASKED},
    ]
    assert statuses(state) == []
