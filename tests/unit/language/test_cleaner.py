"""The built-in cleaner as a whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.cleaning.cleaner import Cleaned, Edit, clean
from language.numbers import numbers_in
from language.tokens import tokens
from language.word_classes import NUMBERS

TERMS = ("leads", "PPC", "Response-Eye-Q", "lead generation", "conversions")


def test_speech_becomes_what_was_meant() -> None:
    cleaned = clean("Um, we we get fifty, no, sixty leads from, uh, legion.", TERMS)
    assert cleaned.text == "We get sixty leads from lead generation."
    assert cleaned.edits == (
        Edit("filler", "Um", ""),
        Edit("repeat", "we", ""),
        Edit("correction", "fifty, no", ""),
        Edit("filler", "uh", ""),
        Edit("term", "legion", "lead generation"),
    )


@pytest.mark.parametrize("text", ["", "   ", "...", "?!", "um", "we ain't got none", "gonna ring youse back"])
def test_nothing_to_clean(text: str) -> None:
    assert clean(text, TERMS) == Cleaned(text)


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("on the fiveth at sevenpm", "on the fifth at seven pm"),
        ("the twenty onest of May", "the twenty first of May"),
        ("a non stop flight", "a nonstop flight"),
        ("a non, stop", "a non, stop"),
        ("the fifth and the second exam", "the fifth and the second exam"),
    ],
)
def test_what_was_spelt_by_rule_is_written_as_people_write_it(heard: str, meant: str) -> None:
    assert clean(heard).text == meant


@given(st.sampled_from(sorted(NUMBERS)), st.sampled_from(["st", "nd", "rd", "th"]))
def test_a_respelt_number_keeps_its_value(number: str, ending: str) -> None:
    said = f"on the {number}{ending} of May"
    assert [each.value for each in numbers_in(clean(said).text)] == [each.value for each in numbers_in(said)]


@pytest.mark.parametrize(
    "unit",
    [
        "\0", "🙂", "שלום ", "no ", "the ", "I mean ", "wait no ", "one two ", "what or ", "th- ",
        "um ", ", ", "-", "'",
        "response eye ", "fifty no sixty ", "x", "legion ",
    ],
)  # fmt: skip
def test_hostile_text_of_8000_characters(unit: str) -> None:
    text = (unit * 8000)[:8000]
    assert len(clean(text, TERMS, ("We get fifty calls a month.",), ("x " * 4000,)).text) <= 3 * len(text)


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    cleaned = clean(text, TERMS, (text,), (text,))
    assert bool(tokens(text)) == bool(tokens(cleaned.text))


@given(st.text("ab ,.no-'I12?", max_size=80))
def test_without_terms_every_word_was_said(text: str) -> None:
    said = {word.folded for word in tokens(text)}
    assert {word.folded for word in tokens(clean(text).text)} <= said
