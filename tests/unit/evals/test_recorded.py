"""A recorded turn as a row: what each duty keeps of it, and what it leaves out."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.errors import InvalidInput
from domain.session import SessionFacts
from evals.duty import Duty
from evals.recorded import RecordedTurn, row_of
from playbooks.loader import load_playbooks

LUMEN = load_playbooks()["lumen"]
QUESTION = "Thanks, Orla. Shall I create the demo?"


def _turn(speaker: str, words: str, calls: list[dict[str, Any]]) -> dict[str, Any]:
    role = "agent" if speaker == "Lumen" else "caller"
    return {
        "speaker": speaker,
        "role": role,
        "raw_text": words,
        "cleaned_text": words,
        "result": {"function_calls": calls},
    }


def _call(name: str, status: str, **parameters: Any) -> dict[str, Any]:
    return {"function_name": name, "parameters": parameters, "status": status}


def _recorded(words: str, *calls: dict[str, Any], speaker: str = "User") -> RecordedTurn:
    facts = SessionFacts("demo", "s", "lumen", "text", LUMEN.context.model_dump(), None, datetime.now(UTC))
    dataset = {"user_name": "Orla", "business_insights": {"metrics": {}}, "created_at": 1.0}
    earlier = [_turn("User", "This is Orla Tate.", []), _turn("Lumen", QUESTION, [])]
    return RecordedTurn(facts, earlier, _turn(speaker, words, list(calls)), dataset)


@pytest.mark.parametrize(
    ("status", "expected"), [("done", "granted"), ("refused", "refused"), ("held", "held"), ("unchanged", "granted")]
)
def test_a_gated_call_becomes_a_row_of_consent(status: str, expected: str) -> None:
    row = row_of(_recorded("Yes, says Orla.", _call("initiate_demo_creation", status)), LUMEN, Duty.CONSENT)
    assert (row["tool"], row["expected"]) == ("initiate_demo_creation", expected)
    assert row["question"] == "Thanks, Odalys. Shall I create the demo?"
    assert row["answer"] == "Yes, says Odalys."


def test_a_decision_keeps_calls_that_stood_and_what_was_known() -> None:
    calls = (
        _call("update_profile_field", "done", field_to_update="user_name", new_value="Orla Tate"),
        _call("log_metric", "invalid", metric_name="monthly_inbound_calls", value_string="sixty"),
    )
    row = row_of(_recorded("It's Orla Tate, from PPC.", *calls), LUMEN, Duty.DECIDE)
    assert row["words"] == "It's Odalys Fenwick, from PPC."
    due = {"field_to_update": "user_name", "new_value": "Odalys Fenwick"}
    assert row["expected"] == [["update_profile_field", due]]
    assert row["dataset"] == {"user_name": "Odalys", "business_insights": {"metrics": {}}}
    assert [said["speaker"] for said in row["history"]] == ["User", "Lumen"]


@pytest.mark.parametrize(("speaker", "duty"), [("Lumen", Duty.DECIDE), ("User", Duty.CONSENT)])
def test_what_is_no_case_is_refused(speaker: str, duty: Duty) -> None:
    with pytest.raises(InvalidInput):
        row_of(_recorded("Hello.", speaker=speaker), LUMEN, duty)
