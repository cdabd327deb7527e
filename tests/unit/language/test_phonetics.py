"""Sounds of words and how near they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.phonetics import distance, phrase_sounds, similarity, sounds, swallows


def heard(text: str) -> str:
    return phrase_sounds(tuple(text.split()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("response i queue", "response eye q"),
        ("lead", "leed"),
        ("p p c", "ppc"),
        ("write", "rite"),
        ("phone", "fone"),
        ("mehta", "meta"),
    ],
)
def test_spellings_of_one_sound(one: str, other: str) -> None:
    assert heard(one) == heard(other)


@pytest.mark.parametrize(
    ("near", "far", "term"),
    [
        ("lids", "house", "leads"),
        ("convergions", "winter", "conversions"),
        ("cold", "window", "calls"),
        ("check a trade", "chequebook", "checkatrade"),
    ],
)
def test_near_words_are_nearer(near: str, far: str, term: str) -> None:
    assert similarity(heard(near), heard(term)) > 0.7 > similarity(heard(far), heard(term))


def test_a_swallowed_middle() -> None:
    assert swallows(sounds("legion"), heard("lead generation"))
    assert not swallows(sounds("lemon"), heard("lead generation"))
    assert not swallows(heard("lead generation"), sounds("legion"))


def test_a_floor_ends_the_search_early() -> None:
    assert similarity(sounds("calls"), sounds("coast"), 0.9) == 0.0
    assert distance("kolz", "windo", 1.0) == float("inf")


ROUNDING = 1e-9
_SOUNDS = st.text("iaeou@YWpbtdkgfvszSZCJTmnNlrwyh", max_size=12)


@given(_SOUNDS, _SOUNDS)
def test_distance_is_symmetric_and_zero_only_for_equals(a: str, b: str) -> None:
    assert distance(a, b) == pytest.approx(distance(b, a))
    assert (distance(a, b) == 0) == (a == b)
    assert 0.0 <= similarity(a, b) <= 1.0


@given(_SOUNDS, _SOUNDS, st.floats(0.0, 1.0))
def test_a_floor_hides_no_likeness_above_it(a: str, b: str, floor: float) -> None:
    likeness = similarity(a, b)
    assert similarity(a, b, floor) in ({likeness} if likeness > floor + ROUNDING else {likeness, 0.0})


@given(st.text(max_size=20))
def test_any_text_has_sounds(word: str) -> None:
    assert isinstance(sounds(word), str)
