"""Garbled words become terms of the call, ordinary words stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.cleaning.draft import Draft
from language.cleaning.terms import repair_terms

TERMS = ("leads", "PPC", "Response-Eye-Q", "lead generation", "conversions", "window installations", "calls")
HISTORY = ("How many inbound calls do you get each month?", "We want more leads and better conversions.")


def repaired(text: str, *, alternatives: tuple[str, ...] = (), history: tuple[str, ...] = HISTORY) -> str:
    draft = Draft(text)
    repair_terms(draft, TERMS, history, alternatives)
    return draft.rendered()


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("we need help with legion", "we need help with lead generation"),
        ("we use response I queue, and a spreadsheet", "we use Response-Eye-Q, and a spreadsheet"),
        ("we use response iq", "we use Response-Eye-Q"),
        ("we run p p c and ppc ads", "we run PPC and PPC ads"),
        ("we get fifty coast a month", "we get fifty calls a month"),
        ("we want more lids", "we want more leads"),
        ("our convergions are low", "our conversions are low"),
        ("better conversations on the website", "better conversions on the website"),
        ("we do window instillations", "we do window installations"),
        ("Legion is hard", "Lead generation is hard"),
    ],
)
def test_a_garbled_term_is_repaired(heard: str, meant: str) -> None:
    assert repaired(heard) == meant


@pytest.mark.parametrize(
    "said",
    [
        "I live on the coast",
        "we have good conversations with people",
        "it gets cold in winter",
        "fifty cold calls a day",
        "what's the cost per click",
        "we get calls from Leeds",
        "one lead came in",
        "I had a lesson yesterday",
        "it's about response, I queue up",
        "the first class seats",
        "we had lead generation and leads",
        "",
    ],
)
def test_an_ordinary_sentence_stays(said: str) -> None:
    assert repaired(said) == said


def test_another_reading_of_the_speech_decides() -> None:
    assert repaired("they make coast", history=()) == "they make coast"
    assert repaired("they make coast", history=(), alternatives=("they make calls",)) == "they make calls"


def test_another_reading_counts_only_where_the_word_stands() -> None:
    alternatives = ("the calls go to the coastal office",)
    assert repaired("the calls go to the coast office", history=(), alternatives=alternatives) == (
        "the calls go to the coast office"
    )
    assert repaired("coast", history=(), alternatives=("calls",)) == "calls"


def test_a_word_of_the_history_needs_both_its_neighbours() -> None:
    assert repaired("so many inbound costs do you get", history=HISTORY) == "so many inbound calls do you get"
    assert repaired("we track costs here", history=HISTORY) == "we track costs here"


def test_without_terms_and_history_nothing_happens() -> None:
    draft = Draft("we need help with legion")
    repair_terms(draft, (), ())
    assert draft.rendered() == draft.text
    assert draft.edits() == ()


def test_an_edit_tells_what_was_heard() -> None:
    draft = Draft("we use response I queue now")
    repair_terms(draft, TERMS)
    assert [(edit.kind, edit.before, edit.after) for edit in draft.edits()] == [
        ("term", "response I queue", "Response-Eye-Q")
    ]


_VOCABULARY = "fifty 20 two no not don't legion coast response queue lids many on the in a calls"
_WORDS = st.sampled_from(_VOCABULARY.split())


@given(st.lists(_WORDS, max_size=20).map(" ".join))
def test_numbers_and_negations_are_never_replaced(said: str) -> None:
    fixed = {"fifty", "20", "two", "no", "not", "don't"}
    assert [word for word in repaired(said).split() if word in fixed] == [
        word for word in said.split() if word in fixed
    ]
