"""Tokens keep their place, and fold what does not tell words apart."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.tokens import tokens


def texts_of(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@given(st.text())
def test_every_token_stands_where_it_says(text: str) -> None:
    found = tokens(text)
    assert all(text[token.start : token.end] == token.text for token in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@given(st.text())
def test_no_letter_or_digit_is_left_out(text: str) -> None:
    covered = {place for token in tokens(text) for place in range(token.start, token.end)}
    assert all(place in covered for place, letter in enumerate(text) if letter.isalnum())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("... !?", []),
        ("don't, it’s O'Neill's", ["don't", "it’s", "O'Neill's"]),
        ("'quoted' th- I", ["quoted", "th", "I"]),
        ("£1,200.50 50k 21st 1,2", ["1,200.50", "50k", "21st", "1", "2"]),
        ("twenty-five 10:30 a_b", ["twenty", "five", "10", "30", "a", "b"]),
        ("2\u200b5", ["2\u200b5"]),
    ],
)
def test_splits(text: str, expected: list[str]) -> None:
    assert texts_of(text) == expected


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Don’t", "don't"),
        ("CAFÉ", "cafe"),
        ("cafe\u0301", "cafe"),
        ("２５", "25"),
        ("2\u200b5", "25"),
        ("Straße", "strasse"),
    ],
)
def test_folds(word: str, folded: str) -> None:
    assert [token.folded for token in tokens(word)] == [folded]
