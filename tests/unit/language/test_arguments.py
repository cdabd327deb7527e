"""Tool arguments: quotations are words that were said, and numbers keep what was said of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.anchoring.anchors import Corpus, Kind, UnanchoredValue, unanchored_arguments
from language.tokens import word_set

CONTEXT = Corpus.of(["Lumen; PPC, Response-Eye-Q", "how many calls do you get a month?"])
TURN = "hello we run a small shop and install windows for five to ten people using check a trade"
SPOKEN = TURN.split()
UNSAID = sorted(
    word_set("grace mark rose bill shell target next twice both several sevenths tenfold daily Priya fifty")
)


def refused(value: str, turn: str) -> tuple[UnanchoredValue, ...]:
    return unanchored_arguments({"value": value}, CONTEXT.plus(turn), (), ("value",), turn)


@given(st.integers(0, len(SPOKEN) - 1), st.integers(1, len(SPOKEN)))
def test_every_quotation_is_anchored(first: int, length: int) -> None:
    assert refused(" ".join(SPOKEN[first : first + length]), TURN) == ()


@given(st.integers(0, len(SPOKEN)), st.sampled_from(UNSAID))
def test_a_word_that_nobody_said_is_no_quotation(at: int, word: str) -> None:
    assert refused(word, TURN)
    assert refused(" ".join([*SPOKEN[:at], word, *SPOKEN[at:]]), TURN)


@pytest.mark.parametrize("name", ["will", "Will", "may", "it"])
def test_a_name_made_of_small_words_is_no_quotation(name: str) -> None:
    assert refused(name, TURN)


@pytest.mark.parametrize(
    "value", ["Checkatrade", "Check-a-Trade", "PPC", "installing windows", "the shop", "5-10 people"]
)
def test_spellings_and_forms_of_what_was_said_are_quotations(value: str) -> None:
    assert refused(value, TURN) == ()


def test_words_are_free_where_no_quotation_is_due() -> None:
    turn = "we want more calls"
    assert unanchored_arguments({"details": "hopes for more calls"}, CONTEXT.plus(turn), newest=turn) == ()
    found = unanchored_arguments({"sizes": [{"of": "hopes"}]}, CONTEXT.plus(turn), (), ("sizes",), turn)
    assert [(value.path, value.text, value.kind) for value in found] == [("sizes[0].of", "hopes", Kind.WORDS)]


@pytest.mark.parametrize(
    ("turn", "value"),
    [
        ("fifty a year", "fifty a month"),
        ("fifty a year", "fifty"),
        ("up to ten", "ten"),
        ("up to ten", "at least ten"),
        ("less than ten", "more than ten"),
        ("ten", "at least ten"),
        ("minus ten", "ten"),
        ("fifty percent", "fifty"),
        ("fifty", "fifty%"),
        ("five to ten", "five ten"),
        ("five to ten", "510"),
        ("three or four", "3/4"),
        ("twenty calls and thirty forms", "thirty calls"),
    ],
)
def test_a_number_said_otherwise_is_refused(turn: str, value: str) -> None:
    assert Kind.NUMBER in {found.kind for found in refused(value, turn)}


@pytest.mark.parametrize(
    ("turn", "value"),
    [
        ("fifty a month", "fifty"),
        ("fifty", "about fifty calls a month"),
        ("it's gone up to 700", "700"),
        ("it's gone up to 700", "up to 700"),
        ("more than fifty", "over 50"),
        ("five to ten", "5-10"),
        ("fifty percent", "50%"),
        ("twenty calls and thirty forms", "twenty calls"),
    ],
)
def test_a_number_in_other_words_is_accepted(turn: str, value: str) -> None:
    assert [found for found in refused(value, turn) if found.kind is Kind.NUMBER] == []


@pytest.mark.parametrize("denial", ["never", "hardly", "stopped", "quit", "lack", "unhappy", "used to", "anything but"])
def test_a_denial_that_nobody_made_is_refused(denial: str) -> None:
    turn = "we use google and are happy"
    arguments = {"details": f"we {denial} use google"}
    assert [found.kind for found in unanchored_arguments(arguments, Corpus.of([turn]), newest=turn)] == [Kind.NEGATION]
    said = f"we {denial} use google"
    assert unanchored_arguments(arguments, Corpus.of([said]), newest=said) == ()


def test_what_was_denied_is_named_whole() -> None:
    turn = "we do not use google"
    (found,) = unanchored_arguments({"details": "we use google"}, Corpus.of([turn]), newest=turn)
    assert found == UnanchoredValue("details", "we use google", Kind.NEGATION)
