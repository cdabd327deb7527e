"""Opposites: a word that says the contrary of one that was said is another fact, unless it was said as well."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.anchoring.anchors import Corpus, Enforced, Kind, enforce, unanchored_arguments
from language.names import root
from language.opposites import opposites_of

PAIRS = st.sampled_from(
    [("more", "fewer"), ("up", "down"), ("increased", "decreased"), ("rising", "falling"), ("husband", "wife")]
)


@given(PAIRS)
def test_each_of_two_opposites_has_the_other(pair: tuple[str, str]) -> None:
    one, other = pair
    assert root(one) in opposites_of(other)
    assert root(other) in opposites_of(one)


@pytest.mark.parametrize("word", ["we", "calls", "the", "monday", "will", "five"])
def test_most_words_have_none(word: str) -> None:
    assert opposites_of(word) == frozenset()


@given(PAIRS, st.booleans())
def test_a_cleaned_text_says_no_opposite(pair: tuple[str, str], turned: bool) -> None:
    said, told = reversed(pair) if turned else pair
    raw = f"um the number of calls is {said} since we moved"
    assert enforce(raw, f"The number of calls is {told} since we moved.", Corpus()).text == (
        f"The number of calls is {said} since we moved."
    )


def test_what_another_hypothesis_heard_may_come_in() -> None:
    raw, cleaned = "we get many leads", "we get few leads"
    assert enforce(raw, cleaned, Corpus(), alternatives=[cleaned]) == Enforced(cleaned)


def test_one_who_corrects_himself_to_the_opposite_is_believed() -> None:
    assert enforce("it went up no down last year", "It went down last year.", Corpus()).reverted == ()


@given(PAIRS)
def test_an_argument_states_no_opposite(pair: tuple[str, str]) -> None:
    said, told = (f"we saw {word} numbers in spring" for word in pair)
    (found,) = unanchored_arguments({"note": told}, Corpus.of([said]), newest=said)
    assert (found.text, found.kind) == (pair[1], Kind.NEGATION)
    assert unanchored_arguments({"note": said}, Corpus.of([said]), newest=said) == ()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("we don't get many leads", "they get few leads"),
        ("calls went up, then down again", "calls went down"),
        ("more calls and fewer forms", "fewer forms"),
    ],
)
def test_a_denial_or_the_word_itself_beside_it_makes_it_right(said: str, told: str) -> None:
    kinds = {found.kind for found in unanchored_arguments({"note": told}, Corpus.of([said]), newest=said)}
    assert Kind.NEGATION not in kinds
