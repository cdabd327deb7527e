"""Signs of listening against answers and interruptions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.back_channel import is_back_channel

LISTENING = [
    "uh-huh", "Uh huh.", "mm-hmm", "Mm.", "mhm", "hmm", "okay", "OK.", "Okay, right.", "right", "yeah", "yeah I see",
    "yeah yeah yeah", "yes", "yep", "oh really?", "Really?", "got it", "gotcha", "I see", "oh", "ah okay", "wow",
    "thank you", "oh okay then", "sounds good", "that's very good", "all right", "alright then", "sure", "go on",
    "makes sense", "okay, got it, thanks", "um okay", "well okay", "fair enough", "no problem", "I'm listening",
]  # fmt: skip

MEANT_FOR_US = [
    "no", "stop", "wait", "okay but", "okay so", "okay and", "right now", "hello", "hello?", "what", "what?", "okay?",
    "right?", "hm?", "uh-uh", "nuh uh", "yes please book it", "hold on", "yeah no", "I have a question", "sorry",
    "sorry?", "can I", "actually", "not really", "thank you bye", "okay stop", "good morning", "right there", "and",
    "two", "Tuesday", "yes yes yes yes yes yes yes yes yes",
]  # fmt: skip

ANSWERS = ["yes", "yeah", "uh-huh", "mm-hmm", "okay", "sure", "right", "I see", "that's good", "no", "two", "thank you"]

THINKING = ["um", "uh", "er", "hmm", "um uh", "well", "so um"]


@pytest.mark.parametrize("words", LISTENING)
def test_a_sign_of_listening_does_not_interrupt(words: str) -> None:
    assert is_back_channel(words, question_open=False)


@pytest.mark.parametrize("words", MEANT_FOR_US)
def test_what_is_meant_for_us_does(words: str) -> None:
    assert not is_back_channel(words, question_open=False)
    assert not is_back_channel(words, question_open=True)


@pytest.mark.parametrize("words", ANSWERS)
def test_after_our_question_it_is_an_answer(words: str) -> None:
    assert not is_back_channel(words, question_open=True)


@pytest.mark.parametrize("words", THINKING)
def test_whoever_only_hesitates_has_not_answered(words: str) -> None:
    assert is_back_channel(words, question_open=True)


@pytest.mark.parametrize("words", ["", "   ", "...", "?"])
def test_no_words_are_no_sign(words: str) -> None:
    assert not is_back_channel(words, question_open=False)
    assert not is_back_channel(words, question_open=True)


@given(st.text(max_size=300), st.booleans())
def test_any_text_has_an_answer(words: str, question_open: bool) -> None:
    assert is_back_channel(words, question_open) in {True, False}


@given(
    st.sampled_from(LISTENING), st.sampled_from(["I want to cancel", "what time is it", "no stop", "my name is Ann"])
)
def test_real_words_are_heard_behind_a_sign_of_listening(sign: str, words: str) -> None:
    assert not is_back_channel(f"{sign} {words}", question_open=False)


@pytest.mark.parametrize("words", ["m" * 80, "m hm " * 15 + "x", "e" * 79 + "x", "yes " * 8 + "x", "uh" * 40])
def test_no_text_takes_long(words: str) -> None:  # what doubles with each letter runs into the limit of a test
    assert is_back_channel(words, question_open=False) == (set(words) == {"m"})
