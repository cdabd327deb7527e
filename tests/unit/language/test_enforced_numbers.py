"""A cleaning leaves every number in its place, with its sign, its bound and its period."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.anchoring.anchors import Corpus, enforce
from language.tokens import word_set

CONTEXT = Corpus.of(["Lumen; leads, PPC"])
VALUES = ("three", "seven", "twelve", "forty", "two hundred", "15", "1,200")
THINGS = ("calls", "forms", "visitors", "people")
BEFORE = ("up to", "at least", "less than", "more than", "over", "under", "minus")
AFTER = ("percent", "or more", "a day", "per week", "every month", "a year")
numbers = st.lists(st.sampled_from(VALUES), min_size=2, max_size=2, unique=True)
things = st.lists(st.sampled_from(THINGS), min_size=2, max_size=2, unique=True)


def kept(raw: str, cleaned: str) -> str:
    return enforce(raw, cleaned, CONTEXT).text


@given(numbers, things)
def test_swapped_numbers_go_back(values: list[str], counted: list[str]) -> None:
    (one, two), (first, second) = values, counted
    raw = f"we get {one} {first} and {two} {second}"
    assert kept(raw, f"we get {two} {first} and {one} {second}") == raw
    moved = f"we get {two} {second} and {one} {first}"
    assert kept(raw, moved) == moved


@given(numbers, st.sampled_from(["to", "or", "till", "through"]), st.sampled_from([" ", "/", ", "]))
def test_two_numbers_stay_two(values: list[str], joiner: str, between: str) -> None:
    raw = f"we get {values[0]} {joiner} {values[1]} of them"
    assert kept(raw, f"we get {values[0]}{between}{values[1]} of them") == raw


@given(st.sampled_from(VALUES), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_what_stands_beside_a_number_stays(value: str, before: str, after: str) -> None:
    bounded, followed, bare = f"we get {before} {value}", f"we get {value} {after}", f"we get {value}"
    for said in (bounded, followed):
        assert kept(said, bare) == said
        assert kept(bare, said) == bare
        assert kept(f"uh {said}", said) == said


@given(st.sampled_from(AFTER), st.sampled_from(AFTER))
def test_one_period_is_not_another(said: str, cleaned: str) -> None:
    raw = f"it is forty {said}"
    assert kept(raw, f"it is forty {cleaned}") == raw


@given(st.sampled_from(["", "£", "~", "-", "'", "#", "+"]), st.sampled_from(["", "%", "'", "+", "°", "$"]))
def test_no_sign_of_a_reverted_number_is_left(before: str, after: str) -> None:
    raw = "we get quite a few calls"
    assert kept(raw, f"we get {before}50{after} calls") == raw


@pytest.mark.parametrize(
    "word",
    sorted(
        word_set(
            "two's seven's threes sixes sevenths tenfold hundredfold twice double triple both several score gross "
            "grand pair nil zilch umpteen percent % ㍘ ㏠ daily quintuple teens twenties' Ⓖⓞⓞⓖⓛⓔ"
        )
    ),
)
def test_an_invented_quantity_is_taken_back(word: str) -> None:
    raw = "we get quite a few visitors from the website"
    assert kept(raw, f"we get {word} visitors from the website") == raw


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("between one and two hundred calls", "between 100 and 200 calls"),
        ("one or two hundred", "100 or 200"),
        ("one or two or three hundred", "100 or 200 or 300"),
        ("three or four", "-3 or 4"),
        ("fifty", "fifty%"),
        ("50%", "50"),
        ("figh percent", "5%"),
    ],
)
def test_a_range_goes_back_whole(raw: str, cleaned: str) -> None:
    assert kept(raw, cleaned) == raw


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("five to ten", "5-10"),
        ("one or two hundred calls uh", "1 or 2 hundred calls"),
        ("fifty percent", "50%"),
        ("it is minus four", "It is -4."),
        ("about fifty calls every every day", "About 50 calls every day."),
        ("fifty a day I mean three hundred a week", "three hundred a week"),
        ("under ten no over ten calls", "over ten calls"),
        ("up to um ten", "up to ten"),
        ("the threes uh and two's", "the threes and two's"),
    ],
)
def test_a_good_cleaning_of_numbers_stands(raw: str, cleaned: str) -> None:
    assert kept(raw, cleaned) == cleaned
