"""Fillers, stutters, repeats and self-corrections."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.cleaning.corrections import cut_corrections
from language.cleaning.disfluency import cut_disfluencies
from language.cleaning.draft import Draft
from language.tokens import tokens


def fluent(text: str) -> str:
    draft = Draft(text)
    cut_disfluencies(draft)
    return draft.rendered()


def corrected(text: str) -> str:
    draft = Draft(text)
    cut_disfluencies(draft)
    cut_corrections(draft)
    return draft.rendered()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Um, we repair, uh, windows.", "We repair windows."),
        ("we repair windows, um.", "we repair windows."),
        ("it's, you know, a family business", "it's a family business"),
        ("I I I think th- the b-b-but we we can", "I think the but we can"),
        ("We- we- we're a family business", "We're a family business"),
        ("we do not do not sell doors", "we do not sell doors"),
        ("and i it's our busiest month", "and it's our busiest month"),
        ("it is the my office", "it is my office"),
        ("huh that's new", "that's new"),
        ("the money that we you know give away", "the money that we give away"),
        ("I you know I have a rash", "I have a rash"),
        ("that that that is good", "that is good"),
        ("The cust, the customers ring us.", "The customers ring us."),
        ("We fit sash win- sash windows mostly.", "We fit sash windows mostly."),
    ],
)
def test_sounds_without_meaning_go(said: str, meant: str) -> None:
    assert fluent(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "my number is oh seven seven five five five",
        "code f f then a a",
        "we were very very busy",
        "we had had enough of it",
        "I know that that is true",
        "No, no, that's not right.",
        "yes yes that's right that's right",
        "bye-bye then",
        "we play Duran Duran",
        "take him to the ER now",
        "uh huh",
        "mm-hmm, sure",
        "do you know the price",
        "you know that I know",
        "because you know it",
        "who do they you know",
        "it looks like a window",
        "the car, the cars next to it",
        "um",
        "",
        "...",
    ],
)
def test_what_was_meant_stays(said: str) -> None:
    assert fluent(said) == said


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("fifty, no, sixty people", "sixty people"),
        ("Tuesday I mean Wednesday", "Wednesday"),
        ("We have about fifty, no, about sixty vans.", "We have about sixty vans."),
        ("around twenty five no thirty five calls", "around thirty five calls"),
        ("about a hundred no two hundred", "about two hundred"),
        ("on Monday at three, no, on Tuesday at four", "on Tuesday at four"),
        ("at three pm sorry four pm", "at four pm"),
        ("a table for two at eight no wait make that four people at eight", "a table for four people at eight"),
        ("five five five no six", "five five six"),
        ("it's 07700 900123 sorry 900124", "it's 07700 900124"),
        ("for four, no, not four, five people", "for five people"),
        ("Monday. No, Tuesday.", "Tuesday."),
        ("we do window repairs, I mean door repairs", "we do door repairs"),
        ("we sell doors I mean great doors", "we sell great doors"),
        ("it's on the corner, no, on the main street", "it's on the main street"),
        ("we are in Bristol sorry Bath", "we are in Bath"),
        ("it costs 300 pounds I mean euros", "it costs 300 euros"),
        ("how many or no make that which vans are free", "which vans are free"),
        ("We're open Monday, Tuesday, sorry, Thursday.", "We're open Monday, Thursday."),
        ("It's ten, twelve, sorry, fourteen people.", "It's ten, fourteen people."),
        ("Five to ten calls, sorry, ten to fifteen.", "Ten to fifteen."),
        ("half past two, sorry, quarter to three", "quarter to three"),
    ],
)
def test_a_correction_leaves_the_final_words(said: str, meant: str) -> None:
    assert corrected(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "we have no leads at the moment",
        "we get, actually, no calls",
        "we get no no calls",
        "few or no leads",
        "in the winter no customers call us",
        "that makes no sense",
        "I said no I was busy",
        "I asked for it, no, I didn't.",
        "I don't know, I mean, we don't track it",
        "I would rather come on Monday",
        "Monday rather than Tuesday",
        "I'm sorry about that",
        "I can't wait to see it",
        "it was actually good",
        "not Tuesday, Wednesday",
        "yes no wait yes",
        "is it yes or no",
        "Do you have it? No, I need two.",
        "Monday or Tuesday",
        "ten, twenty leads",
        "She works Monday, Tuesday, no Wednesdays.",
        "Not this Friday, no, next Friday.",
        "It's not Tuesday, no, Wednesday.",
        "It's not the price, I mean the price is fine.",
    ],
)
def test_no_correction_where_none_was_meant(said: str) -> None:
    assert corrected(said) == said


_VOCABULARY = (
    "I I'm we you the a um uh no not don't sorry wait actually rather I mean make that what who one two fifty "
    "Monday Tuesday leads calls get have want , . ? - yes or"
)
_WORDS = st.sampled_from(_VOCABULARY.split())


@given(st.lists(_WORDS, max_size=30).map(" ".join))
def test_nothing_is_added_and_order_is_kept(said: str) -> None:
    rest = iter(word.folded for word in tokens(said))
    assert all(word.folded in rest for word in tokens(corrected(said)))


@given(st.lists(_WORDS, max_size=30).map(" ".join))
def test_fillers_and_repeats_lose_no_fact(said: str) -> None:
    lost = {word.folded for word in tokens(said)} - {word.folded for word in tokens(fluent(said))}
    assert lost.isdisjoint({"no", "not", "don't", "one", "two", "fifty", "monday", "tuesday", "leads", "calls"})
