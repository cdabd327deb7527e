"""What holds for the spoken form of any text: no figure is left in it, and none is lost."""

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from language.numbers import numbers_in
from language.spoken.form import spoken
from language.spoken.numbers import cardinal, decimal, digits, ordinal, year

MARKUP = re.compile(r"[*_#`|<>\[\]{}~^\\]")
PLAIN_WORDS = ["hello", "there's", "a", "well-known", "plumber,", "please.", "Anna?", "Smith!"]
DIGIT_WORDS = {digits(str(figure)): str(figure) for figure in range(10)}


def figures_of(said: str) -> str:
    """The figures of words that name one each."""
    return "".join(DIGIT_WORDS[word] for word in re.findall(r"[a-z]+", said) if word in DIGIT_WORDS)


@given(st.text())
@example("٣ ２ ½ ⅐ Ⅶ ² ① 1\ufe0f\u20e3")
@example("1." * 50)
@example("൘ 𒑚 𑿀")
def test_no_text_keeps_a_figure_or_markup(text: str) -> None:
    said = spoken(text)
    assert not [sign for sign in said if unicodedata.category(sign) in {"Nd", "Nl", "No"}]
    assert MARKUP.search(said) is None
    assert said == said.strip()


@given(st.text(alphabet="0123456789 .,:;-/$%&@+()ab'\"#*\n", max_size=60))
def test_every_row_of_figures_leaves_words(text: str) -> None:
    assert bool(re.search("[0-9]", text)) <= bool(re.search("[a-z]{2}", spoken(text)))


@given(st.lists(st.sampled_from(PLAIN_WORDS), min_size=1))
def test_plain_words_stay(words: list[str]) -> None:
    text = " ".join(words)
    assert spoken(text) == text
    assert spoken(spoken(text)) == text


@given(st.text(alphabet="0123456789", min_size=7, max_size=40))
def test_a_long_row_of_figures_is_said_figure_by_figure(figures: str) -> None:
    assert figures_of(spoken(figures)) == figures


@given(st.from_regex(r"(\+[1-9][0-9]{0,2} )?(\([2-9][0-9]{2}\)|[2-9][0-9]{2}) [0-9]{3}[-. ][0-9]{4}", fullmatch=True))
def test_a_telephone_number_keeps_every_figure(number: str) -> None:
    assert figures_of(spoken(f"Call {number} today.")) == re.sub(r"\D", "", number)


@given(st.from_regex(r"[a-z]{1,8}[0-9]{1,6}@[a-z]{2,8}[0-9]{0,2}\.com", fullmatch=True))
def test_an_email_address_keeps_every_figure(address: str) -> None:
    said = spoken(f"Is it {address}?")
    assert figures_of(said) == re.sub(r"\D", "", address)
    assert said.endswith(" dot com?")


@given(st.integers(0, 999_999))
def test_an_amount_is_read_back_as_itself(value: int) -> None:
    for written in (str(value), f"{value:,}"):
        said = spoken(f"There are {written} of them.")
        assert [span.value for span in numbers_in(said)] == [value]


@given(st.integers(0, 999), st.integers(1, 99))
def test_a_sum_keeps_dollars_and_cents(dollars: int, cents: int) -> None:
    values = [span.value for span in numbers_in(spoken(f"That is ${dollars}.{cents:02}."))]
    assert values == ([dollars] if dollars else []) + [cents]


@given(st.integers(0, 999), st.text(alphabet="0123456789", min_size=1, max_size=6))
def test_a_decimal_keeps_every_figure(whole: int, fraction: str) -> None:
    said = decimal(f"{whole}.{fraction}")
    before, _, after = said.partition(" point ")
    assert before == cardinal(whole)
    assert figures_of(after) == fraction


@given(st.integers(1, 12), st.integers(1, 28), st.integers(1990, 2039))
def test_a_date_keeps_its_day_and_year(month: int, day: int, its_year: int) -> None:
    said = spoken(f"{its_year}-{month:02}-{day:02}")
    assert f" {ordinal(day)}, {year(str(its_year))}" in said


@given(st.integers(1, 12), st.integers(0, 59), st.sampled_from(["AM", "p.m."]))
def test_a_time_keeps_its_hour_and_minute(hour: int, minute: int, half: str) -> None:
    said = spoken(f"at {hour}:{minute:02} {half} then")
    numbers = said.replace(" oh ", " ")
    assert cardinal(hour) in numbers
    assert minute == 0 or cardinal(minute) in numbers
