"""A recorded turn as a row: what each duty keeps of it, and what it leaves out."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.errors import InvalidInput
from domain.session import SessionFacts
from evals.duty import Duty
from evals.masking.recorded import RecordedTurn, row_of
from evals.masking.recorded_call import RecordedCall, call_row_of
from playbooks.loader import load_playbooks

LUMEN = load_playbooks()["lumen"]
AT = datetime(2026, 10, 8, 9, 15, tzinfo=UTC)
"""A Thursday, six weeks before the week in which rows are said."""
QUESTION = "Thanks, Orla. Shall I create the demo?"


def _turn(speaker: str, words: str, calls: list[dict[str, Any]], reply: str | None = None) -> dict[str, Any]:
    role = "agent" if speaker in ("Lumen", "Reception") else "caller"
    return {
        "speaker": speaker,
        "role": role,
        "raw_text": words,
        "cleaned_text": words,
        "accepted_at": AT,
        "result": {"function_calls": calls, "reply": reply},
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


HOSPITAL = load_playbooks()["hospital"]
DONE = {"appointment_date": "2026-10-12", "appointment_time": "10:00 AM", "patient_name": "Orla Tate"}


def _hospital_facts() -> SessionFacts:
    context = HOSPITAL.context.model_dump(mode="json")
    return SessionFacts("demo", "s", "hospital", "text", context, "+919812345601", AT)


def test_a_reply_of_ours_is_what_the_caller_answered_and_days_move_by_weeks() -> None:
    earlier = [_turn("Patient", "Next Monday, the 12th of October.", [], "Orla, is Monday 12 October at 10 AM right?")]
    turn = _turn("Patient", "Yes, on 12 October.", [_call("book_appointment", "done", **DONE)])
    row = row_of(RecordedTurn(_hospital_facts(), earlier, turn, {}), HOSPITAL, Duty.DECIDE)
    assert row["at"] == "2026-11-19T09:15:00Z"
    assert [said["text"] for said in row["history"]] == [
        "Next Monday 23 November.",
        "Odalys, is Monday 23 November at 10 AM right?",
    ]
    assert row["words"] == "Yes, on 23 November."
    ((name, due),) = row["expected"]
    assert (name, due["appointment_date"], due["appointment_time"]) == ("book_appointment", "2026-11-23", "10:00 AM")


def test_a_whole_call_becomes_a_row_that_can_be_played() -> None:
    booked = {"appointment_id": "RH1", "patient_name": "Orla Tate", "date": "2026-10-12", "booked_at": 3.0}
    last = {"customer": {"name": "Orla Tate", "phone": "+919812345601"}, "appointments": [booked]}
    turns = [
        _turn("Patient", "I'm Orla Tate, can I come on the twelfth of October?", [], "Shall I book it, Orla?"),
        _turn("Patient", "Yes.", [_call("book_appointment", "done", **DONE)], "It is booked, Orla."),
    ]
    consent = {"consent_id": "1", "function_name": "book_appointment", "status": "granted"}
    events = [{"type": "consent_decided", "data": consent}]
    recorded = RecordedCall(_hospital_facts(), turns, events, {"customer": {"phone": "+919812345601"}}, last)
    row = call_row_of(recorded, HOSPITAL)
    assert row["turns"] == [
        {"Patient": "I'm Odalys Fenwick, can I come on the 23 November?"},
        {"Patient": "Yes."},
    ]
    assert row["phone"] == row["profile"]["customer"]["phone"] != "+919812345601"
    assert row["expected"] == {
        "dataset": {
            "customer.name": "Odalys Fenwick",
            "appointments": [{"patient_name": "Odalys Fenwick", "date": "2026-11-23", "booked_at": 3.0}],
        },
        "acts": ["book_appointment"],
        "consents": [["book_appointment", "granted"]],
    }
    assert "context" not in row


def test_a_call_in_which_the_caller_said_nothing_is_no_case() -> None:
    silent = [_turn("Reception", "Hello?", [])]
    with pytest.raises(InvalidInput, match="said nothing"):
        call_row_of(RecordedCall(_hospital_facts(), silent, [], {}, {}), HOSPITAL)
