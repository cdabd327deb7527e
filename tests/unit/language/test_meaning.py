"""Same meaning: case, punctuation, fillers and repeats aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.meaning import same_meaning


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("um we we have fifty vans", "We have fifty vans."),
        ("I, uh, I don't I don't think so", "I don't think so"),
        ("It’s fine", "it's fine"),
        ("", "..."),
    ],
)
def test_same(a: str, b: str) -> None:
    assert same_meaning(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("fifty no sixty people", "sixty people"),
        ("we do sell", "we don't sell"),
        ("help with legion", "help with lead generation"),
        ("five five five", "five five"),
        ("yes", ""),
    ],
)
def test_not_the_same(a: str, b: str) -> None:
    assert not same_meaning(a, b)


@given(st.text(max_size=60), st.text(max_size=60))
def test_it_is_an_equivalence_on_spelling(a: str, b: str) -> None:
    assert same_meaning(a, a)
    assert same_meaning(a, b) == same_meaning(b, a)
