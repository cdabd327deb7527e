"""The built-in cleaner as a whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.cleaning.cleaner import Cleaned, Edit, clean
from language.tokens import tokens

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
