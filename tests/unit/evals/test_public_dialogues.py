"""Dialogues through the nodes of a turn: a booking runs on a yes to its details, once, and on nothing else."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from domain.errors import ConfigError
from evals.public import booking_dialogues
from evals.public.booking_service import load_services

WHOM = "Copper Comb"
SLOTS = {"stylist_name": WHOM, "appointment_date": "2019-03-08", "appointment_time": "14:30"}
CALL = {"service": "Services_9", "name": "BookAppointment", "arguments": SLOTS, "transactional": True}
Turn = dict[str, Any]


def tools(*required: str, transactional: bool = True) -> dict[str, Any]:
    booking = {"name": "BookAppointment", "is_transactional": transactional, "required_slots": list(required)}
    finding = {"name": "FindProvider", "is_transactional": False, "required_slots": ["city"]}
    return {"Services_9": {"intents": [finding, booking]}, "Weather_9": {"intents": [finding]}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sgd_tools.json").write_text(json.dumps(tools(*SLOTS)))
    return tmp_path


def caller(text: str, call: dict[str, Any] | None = None) -> Turn:
    return {"s": "U", "text": text, "acts": [], "gold_call": call}


def agent(text: str, act: str, *slots: str) -> Turn:
    return {"s": "S", "text": text, "acts": [[act, slot, [SLOTS[slot]]] for slot in slots]}


OFFERED = [
    caller("I need a haircut."),
    agent("How about Copper Comb?", "OFFER", "stylist_name"),
    caller("Yes, I like that one. I want to come on the 8th at half past two in the afternoon."),
]
READ_BACK = agent("To confirm: Copper Comb on March 8th at 2:30 pm?", "CONFIRM", *SLOTS)


def played(folder: Path, turns: Sequence[Turn]) -> tuple[list[Any], Any]:
    row = {"id": "made", "services": ["Services_9"], "turns": list(turns)}
    answers = [answer for each in booking_dialogues.predict([row], folder) for answer in each]
    return [answer["arguments"] for answer in answers], booking_dialogues.score([row], answers)


def test_a_yes_to_the_details_books(folder: Path) -> None:
    made, scored = played(folder, [*OFFERED, READ_BACK, caller("Yes, perfect. Where is it?", CALL)])
    assert made == [{}, {}, SLOTS]
    assert scored.lines[0].figures["exact call %"] == 100.0
    assert all(bar.passed for bar in scored.bars)


@pytest.mark.parametrize("answer", ["No, thanks.", "Make it 4 pm, please.", "Hold on, let me ask my sister."])
def test_any_other_answer_books_nothing(folder: Path, answer: str) -> None:
    made, scored = played(folder, [*OFFERED, READ_BACK, caller(answer)])
    assert made == [{}, {}, {}]
    assert scored.lines[0].figures["false execute"] == "0/3"
    assert scored.lines[0].figures["while one waits"] == "0/1"


def test_a_yes_to_something_else_books_nothing(folder: Path) -> None:
    asks = {"s": "S", "text": "It is on Mill Lane. Anything else?", "acts": [["REQ_MORE"]]}
    made, _ = played(folder, [*OFFERED, READ_BACK, caller("Where is it?"), asks, caller("Yes, great.")])
    assert made == [{}, {}, {}, {}]


def test_a_failed_booking_may_be_offered_at_another_time(folder: Path) -> None:
    failed = agent("Sorry, that was not possible. Would March 8th at 2:30 pm work instead?", "OFFER", *SLOTS)
    failed["acts"].append(["NOTIFY_FAILURE"])
    made, _ = played(folder, [*OFFERED, failed, caller("Yes, that works.", CALL)])
    assert made[-1] == SLOTS


def test_what_was_booked_is_not_booked_again(folder: Path) -> None:
    done = agent("It is booked: Copper Comb on March 8th at 2:30 pm. Shall I do anything else?", "INFORM", *SLOTS)
    made, _ = played(folder, [*OFFERED, READ_BACK, caller("Yes.", CALL), done, caller("Yes, book it.")])
    assert made[-2:] == [SLOTS, {}]


def test_missed_false_and_inexact_bookings_are_counted_apart() -> None:
    turns = [caller("a", CALL), caller("b"), caller("c", CALL), caller("d", {**CALL, "name": "FindProvider"})]
    name = "BookAppointment"
    answers: list[dict[str, Any]] = [
        {"id": "made#0", "name": None, "arguments": {}},
        {"id": "made#1", "name": name, "arguments": SLOTS},
        {"id": "made#2", "name": name, "arguments": {**SLOTS, "appointment_time": "15:30"}},
        {"id": "made#3", "name": None, "arguments": {}},
    ]
    figures = booking_dialogues.score([{"id": "made", "turns": turns}], answers).lines[0].figures
    assert (figures["turns"], figures["due"], figures["false execute"]) == (3, 2, "1/1")
    assert (figures["right tool %"], figures["exact call %"], figures["missed %"]) == (50.0, 0.0, 50.0)
    assert figures["argument F1"] == 0.667


def test_services_without_appointments_are_left_out(folder: Path) -> None:
    assert load_services(folder).keys() == {"Services_9"}
    (folder / "sgd_tools.json").write_text(json.dumps(tools(*SLOTS, transactional=False)))
    assert load_services(folder) == {}


@pytest.mark.parametrize("text", [None, "[]", '{"Services_9": {}}', "no json"])
def test_dialogues_without_their_tools_are_refused(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "sgd_tools.json").write_text(text)
    with pytest.raises(ConfigError, match="tools"):
        load_services(tmp_path)
