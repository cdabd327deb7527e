"""Masking: whoever and whatever a call names is replaced by the same invention throughout, and by nothing else."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.masking.figures import figures_in, invented_figures
from evals.masking.invented import Mask


def _masked(texts: Sequence[str], kept: Sequence[str] = ("PPC", "Google")) -> list[str]:
    mask = Mask(kept)
    for text in texts:
        mask.learn(text)
    return [str(mask(text)) for text in texts]


def test_the_same_person_is_the_same_invention_throughout() -> None:
    said = ["Hello, my name is Orla Tate.", "Thanks, Orla.", "it's orla", "Orla's boss is Tate too.", "O-R-L-A."]
    told = _masked(said)
    assert told == [
        "Hello, my name is Odalys Fenwick.",
        "Thanks, Odalys.",
        "it's odalys",
        "Odalys's boss is Fenwick too.",
        "O-D-A-L-Y-S.",
    ]


def test_an_invented_name_is_nobody_of_the_call() -> None:
    (told,) = _masked(["My name is Odalys Marlowe."])
    assert "Odalys" not in told
    assert "Marlowe" not in told


def test_addresses_and_numbers_are_the_same_spoken_and_written() -> None:
    spoken, written, number, again = _masked(
        [
            "it's orla dot tate at quill dot co dot uk",
            "Write to orla.tate@quill.co.uk please.",
            "oh seven nine double one, one two three four five six",
            "Ring 07911 123456.",
        ]
    )
    assert spoken == "it's caller 1 at example dot com"
    assert written == "Write to caller1@example.com please."
    assert number == "seven three zero five one eight two nine four six seven"
    assert again == "Ring 73051 829467."


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("It's ninety eight twelve thirty four fifty six.", "It's seven three zero five one eight two nine."),
        ("forty two forty two forty two forty two", "seven three zero five one eight two nine"),
        ("four one five six one zero seventy fifty four", "seven three zero five one eight two nine four six"),
        ("oh, one, four, five, two, call me", "seven three zero five one, call me"),
        ("nine eight um double four seven", "seven three zero five one"),
        ("seven hundred nine hundred one two three", "seven three zero five one eight two nine four"),
        ("07700.900123", "73051.829467"),
        ("+44 7700 900 one two three", "+44 7773 051 829"),
    ],
)
def test_a_number_is_masked_in_whatever_pieces_it_is_said(said: str, told: str) -> None:
    assert _masked([said]) == [told]


def test_a_number_said_in_pairs_is_the_one_that_is_written() -> None:
    assert _masked(["ninety eight twelve thirty four", "Ring 981234."])[1] == "Ring 730518."


@pytest.mark.parametrize(
    "said",
    [
        "We get about fifty calls and 1,200 visits a month from PPC.",
        "Come on Monday 18 November at half past nine.",
        "I'd say we mark them up, and Google does the rest.",
        "Between twenty and thirty.",
        "Our turnover is two hundred and fifty thousand, or a million.",
        "On the twenty third, ten thirty.",
        "1,200 - 1,500 visits",
    ],
)
def test_amounts_days_and_words_of_the_business_stay(said: str) -> None:
    assert _masked([said]) == [said]


@given(st.text(alphabet="0123456789 -", min_size=5, max_size=30))
def test_a_written_number_keeps_its_form(said: str) -> None:
    for start, end, figures in figures_in(said):
        told = invented_figures(said[start:end], 0)
        assert [mark.isdigit() for mark in told] == [mark.isdigit() for mark in said[start:end]]
        assert len(figures) >= 5


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_words_can_be_masked(texts: list[str]) -> None:
    assert len(_masked(texts)) == len(texts)


def test_plain_data_is_masked_in_every_place() -> None:
    mask = Mask(())
    mask.learn("My name is Orla.")
    assert mask({"name": "Orla", "list": ["Orla", 3, None]}) == {"name": "Odalys", "list": ["Odalys", 3, None]}
