"""How sentences are said: every kind of figure and sign."""

from decimal import Decimal

import pytest

from language.numbers import numbers_in
from language.spoken.form import spoken
from language.spoken.numbers import cardinal, ordinal
from tests.unit.language.growth import takes_its_length


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("It is $45.", "It is forty-five dollars."),
        ("$1,200.50", "one thousand two hundred dollars and fifty cents"),
        ("$1.01", "one dollar and one cent"),
        ("$0.99", "ninety-nine cents"),
        ("-$5", "minus five dollars"),
        ("$2.5M", "two point five million dollars"),
        ("$5-$10", "five to ten dollars"),
        ("$5/month", "five dollars per month"),
        ("₹1,50,000", "one lakh fifty thousand rupees"),
        ("Rs. 500.50", "five hundred rupees and fifty paise"),
        ("₹2.5 lakh", "two point five lakh rupees"),
        ("INR 15000000", "one five zero, zero zero zero, zero zero rupees"),
        ("€20 or 20 EUR", "twenty euros or twenty euros"),
        ("£3.01", "three pounds and one penny"),
    ],
)
def test_money(written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("March 15, 2026", "March fifteenth, twenty twenty-six"),
        ("on 5 Jan 2005", "on January fifth, two thousand five"),
        ("the 1st of May", "the May first"),
        ("2026-03-15", "March fifteenth, twenty twenty-six"),
        ("2026-03-15T14:30", "March fifteenth, twenty twenty-six, fourteen thirty"),
        ("Mar 15-17", "March fifteenth to seventeenth"),
        ("3/4/2026", "March fourth, twenty twenty-six"),
        ("25/3/26", "March twenty-fifth, twenty twenty-six"),
        ("since 1999", "since nineteen ninety-nine"),
        ("the 1990s", "the nineteen nineties"),
        ("2019-2024", "twenty nineteen to twenty twenty-four"),
        ("Mon-Fri", "Monday to Friday"),
        ("at 3:30 PM.", "at three thirty P M."),
        ("at 3 p.m.", "at three P M."),
        ("10:05 a.m. today", "ten oh five A M today"),
        ("9:00", "nine o'clock"),
        ("9am-5pm", "nine A M to five P M"),
        ("10:00-14:30", "ten o'clock to fourteen thirty"),
        ("3.30pm", "three thirty P M"),
    ],
)
def test_dates_and_times(written: str, said: str) -> None:
    assert spoken(written) == said


def test_the_region_decides_which_number_is_the_day() -> None:
    assert spoken("3/4/2026", "en-US") == "March fourth, twenty twenty-six"
    assert spoken("3/4/2026", "en-GB") == "April third, twenty twenty-six"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("(415) 555-0123", "four one five, five five five, zero one two three"),
        ("+1 415-555-0123", "plus one, four one five, five five five, zero one two three"),
        ("4155550123", "four one five, five five five, zero one two three"),
        ("14155550123", "one, four one five, five five five, zero one two three"),
        ("+91 98765 43210", "plus nine one, nine eight seven six five, four three two one zero"),
        ("1-800-555-0199", "one, eight zero zero, five five five, zero one nine nine"),
        ("555-0123", "five five five, zero one two three"),
        ("1234 5678 9012", "one two three four, five six seven eight, nine zero one two"),
        ("123-45-6789", "one two three, four five, six seven eight nine"),
        ("Your code is 4821.", "Your code is four eight two one."),
        ("room 204", "room two zero four"),
        ("order number 55512", "order number five five five one two"),
        ("ref 0042", "ref zero zero four two"),
        ("B3J 1K5", "B three J one K five"),
        ("j.smith@gmail.com", "j dot smith at gmail dot com"),
        ("anna_92@mail.co.uk.", "anna underscore nine two at mail dot co dot uk."),
        ("https://www.example.com/a-b/", "example dot com slash a dash b"),
        ("see example.com, please", "see example dot com, please"),
    ],
)
def test_numbers_to_dial_and_addresses(written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("5%", "five percent"),
        ("10–15 %", "ten to fifteen percent"),
        ("the 21st", "the twenty-first"),
        ("5-10 minutes", "five to ten minutes"),
        ("-5 °C", "minus five degrees Celsius"),
        ("1 kg, 2.5 kg", "one kilogram, two point five kilograms"),
        ("60 km/h", "sixty kilometers per hour"),
        ("3 sq ft", "three square feet"),
        ("5'10\" tall", "five feet ten inches tall"),
        ("30 mins", "thirty minutes"),
        ("1/2 cup", "one half cup"),
        ("2½ hours", "two and one half hours"),
        ("3/4 and 2/3", "three quarters and two thirds"),
        ("24/7", "twenty-four seven"),
        ("1,234,567.89", "one million two hundred thirty-four thousand five hundred sixty-seven point eight nine"),
        ("version 3.11.7", "version three point eleven point seven"),
        ("16:9", "sixteen to nine"),
        ("MP3", "M P three"),
        ("5 + 3 = 8", "five plus three equals eight"),
    ],
)
def test_amounts(written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Dr. Lee and Mrs. Hall", "Doctor Lee and Missus Hall"),
        ("5 Main St. or St. Mary's", "five Main Street or Saint Mary's"),
        ("e.g. this, i.e. that, etc.", "for example, this, that is, that, et cetera."),
        ("approx. No. 5", "approximately number five"),
        ("Q&A w/o slides, and/or he/she", "Q and A without slides, and or he or she"),
        ("the U.S. team", "the U S team"),
        ("Ask for Acme Inc. Thanks.", "Ask for Acme Incorporated. Thanks."),
    ],
)
def test_abbreviations(written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("**Bold**, *slanted*, `code`, ~~gone~~", "Bold, slanted, code, gone"),
        ("# Heading", "Heading"),
        ("- first\n- second", "first, second"),
        ("see [the page](https://x.y/z)", "see the page"),
        ("<b>yes</b>", "yes"),
        ("great 🙂 ✅ :-)", "great"),
        ("1️⃣ thing", "one thing"),
        ("well… maybe (or not) — fine", "well, maybe, or not, fine"),
        ("snake_case", "snake case"),
        ("wait... (really)", "wait, really"),
        ("so...", "so."),
    ],
)
def test_markup_and_emoji_are_not_said(written: str, said: str) -> None:
    assert spoken(written) == said


def test_another_language_keeps_its_figures_and_loses_its_markup() -> None:
    assert spoken("**Es kostet** 5 Euro 🙂", "de-DE") == "Es kostet 5 Euro"


def test_large_numbers() -> None:
    assert cardinal(15_000_000, indian=True) == "one crore fifty lakh"
    assert cardinal(999_999_999_999_999).startswith("nine hundred ninety-nine trillion ")
    assert ordinal(112) == "one hundred twelfth"
    assert [span.value for span in numbers_in(cardinal(1_205_007))] == [Decimal(1_205_007)]


@pytest.mark.parametrize("piece", ["a", "1", "1,", "1-", "[a](", "<a ", "a@", "a.", " ", "\n", "$1-", "room ", "1 "])
def test_a_hostile_text_takes_no_more_than_its_length(piece: str) -> None:
    assert takes_its_length(spoken, piece)
