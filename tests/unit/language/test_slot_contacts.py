"""Addresses and telephone numbers, said and spelt, come out as they are written or as a finding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.slots.email import InvalidEmail, SpokenEmail, emails
from language.slots.phone import ImpossiblePhone, SpokenPhone, phones

WORDS = st.sampled_from(["priya", "sharma", "ravi", "kumar", "clinic", "bob"])
DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@pytest.mark.parametrize(
    ("text", "address", "certain"),
    [
        ("priya dot sharma at gmail dot com", "priya.sharma@gmail.com", True),
        ("my email is p r i y a underscore s at yahoo dot co dot in", "priya_s@yahoo.co.in", True),
        (
            "it's john dot smith nineteen eighty six at hotmail dot com all lower case",
            "john.smith1986@hotmail.com",
            True,
        ),
        ("send it to ravi 99 at the rate gmail dot com thanks", "ravi99@gmail.com", True),
        ("P-R-I-Y-A at g mail dot com", "priya@gmail.com", True),
        ("B for Bravo O B at outlook dot com", "bob@outlook.com", True),
        ("Priya.Sharma@gmail.com.", "priya.sharma@gmail.com", True),
        ("bob double four at gmail dot com", "bob44@gmail.com", True),
        ("priya sharma at gmail dot com", "priyasharma@gmail.com", False),
        ("tom@gmail.com, no sorry, tim@gmail.com", "tim@gmail.com", True),
        ("rakesh kumar at the rate gmail com", "rakeshkumar@gmail.com", False),
        ("priya dot sharma at rediff mail com", "priya.sharma@rediffmail.com", False),
        ("raj at yahoo co in", "raj@yahoo.co.in", False),
        ("Suresh Patel suresh.patel@gmail.com", "suresh.patel@gmail.com", True),
        ("suresh patel@gmail.com", "sureshpatel@gmail.com", False),
    ],
)
def test_an_address_is_written_as_it_was_said(text: str, address: str, certain: bool) -> None:
    (found,) = emails(text)
    assert isinstance(found, SpokenEmail)
    assert (found.value, found.certain) == (address, certain)


@pytest.mark.parametrize("text", ["priya at gmail", "a dot dot b at gmail dot com"])
def test_a_bad_address_is_a_finding(text: str) -> None:
    (found,) = emails(text)
    assert isinstance(found, InvalidEmail)
    assert found.sentence.endswith(".")


@pytest.mark.parametrize(
    "text",
    ["come at 5 pm", "meet me at the clinic dot", "rated 3.9 or more at a 4.0 rated", "noon", "see you at the com"],
)
def test_other_places_are_no_addresses(text: str) -> None:
    assert emails(text) == ()


@given(local=st.lists(WORDS, min_size=1, max_size=3), host=WORDS, number=st.integers(0, 99) | st.none())
def test_a_dotted_address_comes_back_from_its_spoken_form(local: list[str], host: str, number: int | None) -> None:
    tail = "" if number is None else f" {number}"
    written = ".".join(local) + tail.strip() + f"@{host}.com"
    (found,) = emails(f"it is {' dot '.join(local)}{tail} at {host} dot com please")
    assert isinstance(found, SpokenEmail)
    assert found.value == written


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("nine eight double four triple seven two one zero", "+919844777210"),
        ("my number is 98450 12345", "+919845012345"),
        ("call me on nine eight four five, oh one two, three four five", "+919845012345"),
        ("plus 44 20 7946 0018", "+442079460018"),
        ("91 98450 12345", "+919845012345"),
        ("98450 12345, no sorry, 98450 12346", "+919845012346"),
    ],
)
def test_a_number_is_written_in_e164(text: str, number: str) -> None:
    (found,) = phones(text)
    assert isinstance(found, SpokenPhone)
    assert found.value == number


def test_the_region_is_that_of_the_caller() -> None:
    (found,) = phones("020 7946 0018", region="GB")
    assert isinstance(found, SpokenPhone)
    assert found.value == "+442079460018"


def test_an_impossible_number_is_a_finding_once_it_is_said_to_be_one() -> None:
    (found,) = phones("my mobile is one two three four five six seven")
    assert isinstance(found, ImpossiblePhone)
    assert found.sentence == "1 2 3 4 5 6 7 is not a telephone number that can be called."
    (long,) = phones("my number is " + "1 " * 20)
    assert isinstance(long, ImpossiblePhone)
    assert "too many" in long.sentence


@pytest.mark.parametrize("text", ["I was born on 12 3 1990", "call me a cab to 1532 20th Street", "four hundred", ""])
def test_other_figures_are_no_number(text: str) -> None:
    assert phones(text) == ()


@given(rest=st.text(alphabet="0123456789", min_size=9, max_size=9))
def test_spoken_digits_and_figures_are_one_number(rest: str) -> None:
    spoken, written = phones(" ".join(DIGITS[int(digit)] for digit in f"9{rest}")), phones(f"9{rest}")
    assert [getattr(one, "value", None) for one in spoken] == [getattr(one, "value", None) for one in written]


@given(text=st.text(alphabet="ab @.-_+,12 dotat", max_size=40))
def test_any_text_is_read_and_quoted_from_its_place(text: str) -> None:
    for found in (*emails(text), *phones(text, asked=True)):
        assert text[found.start : found.end] == found.quote
