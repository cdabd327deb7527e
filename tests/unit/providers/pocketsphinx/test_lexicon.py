"""Pronunciations: known words, abbreviations, compounds, spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.pocketsphinx.lexicon import Lexicon, pronounce_phrase, split_phrase
from providers.pocketsphinx.phonemes import LETTERS, sound_out, spell_out

KNOWN = {
    "check": ("CH EH K",),
    "trade": ("T R EY D",),
    "book": ("B UH K",),
    "face": ("F EY S",),
    "the": ("DH AH", "DH IY"),
    "seo": ("S IY OW",),
    "eye": ("AY",),
}
LEXICON = Lexicon(lambda word: KNOWN.get(word, ()))
_VOWELS = ("AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW")
_CONSONANTS = (
    *("B", "CH", "D", "DH", "F", "G", "HH", "JH", "K", "L", "M", "N"),
    *("NG", "P", "R", "S", "SH", "T", "TH", "V", "W", "Y", "Z", "ZH"),
)
PHONEMES = {*_VOWELS, *_CONSONANTS}


@pytest.mark.parametrize(
    ("word", "sounds"),
    [
        ("The", ("DH AH", "DH IY")),
        ("PPC", ("P IY P IY S IY",)),
        ("crm", ("S IY AA R EH M",)),
        ("SEO", ("EH S IY OW", "S IY OW")),
        ("uPVC", ("Y UW P IY V IY S IY",)),
        ("Q", ("K Y UW",)),
        ("42", ()),
        ("", ()),
    ],
)
def test_known_words_and_abbreviations(word: str, sounds: tuple[str, ...]) -> None:
    assert LEXICON.pronounce(word) == sounds


@pytest.mark.parametrize(
    ("word", "first"),
    [("Checkatrade", "CH EH K AH T R EY D"), ("Facebook", "F EY S B UH K"), ("tradebook", "T R EY D B UH K")],
)
def test_compounds_sound_as_their_parts(word: str, first: str) -> None:
    assert LEXICON.pronounce(word)[0] == first


def test_known_words_take_endings() -> None:
    assert LEXICON.pronounce("tradeshire")[0] == "T R EY D SH ER"
    assert LEXICON.pronounce("bookings")[0] == "B UH K IH NG Z"


@pytest.mark.parametrize(
    ("word", "sounds"),
    [
        ("lumen", "L UW M EH N"),
        ("zapier", "Z EY P IH ER"),
        ("parley", "P AA R L IY"),
        ("quintation", "K W IH N T EY SH AH N"),
        ("cellophane", "S EH L AA F EY N"),
        ("berkshire", "B ER K SH ER"),
    ],
)
def test_unknown_words_sound_as_they_are_spelled(word: str, sounds: str) -> None:
    assert sound_out(word) == sounds


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=15))
def test_every_word_of_letters_can_be_said_in_known_phonemes(word: str) -> None:
    for sounds in (sound_out(word), spell_out(word), *LEXICON.pronounce(word)):
        assert set(sounds.split()) <= PHONEMES
    assert spell_out(word).split()
    assert set(LETTERS) == set("abcdefghijklmnopqrstuvwxyz")


@given(st.text(max_size=20))
def test_no_phrase_is_an_error(phrase: str) -> None:
    for sounds in pronounce_phrase(LEXICON, phrase):
        assert set(sounds.split()) <= PHONEMES


def test_a_phrase_is_said_word_by_word_in_two_ways_at_most() -> None:
    assert split_phrase("Response-Eye-Q, the/one") == ["Response", "Eye", "Q", "the", "one"]
    assert pronounce_phrase(LEXICON, "check the book") == ("CH EH K DH AH B UH K", "CH EH K DH IY B UH K")


@pytest.mark.parametrize("phrase", ["", "--", "20 to 50 people", "日本 trade"])
def test_a_phrase_that_cannot_be_said_has_no_pronunciation(phrase: str) -> None:
    assert pronounce_phrase(LEXICON, phrase) == ()
