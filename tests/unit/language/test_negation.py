"""Negation: which words deny, and whether two texts deny the same."""

import pytest

from language.negation import Change, negations_in, polarity_change


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we don't sell", ["don't"]),
        ("we don’t, dont, cannot", ["don’t", "dont", "cannot"]),
        ("not now, never, without you", ["not", "never", "without"]),
        ("no no we do", ["no no"]),
        ("fifty no wait sixty", []),
        ("Tuesday, no, I mean Wednesday", []),
        ("no sorry we are closed", ["no"]),
        ("flat No. 5", []),
        ("know nothing about notes", ["nothing"]),
        ("", []),
    ],
)
def test_negations(text: str, expected: list[str]) -> None:
    assert [found.text for found in negations_in(text)] == expected
    assert all(text[found.start : found.end] == found.text for found in negations_in(text))


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("we don't sell", "we sell", Change.DROPPED),
        ("we sell", "we never sell", Change.ADDED),
        ("we do not sell", "we don't sell", None),
        ("no no", "No.", None),
    ],
)
def test_polarity(before: str, after: str, change: Change | None) -> None:
    assert polarity_change(before, after) is change


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we hardly ever stopped", ["hardly", "stopped"]),
        ("we used to use google", ["used to"]),
        ("I'm used to it, we use to-do lists", []),
        ("anything but google", ["anything but"]),
        ("unhappy, not understood, until we unite", ["unhappy", "not"]),
        ("they refuse, lack and fail", ["refuse", "lack", "fail"]),
    ],
)
def test_words_whose_meaning_denies(text: str, expected: list[str]) -> None:
    assert [found.text for found in negations_in(text)] == expected


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("we stopped using google", "we use google", Change.DROPPED),
        ("we use google", "we barely use google", Change.ADDED),
        ("we hardly use google", "we don't really use google", None),
    ],
)
def test_polarity_by_meaning(before: str, after: str, change: Change | None) -> None:
    assert polarity_change(before, after) is change
