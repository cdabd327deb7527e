"""Negation: which words deny, and whether two texts deny the same."""

import pytest

from language.negation import negations_in


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
