"""Names: words outside the list of common English, and capitals in mid-sentence."""

import pytest

from language.names import names_in, stem
from language.words import is_word, load_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We use Google", ["Google"]),
        ("we use checkatrade and ppc", ["checkatrade", "ppc"]),
        ("We sell windows. They open.", []),
        ("I think I'm fine", []),
        ("and Grace called on Monday", ["Grace", "Monday"]),
        ("I saw Mr. Grace", ["Mr", "Grace"]),
        ("the Twenty first at 3.5 or 21st", []),
        ("we'll see the dog's websites, erm, okay", []),
        ("the B3J road", ["B3J"]),
        ("uhhh let me see, ummm, Grace", ["Grace"]),
        ("for guests Is there any? at The Grand", ["Grand"]),
        ("and then Will called in May", ["Will", "May"]),
        ("", []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    found = names_in(text)
    assert [name.text for name in found] == expected
    assert all(text[name.start : name.end] == name.text for name in found)


@pytest.mark.parametrize(
    ("word", "other"), [("windows", "window"), ("scott's", "scott"), ("companies", "company"), ("o'neill's", "oneill")]
)
def test_forms_of_a_name_share_their_stem(word: str, other: str) -> None:
    assert stem(word) == stem(other)


def test_a_double_s_is_no_plural() -> None:
    assert stem("glass") == "glass"


def test_the_word_list_is_lower_case_and_loaded_once() -> None:
    words = load_words()
    assert words is load_words()
    assert len(words) > 60_000
    assert all(word == word.lower() and word.isascii() for word in words)


@pytest.mark.parametrize("word", ["the", "appointments", "don't", "we'll", "dont", "colour", "color", "yeah", "wifi"])
def test_everyday_words_are_known(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("word", ["google", "monday", "august", "ppc", "figh", "q", "pm"])
def test_names_and_garble_are_not(word: str) -> None:
    assert not is_word(word)
