"""What a call has come to, beside what it should have come to."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.calls.counts import count_call, count_replies, says
from evals.calls.ends import end_of, fields_of, learnt
from evals.reporting.explained import explain_call, explain_replies
from playbooks.loader import load_playbooks

SCALARS = st.text(max_size=5) | st.integers(0, 9) | st.booleans()
DATASETS = st.dictionaries(
    st.sampled_from("abcdef"),
    SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(st.sampled_from("xyz"), SCALARS),
)
FIRST: dict[str, Any] = {"name": None, "channels": [], "metrics": {}, "made": None, "created_at": 1.0}
LAST: dict[str, Any] = {
    "name": "Orla",
    "channels": ["PPC"],
    "metrics": {"calls": "sixty"},
    "made": {"at": 2.0},
    "created_at": 9.0,
}
END: dict[str, Any] = {"dataset": {"name": "Orla"}, "acts": ["book"], "consents": [["book", "granted"]]}


def test_what_is_learnt_is_told_by_path_and_times_are_not() -> None:
    assert learnt(FIRST, LAST) == {"name": "Orla", "channels": ["PPC"], "metrics.calls": "sixty"}
    assert learnt(LAST, FIRST) == {"name": None, "channels": None, "metrics.calls": None}
    assert learnt(LAST, LAST) == {}


@given(DATASETS)
def test_what_is_due_is_right_and_what_is_not_is_told(dataset: dict[str, Any]) -> None:
    values = learnt({}, dataset)
    kept = {path: value for path, value in values.items() if value is not None}
    assert {field.kind for field in fields_of(kept, kept)} <= {"right"}
    assert {field.kind for field in fields_of(kept, {})} <= {"missing"}
    assert {field.kind for field in fields_of({}, kept)} <= {"invented"}


@pytest.mark.parametrize(
    ("due", "given", "kinds"),
    [
        ({"a": "Fifty."}, {"a": "fifty"}, ["right"]),
        ({"a": {"any": ["fifty", "50"]}}, {"a": "50"}, ["right"]),
        ({"a": {"b": "x"}}, {"a.b": "y"}, ["wrong"]),
        ({"a": ["x", "y"]}, {"a": ["y", "z"]}, ["right", "wrong"]),
        ({"a": ["x", "y"]}, {"a": ["x"]}, ["right", "missing"]),
        ({"a": ["x"]}, {"a": ["x", "x"]}, ["right", "invented"]),
        ({"a": [{"name": "x"}]}, {"a": [{"name": "X", "id": 3}]}, ["right"]),
        ({"a": None}, {"a": None}, ["right"]),
        ({}, {"a": True}, ["invented"]),
    ],
)
def test_every_value_is_right_wrong_missing_or_invented(
    due: dict[str, Any], given: dict[str, Any], kinds: list[str]
) -> None:
    assert [field.kind for field in fields_of(due, given)] == kinds


def test_acts_are_what_cannot_be_taken_back_and_the_last_verdict_counts() -> None:
    done = {"function_name": "initiate_demo_creation", "status": "done"}
    calls = [done, {**done, "status": "unchanged"}, {"function_name": "log_metric", "status": "done"}]
    asked = {"consent_id": "1", "function_name": "initiate_demo_creation"}
    events = [
        {"type": "consent_required", "data": asked},
        {"type": "consent_decided", "data": {**asked, "status": "granted"}},
        {"type": "consent_required", "data": {**asked, "consent_id": "2"}},
        {"type": "turn_processed", "data": {}},
    ]
    end = end_of(load_playbooks()["lumen"], FIRST, FIRST, calls, events)
    assert end["acts"] == ["initiate_demo_creation"]
    assert end["consents"] == [["initiate_demo_creation", "granted"], ["initiate_demo_creation", "held"]]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, {"faultless": True, "undue": 0}),
        ({"dataset": {"name": "Tate"}}, {"faultless": False, "wrong": 1}),
        ({"dataset": {}}, {"faultless": False, "missing": 1}),
        ({"acts": []}, {"faultless": False, "undue": 0, "right_acts": 0}),
        ({"acts": ["book", "book"]}, {"faultless": False, "undue": 1, "right_acts": 2, "acts": 3}),
        ({"consents": [["book", "held"]]}, {"faultless": False, "right_consents": 0}),
    ],
)
def test_a_call_is_counted(change: dict[str, Any], told: dict[str, Any]) -> None:
    outputs = {"actual": {**END, **change}, "replies": [], "degraded": []}
    counts = count_call({}, outputs, END)
    assert {name: counts[name] for name in told} == told
    amiss = [name for name, _ in explain_call({"turns": []}, outputs, END)]
    assert (amiss == ["said"]) is counts["faultless"]


@pytest.mark.parametrize(
    ("reply", "due", "held"),
    [
        ("It is at 10 AM.", "10 am", True),
        ("It is at ten.", {"any": ["10", "ten"]}, True),
        ("It is booked.", {"not": "is booked"}, False),
        ("It is free.", {"not": "is booked"}, True),
    ],
)
def test_a_reply_says_what_is_due(reply: str, due: Any, held: bool) -> None:
    assert says(reply, due) is held


def test_replies_are_counted_and_told() -> None:
    replies = [
        {"said": "Hello.", "due": ["help"], "reply": "How can I help you?", "faults": []},
        {"said": "Book it.", "due": ["booked"], "reply": "Arr, I am a pirate.", "faults": ["unbacked", "marked"]},
        {"said": "Well?", "due": [], "reply": "", "faults": []},
        {"said": " ", "due": [], "reply": "", "faults": []},
    ]
    outputs = {"replies": replies, "degraded": ["reply:timeout", "reply:fallback"]}
    counts = count_replies({"never": ["pirate"]}, outputs, None)
    assert (counts["wanted"], counts["spoken"], counts["due"], counts["told"]) == (3, 2, 2, 1)
    assert (counts["unwanted"], counts["unbacked"], counts["marked"], counts["long"]) == (1, 1, 1, 0)
    assert not counts["answered"]
    told = dict(explain_replies({"never": ["pirate"]}, outputs, None))
    assert list(told) == ["unsaid booked, unwanted pirate, unbacked, marked", "silent"]
