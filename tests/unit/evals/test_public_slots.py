"""Slots of public rows: what is read from an utterance or from several tries, and how it is scored."""

from pathlib import Path
from typing import Any

import pytest

from evals.public import booking_slots, spoken_scores, spoken_slots
from evals.public.spoken_floor import floor_answer


def utterance(text: str, *slots: list[str], requested: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"id": text, "text": text, "requested": list(requested), "slots": list(slots)}


@pytest.mark.parametrize(
    "row",
    [
        utterance("A table for 6 tomorrow at 7:30 pm", ["date", "tomorrow"], ["time", "7:30 pm"], ["people", "6"]),
        utterance("8", ["people", "8"], requested=("people",)),
        utterance("8", ["time", "8"], requested=("time",)),
        utterance("Hartigan", ["last_name", "Hartigan"], requested=("last_name",)),
        utterance("Orla Hartigan", ["first_name", "Orla"], ["last_name", "Hartigan"], requested=("first_name",)),
        utterance("What a lovely place you have."),
    ],
    ids=lambda row: f"{row['text']} {row['requested']}",
)
def test_slots_are_read_as_they_were_asked_for(row: dict[str, Any]) -> None:
    answer = booking_slots.answer(row)
    assert sorted(answer["slots"]) == sorted(row["slots"])
    assert all(bar.value in (None, 1.0) for bar in booking_slots.score([row], [answer]).bars)


def test_slots_are_scored_by_words_and_what_nobody_said_is_counted() -> None:
    row = utterance("For 6, at seven.", ["people", "6"], ["time", "Seven."])
    scored = booking_slots.score([row], [{"id": row["id"], "slots": [["time", "seven"], ["people", "9"]]}])
    figures = {line.kind: line.figures for line in scored.lines}
    assert figures["time"] == {"n": 1, "P": 1.0, "R": 1.0, "F1": 1.0}
    assert figures["people"] == {"n": 1, "P": 0.0, "R": 0.0, "F1": 0.0}
    assert figures["values not in the utterance"] == {"n": 2, "invented": 1}
    assert (scored.bars[0].value, scored.bars[0].passed) == (0.5, False)


def heard(item: str, gold: str, *nbest: str, attempt: int = 0) -> dict[str, Any]:
    hyp = nbest[0] if nbest else ""
    told = {"id": f"{item}-{attempt}", "dialogue": "call", "item": item, "attempt": attempt}
    return told | {"hyp": hyp, "nbest": list(nbest), "gold": gold}


def test_spoken_values_are_read_from_all_tries() -> None:
    rows = [
        heard("postcode", "M1 1AE", "m 1 1 a e", "m 11 a e"),
        heard("dob", "1987-05-14", "14th of May 1987"),
        heard("name", "Orla Hartigan", "Orla Hartigan"),
    ]
    answers = [answer for row in spoken_slots.predict(rows, Path()) for answer in row]
    figures = {line.kind: line.figures for line in spoken_scores.score(rows, answers).lines}
    assert [figures[item]["right %"] for item in ("postcode", "dob", "name")] == [100.0, 100.0, 100.0]


def test_a_wrong_value_a_silence_and_an_invented_year_are_counted() -> None:
    rows = [
        heard("dob", "1987-05-14", "14th of May"),
        heard("dob", "1987-05-14", attempt=1),
        heard("dob", "1987-05-14", "14 May 87", attempt=2),
    ]
    answers: list[dict[str, Any]] = [
        {"id": "dob-0", "value": None},
        {"id": "dob-1", "value": "1987-05-14"},
        {"id": "dob-2", "value": "2001-05-14"},
    ]
    figures = spoken_scores.score(rows, answers).lines[0].figures
    assert figures["out of silence"] == "1/1"
    assert figures["year invented"] == 2
    assert (figures["in three: right"], figures["wrong"], figures["neither"]) == (1, 0, 0)
    assert figures["WRONG VALUE %"] == 33.33


def test_the_floor_is_what_a_pattern_reads() -> None:
    rows = {"dob": "the 3rd of march 1990", "postcode": "q x 4 7 z d", "name": "Orla Hartigan"}
    values = {item: floor_answer(heard(item, "", said))["value"] for item, said in rows.items()}
    assert values == {"dob": "1990-03-03", "postcode": "qx47zd", "name": "orlahartigan"}
    assert floor_answer(heard("dob", "", "in spring"))["value"] is None
    assert floor_answer(heard("postcode", "", "pardon"))["value"] is None
