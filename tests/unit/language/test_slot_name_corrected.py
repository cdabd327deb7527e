"""A name that is put right in the same breath is the one that stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.slots.names.given import names

FIRST = st.sampled_from(["Tom", "Priya", "Asha", "Stephen", "Odalys", "Rahul"])
CUES = st.sampled_from([", sorry, ", ", no, ", ", I mean ", ", no wait, ", " - actually it's ", ". Sorry, "])


def given_name(text: str, *, asked: bool = True) -> tuple[str | None, str | None]:
    (name,) = names(text, asked=asked)
    assert text[name.start : name.end] == name.quote
    return name.first, name.last


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My name is Tom, sorry, Tim.", ("Tim", None)),
        ("my name is tom sorry tim", ("Tim", None)),
        ("Tom, no, Tim.", ("Tim", None)),
        ("Asha Mehra, sorry, Menon.", ("Asha", "Menon")),
        ("Clara Hobson, no, Klara", ("Klara", "Hobson")),
        ("It's Elsie, no wait, Elise Marlowe.", ("Elise", "Marlowe")),
        ("My name is Priya Sharma. Sorry, Priya Verma.", ("Priya", "Verma")),
        ("My name is Anna, actually it's Hannah.", ("Hannah", None)),
        ("Rita, Rita Bell", ("Rita", "Bell")),
        ("It's Ryan, not Brian. Ryan Fernandes.", ("Ryan", "Fernandes")),
        ("It's Ryan, not Brian.", ("Ryan", None)),
        ("Not Brian, Ryan.", ("Ryan", None)),
        ("No, it's Sharma with an S H.", ("Sharma", None)),
        ("Kate with a K", ("Kate", None)),
        ("Bruno", ("Bruno", None)),
    ],
)
def test_the_last_word_on_a_name_counts(text: str, name: tuple[str | None, str | None]) -> None:
    assert given_name(text) == name


@given(FIRST, CUES, FIRST)
def test_whatever_takes_it_back(wrong: str, cue: str, right: str) -> None:
    assert given_name(f"My name is {wrong}{cue}{right}.", asked=False) == (right, None)


@pytest.mark.parametrize(
    "text", ["My name is Tom, sorry, can you hear me?", "I'm Tom. Sorry, bad line.", "Tom, no rush"]
)
def test_what_else_follows_an_apology_is_no_name(text: str) -> None:
    assert given_name(text) == ("Tom", None)
