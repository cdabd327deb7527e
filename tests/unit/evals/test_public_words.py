"""Words of public sets: how they are compared, and what is counted in cleaned ones."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.public import disfluent, recognised
from evals.public.heard_numbers import number_spans
from evals.public.heard_words import compared, more_in, numbers_of, words_of
from evals.public.scored import one_by_one

SPOKEN = "one two nineteen twenty eighty six oh hundred thousand and first the 7"
WORDS = st.lists(st.sampled_from(SPOKEN.split()))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("In nineteen eighty six.", ["1986"]),
        ("in 1986", ["1986"]),
        ("twenty seven", ["27"]),
        ("five five five oh two", ["55502"]),
        ("two hundred and fifty thousand and six", ["250006"]),
        ("the twenty first of March", ["21"]),
        ("1,250 for the 3rd", ["1250", "3"]),
        ("nineteen eighty six fourth quarter", ["1986", "4"]),
        ("the one I want, wait a second", []),
        ("March second", ["2"]),
        ("one two", ["12"]),
    ],
)
def test_numbers_are_their_figures(text: str, numbers: list[str]) -> None:
    assert numbers_of(text) == numbers


@given(WORDS)
def test_a_number_is_a_stretch_of_words_and_no_two_meet(words: list[str]) -> None:
    places = [place for _, start, end in number_spans(words) for place in (start, end)]
    assert places == sorted(places)
    assert all(start < end for _, start, end in number_spans(words))


def test_words_are_compared_without_what_is_only_written() -> None:
    assert words_of("It’s $5, 5% 'off' the 2nd") == ["it's", "5", "5", "percent", "off", "the", "2"]
    assert compared("the u s a has fifty") == ["the", "us", "a", "has", "50"]


@given(WORDS, WORDS)
def test_what_is_more_in_one_is_what_is_missing_in_the_other(some: list[str], others: list[str]) -> None:
    assert sorted([*some, *more_in(others, some)]) == sorted([*others, *more_in(some, others)])


def recording(**more: Any) -> dict[str, Any]:
    return {
        "id": "made",
        "set": "own",
        "hyp": "we met at nine",
        "nbest": ["we met at five"],
        "ref": "we met at five",
    } | more


def figures(scored: Any) -> dict[str, Any]:
    return dict(scored.lines[0].figures)


def test_a_repaired_hypothesis_is_fixed_and_a_spoilt_one_harmed() -> None:
    fixed = figures(recognised.score([recording()], [{"id": "made", "text": "we met at five"}]))
    assert (fixed["wer before %"], fixed["wer %"], fixed["best of 5 %"], fixed["fixed %"]) == (25.0, 0.0, 0.0, 100.0)
    assert (fixed["numbers wrong"], fixed["invented"]) == ("1 > 0", 0)
    right = recording(hyp="we met at five")
    harmed = figures(recognised.score([right], [{"id": "made", "text": "Zelda met at six"}]))
    assert (harmed["harmed %"], harmed["lost %"], harmed["invented"]) == (100.0, 100.0, 1)
    assert harmed["rare invented"] == "1/2"


def test_a_hypothesis_is_cleaned_by_rule() -> None:
    (answer,) = next(one_by_one(recognised.answer)([recording(hyp="we we met uh at five")], Path()))
    assert answer["text"] == "we met at five"


def repaired(raw: str, clean: str) -> dict[str, Any]:
    return {"id": "made", "raw": raw, "clean": clean}


def test_a_repair_is_cut() -> None:
    row = repaired("Meet me on Monday, no, Tuesday.", "Meet me on Tuesday.")
    scored = figures(disfluent.score([row], [disfluent.answer(row)]))
    assert (scored["exact %"], scored["F1"], scored["wer %"], scored["unchanged %"]) == (100.0, 1.0, 0.0, 0.0)


def test_what_cleaning_loses_and_leaves_is_counted() -> None:
    row = repaired("we do do not need 5 6 of them", "we do not need 6 of them")
    scored = figures(disfluent.score([row], [{"id": "made", "text": "we do need 5 of those"}]))
    assert (scored["numbers lost"], scored["left over"], scored["negations lost"]) == ("1/1", 1, 1)
    assert (scored["deleted P"], scored["R"], scored["not said %"]) == (0.25, 0.5, 16.67)
