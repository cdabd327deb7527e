"""Sentences leave a stream as soon as they are complete, and no earlier."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.sentences import SentenceStream, split_sentences


def pushed(text: str, step: int, long_words: int | None = None) -> list[str]:
    stream = SentenceStream(long_words)
    pieces = [text[at : at + step] for at in range(0, len(text), step)]
    return [sentence for piece in pieces for sentence in stream.push(piece)] + list(stream.flush())


@pytest.mark.parametrize(
    "sentences",
    [
        ["Hello.", "How can I help you?", "Fine!"],
        ["Dr. Rao is free.", "Mr. and Mrs. J. R. Smith too."],
        ["It costs 3.50 pounds.", "Or 4.", "Fine."],
        ["Write to jo.smith@mail.example.co.uk.", "Thanks."],
        ["See www.example.com for more.", "Bye."],
        ["Come at 10 a.m. on Tuesday.", "Or at 4 p.m.", "Both are free."],
        ["Is it No. 5 or ext. 12?", "No.", "I can't say."],
        ["We have tea, milk etc. for you.", "And cake, biscuits etc.", "Come!"],
        ["Well... let me see.", "Yes."],
        ["Really?!", "Yes!!", "Good..."],
        ['She said "yes."', "Then she left."],
        ["It is vitamin C.", "Take it daily."],
        ["It is plan A or B.", "Choose."],
        ["S. C. O. T. T. is the name.", "Thanks."],
        ["So do I.", "Good."],
        ["E.g. Monday or Tuesday.", "I.e. Soon."],
        ["1. Monday", "2. Tuesday", "- Friday"],
        ["**Great!**", "It is done."],
        ["नमस्ते।", "आप कैसे हैं?"],
        ["no capitals here. really none"],
    ],
)
@pytest.mark.parametrize("step", [1, 2, 7, 1000])
def test_what_ends_a_sentence_and_what_does_not(sentences: list[str], step: int) -> None:
    joined = "\n" if sentences[0].startswith("1.") else " "
    assert pushed(joined.join(sentences), step) == sentences


def test_a_sentence_leaves_with_the_first_letter_of_the_next() -> None:
    stream = SentenceStream()
    assert list(stream.push("It is on")) == []
    assert list(stream.push(" Monday.")) == []
    assert list(stream.push(" ")) == []
    assert list(stream.push("Or")) == ["It is on Monday."]
    assert list(stream.flush()) == ["Or"]


def test_a_line_ends_at_once() -> None:
    stream = SentenceStream()
    assert list(stream.push("- Monday\n")) == ["- Monday"]
    assert list(stream.flush()) == []


def test_a_long_opening_sentence_is_given_by_clauses() -> None:
    first = "As you asked for the earliest time on Tuesday with our heart doctor,"
    text = f"{first} I have looked at the calendar of the whole week. Shall I book it, or not?"
    parts = pushed(text, 4, long_words=20)
    assert parts[0] == first
    assert " ".join(parts) == text
    assert parts[2:] == ["Shall I book it, or not?"]


def test_a_long_sentence_without_clauses_stays_whole() -> None:
    text = "word " * 40 + "end."
    assert pushed(text, 3, long_words=20) == [text]


def test_nothing_is_no_sentence() -> None:
    assert split_sentences("") == split_sentences(" \n\n ") == []


@given(st.text(alphabet="ab AB1.,!?\n\"'()…", max_size=80), st.integers(1, 9))
def test_pieces_do_not_matter_and_no_letter_is_lost(text: str, step: int) -> None:
    whole = split_sentences(text)
    assert pushed(text, step) == whole
    assert " ".join(" ".join(whole).split()) == " ".join(text.split())


@given(st.text(alphabet="ab AB1.,;!? \n", max_size=200), st.integers(1, 30), st.integers(3, 12))
def test_pieces_do_not_matter_to_clauses_either(text: str, step: int, long_words: int) -> None:
    whole = pushed(text, len(text) or 1, long_words)
    assert pushed(text, step, long_words) == whole
    assert " ".join(" ".join(whole).split()) == " ".join(text.split())
