"""What is wrong with a reply, given all that the call holds."""

from typing import Any

import pytest

from evals.calls.reply_faults import SoFar
from playbooks.loader import load_playbooks

HOSPITAL = load_playbooks()["hospital"]
ARGUMENTS = {"patient_name": "Asha Pillai", "appointment_date": "2026-11-18", "appointment_time": "10:00 AM"}


def _heard(words: str, *calls: dict[str, Any]) -> Any:
    return {"raw_text": words, "cleaned_text": words, "function_calls": list(calls)}


def _call(status: str, result: dict[str, Any] | None = None) -> dict[str, Any]:
    call = {"id": "1", "function_name": "book_appointment", "parameters": ARGUMENTS}
    return {**call, "status": status, "result": result or {}}


@pytest.mark.parametrize(
    ("reply", "faults"),
    [
        ("Thank you, Asha. Which e-mail address shall we use?", []),
        ("Is Wednesday 18 November at 10 AM right?", []),
        ("Dr. Strange is free at 7:45 PM.", ["unanchored"]),
        ("Your appointment is booked.", ["unbacked"]),
        ("**Thank you.** Good.", ["marked"]),
        ("well " * 61, ["long"]),
        ("", []),
    ],
)
async def test_a_reply_is_held_to_the_call(reply: str, faults: list[str]) -> None:
    so_far = SoFar(HOSPITAL, {})
    so_far.add(_heard("I'm Asha Pillai.", _call("held")), {"customer": {"name": "Asha Pillai"}})
    assert await so_far.faults_of(reply) == faults


async def test_what_was_done_in_an_earlier_turn_still_stands() -> None:
    so_far = SoFar(HOSPITAL, {})
    so_far.add(_heard("Yes.", _call("done", {"success": True})), {})
    so_far.add(_heard("Is it booked?"), {})
    assert await so_far.faults_of("Your appointment is booked.") == []


async def test_what_the_business_knows_may_be_told() -> None:
    assert await SoFar(HOSPITAL, {}, knows=["Open until 6 PM."]).faults_of("We are open until 6 PM.") == []
    assert await SoFar(HOSPITAL, {}).faults_of("We are open until 6 PM.") == ["unanchored"]
