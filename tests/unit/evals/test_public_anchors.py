"""The anchors on public sets: what was said passes, what was not is caught, and both are counted."""

from pathlib import Path
from typing import Any

import pytest

from evals.public import anchors_arguments, anchors_corrections, anchors_replies
from evals.public.scored import Scored

Call = dict[str, str]


def dialogue(name: str, words: str, slots: Call, call: Call) -> dict[str, Any]:
    """A dialogue of one turn: the words, what they state, and the call that is due."""
    acts = [["INFORM", slot, [value]] for slot, value in slots.items()]
    return {"id": name, "turns": [{"s": "U", "text": words, "acts": acts, "gold_call": {"arguments": call}}]}


def scored(module: Any, rows: list[dict[str, Any]]) -> Scored:
    """What comes of rows."""
    given = [answer for answers in module.predict(rows, Path()) for answer in answers]
    result = module.score(rows, given)
    assert isinstance(result, Scored)
    return result


def figures(result: Scored, kind: str) -> dict[str, Any]:
    """The figures of one line."""
    return next(dict(line.figures) for line in result.lines if line.kind == kind)


def test_what_was_said_passes_and_what_another_dialogue_says_is_caught() -> None:
    friday = {"visit_date": "2019-03-08", "visit_time": "15:00", "doctor_name": "Anita Rao"}
    monday = {"visit_date": "2019-03-11", "visit_time": "09:30", "doctor_name": "Boris Klein"}
    result = scored(
        anchors_arguments,
        [
            dialogue("one", "Dr Anita Rao on March 8th at 3 pm please", friday, friday | {"urgent": "True"}),
            dialogue("two", "Boris Klein, the 11th of March, half past nine in the morning", monday, monday),
        ],
    )
    total = figures(result, "ALL")
    assert (total["said"], total["false alarms"], total["foreign"], total["caught %"]) == (6, 0, 6, 100.0)
    assert all(bar.passed for bar in result.bars)


def test_a_value_that_the_schema_words_its_own_way_stands_apart() -> None:
    slots = {"city": "San Francisco"}
    result = scored(anchors_arguments, [dialogue("one", "somewhere in SF", slots, slots)])
    assert figures(result, "in other words")["false alarms"] == 1
    assert not any(line.kind == "ALL" for line in result.lines)


def test_an_argument_that_nobody_stated_is_not_asked_about() -> None:
    result = scored(anchors_arguments, [dialogue("one", "anything will do", {}, {"city": "Bern"})])
    assert result.lines == []


@pytest.mark.parametrize(
    ("said", "kind", "reverted"),
    [
        ("show me the flights to boston", "good", 0),
        ("show me the nine flights to boston", "foreign", 1),
        ("show me no flights to boston", "foreign", 1),
        ("show me the flights to Ulan Bator", "foreign", 1),
    ],
)
def test_a_correction_is_good_where_it_brings_no_fact_of_its_own(said: str, kind: str, reverted: int) -> None:
    row = {"id": "one", "set": "made", "hyp": "show me the fights to boston", "nbest": [], "ref": said}
    result = figures(scored(anchors_corrections, [row]), "made")
    assert (result[kind], result["reverted" if kind == "good" else "caught %"]) == (1, 100.0 * reverted)


def test_what_was_heard_right_is_no_correction() -> None:
    row = {"id": "one", "set": "made", "hyp": "good", "nbest": [], "ref": "good"}
    assert scored(anchors_corrections, [row]).lines == []


def test_a_reply_passes_with_its_document_and_not_with_another() -> None:
    fee = {"id": "fee", "docs": ["museum/1/1"], "title": "What does it cost?", "body": "Entry is $8."}
    hours = {"id": "hours", "docs": ["museum/1/2"], "title": "When do you open?", "body": "We open at 10 am."}
    rows = [fee | {"reply": "It costs eight dollars."}, hours | {"reply": "We open at ten in the morning."}]
    total = figures(scored(anchors_replies, rows), "ALL")
    assert total == {"replies": 2, "passed %": 100.0, "with another": 2, "stopped %": 100.0}


def test_a_document_that_stands_alone_has_no_other() -> None:
    row = {"id": "one", "docs": ["inn/1/1"], "title": "Pets?", "body": "Dogs are welcome.", "reply": "Yes, dogs are."}
    assert figures(scored(anchors_replies, [row]), "without")["with another"] == 0
