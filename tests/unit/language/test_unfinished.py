"""Sentences that go on, answers that are whole, and digits in the midst of being spelt."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.spelling import is_spelling
from language.unfinished import is_short_answer, is_unfinished
from tests.unit.language.growth import takes_its_length

GOES_ON = [
    "my number is", "My number is.", "the reference code is", "and", "um", "I would like to", "let me see",
    "let me check that for you", "it's", "my name is", "john dot", "because", "I want an appointment with",
    "my wife and", "one moment", "just a second", "hold on", "could you", "yes, and", "The address is",
    "I'm calling about my", "so", "give me a second", "I come from", "yes,",
    "the thing is", "well, I...", "I want a–", "double", "it is for the",
    "I was thinking that we could but", "uh", "do you",
]  # fmt: skip

ENDS = [
    "yes", "yes it is", "what's your name", "I don't want to", "what is it for?", "I think so", "come in", "go on",
    "I don't know what the problem is", "that's what I was looking for", "that's who it is from.", "okay then",
    "kind of", "uh-uh", "nuh uh", "tomorrow at three", "I was born in 1985", "thank you", "no I can't",
    "I don't know where it is", "can you?", "it should be", "I do", "what time is it",
    "I'd love to.", "book it", "", "?", "4155551212",
]  # fmt: skip

WHOLE_ANSWERS = [
    "yes", "Yes.", "no", "No, thanks.", "yes please", "that's right", "That is correct.", "yes I do", "okay",
    "Yeah, sure.", "not really", "no, I don't", "no problem", "I think so", "sounds good", "go ahead", "uh-huh", "nope",
]  # fmt: skip

NO_WHOLE_ANSWERS = [
    "",
    "yes and",
    "yes I would like",
    "tomorrow",
    "no my",
    "yes but",
    "two",
    "well",
    "yes, um",
    "I do not",
]

SPELT = [
    "four one five", "J O H N", "415 555", "double seven three", "J-O-H-N", "J. O. H.", "my zip is 94 110", "41555",
    "415-555", "my number is oh seven double nine", "S M I T H", "b as in bravo, q", "it's 4 1 5", "four one five five",
    "zero seven nine one one one two three four five", "capital J o h n",
]  # fmt: skip

NOT_SPELT = [
    "3 p.m.", "at 10:30", "the U.S.", "two", "I have two", "4155551212", "12 November", "in 1985", "5,000",
    "four one five five five five one two one two", "1 415 555 1212", "12/05/1990", "07911 123456", "twenty one",
    "no one", "no", "vitamin c", "I", "a", "", "john at gmail dot com", "I stayed at the hotel",
]  # fmt: skip


@pytest.mark.parametrize("text", GOES_ON)
def test_a_sentence_that_goes_on_is_unfinished(text: str) -> None:
    assert is_unfinished(text)
    assert not is_short_answer(text)


@pytest.mark.parametrize("text", ENDS)
def test_a_sentence_that_may_be_over_is_not(text: str) -> None:
    assert not is_unfinished(text)


@pytest.mark.parametrize("text", WHOLE_ANSWERS)
def test_a_short_answer_is_whole(text: str) -> None:
    assert is_short_answer(text)
    assert not is_spelling(text)


@pytest.mark.parametrize("text", NO_WHOLE_ANSWERS)
def test_other_words_are_no_short_answer(text: str) -> None:
    assert not is_short_answer(text)


@pytest.mark.parametrize("text", SPELT)
def test_digits_and_letters_one_by_one_are_spelling(text: str) -> None:
    assert is_spelling(text)
    assert not is_short_answer(text)


@pytest.mark.parametrize("text", NOT_SPELT)
def test_a_time_a_date_an_amount_or_a_whole_number_is_not(text: str) -> None:
    assert not is_spelling(text)


@given(st.integers(2, 9), st.lists(st.integers(0, 9), min_size=9, max_size=9))
def test_a_telephone_number_is_awaited_to_its_last_digit(first: int, rest: list[int]) -> None:
    names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    said = [names[digit] for digit in (first, *rest)]
    assert all(is_spelling(" ".join(said[:count])) for count in range(2, 10))
    assert not is_spelling(" ".join(said))


@given(st.text(max_size=300))
def test_any_text_has_an_answer(text: str) -> None:
    assert not (is_short_answer(text) and is_unfinished(text))
    assert is_spelling(text) in {True, False}


@pytest.mark.parametrize("piece", ["no thanks ", "number ", "1 ", "let me see ", "x"])
@pytest.mark.parametrize("judge", [is_short_answer, is_unfinished, is_spelling])
def test_no_text_takes_more_than_its_length(judge: Callable[[str], bool], piece: str) -> None:
    assert takes_its_length(judge, piece)
