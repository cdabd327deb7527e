"""What the caller's words decide of the calls that wait."""

from collections.abc import Sequence
from typing import Any

import pytest

from nodes.holding import GRANTED, answers_to_held
from nodes.state import TurnState
from playbooks.loader import load_playbooks

HOSPITAL = load_playbooks()["hospital"]
ASKED = "So that is Uma Das on Friday at ten. Shall I book the appointment?"


def held(name: str, seq: int, **arguments: Any) -> dict[str, Any]:
    call = {"id": f"{name}{seq}", "seq": seq, "ordinal": 0, "name": name, "arguments": arguments, "evidence": ""}
    return {"consent_id": f"consent{seq}", "call": call, "question": None, "seq": seq}


def state_of(words: str, question: str, waiting: Sequence[dict[str, Any]]) -> TurnState:
    window = [{"seq": 9, "role": "agent", "speaker": "Reception", "text": question}]
    session = {"tenant_id": "demo", "session_id": "s", "playbook": "hospital", "call_context": {}}
    return TurnState(session=session, raw_text=words, window=window, held=list(waiting), turn={"at": 0.0})


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
