"""What is spoken has no markdown in it, and ends in time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.spoken.voice_text import count_words, shortened, voice_text
from tests.unit.language.growth import takes_its_length


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Plain words stay.", "Plain words stay."),
        ("**Great!** It is *really* good.", "Great! It is really good."),
        ("__Yes__, _truly_ ~~not~~ so", "Yes, truly not so"),
        ("## Times", "Times"),
        ("- 10:00 AM", "10:00 AM"),
        ("* Monday", "Monday"),
        ("> quoted", "quoted"),
        ("Use `this` code.", "Use this code."),
        ("See [our page](https://x.example/a) now.", "See our page now."),
        ("![logo](a.png) Hello", "logo Hello"),
        ("| Day | Time |", "Day Time"),
        ("Hello 😀👍🏽!", "Hello!"),
        ("*smiles* Hello", "Hello"),
        ("Sure [laughs] why not", "Sure why not"),
        ("Well (sighs) fine", "Well fine"),
        ("Agent: Hello there.", "Hello there."),
        ('"Hello there."', "Hello there."),
        ("“Hello there.”", "Hello there."),
        ('He said "hello" and "bye".', 'He said "hello" and "bye".'),
        ("<b>Hello</b><br/>you", "Hello you"),
        ("john_doe@mail.example and x_y", "john_doe@mail.example and x_y"),
        ("It is 20 °C, that is 5 < 6 & 3+4=7.", "It is 20 °C, that is 5 < 6 & 3+4=7."),
        ("£20, $5 or €7", "£20, $5 or €7"),
        ("Dr. Müller, naïve, नमस्ते।", "Dr. Müller, naïve, नमस्ते।"),
        ("a\x00b\u200bc", "abc"),
        ("---", ""),
        ("```", ""),
        ("😀", ""),
        ("", ""),
    ],
)
def test_words_stay_and_marks_go(text: str, spoken: str) -> None:
    assert voice_text(text) == spoken


@given(st.text(max_size=200))
def test_it_is_done_at_once_and_has_no_marks(text: str) -> None:
    spoken = voice_text(text)
    assert not set(spoken) & set("*`|\n\x00")
    assert spoken == spoken.strip()


@pytest.mark.parametrize("piece", ["[", "![", "[a](", "[a ", "*", "(laughs ", "<a", "\n "])
def test_a_hostile_text_takes_no_more_than_its_length(piece: str) -> None:
    assert takes_its_length(voice_text, piece)


def test_what_is_too_long_ends_at_a_clause() -> None:
    text = "One two three four, five six seven eight, nine ten eleven"
    assert shortened(text, 11) == text
    assert shortened(text, 9) == "One two three four, five six seven eight."
    assert shortened("word " * 90, 60) == " ".join(["word"] * 60) + "."
    assert count_words(shortened("a, " * 100, 60)) <= 60
