"""Words and how they are pronounced: the recogniser's own dictionary, and guesses for what it lacks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path

from providers.pocketsphinx.phonemes import SUFFIXES, sound_out, spell_out

_VOWELS = frozenset("aeiouy")
_SHORTEST_PART = 4
_JOINTS = {"": "", "a": " AH", "o": " OW", "n": " N"}

Lookup = Callable[[str], tuple[str, ...]]
"""A dictionary: pronunciations of a lower-case word, the usual one first, none for an unknown word."""


@dataclass(frozen=True)
class Lexicon:
    """Pronunciations in ARPAbet of any word written in the letters a to z."""

    lookup: Lookup

    def pronounce(self, word: str) -> tuple[str, ...]:
        """Say how a word may sound, the likeliest first; nothing for what has no letters a to z.

        A short word in capitals, or one without a vowel, may be read letter by letter. A word that the dictionary
        lacks is sounded as a known word with an ending, as two known words in one, or by its spelling.
        """
        plain = word.lower()
        letters = "".join(letter for letter in plain if "a" <= letter <= "z")
        if not letters:
            return ()
        spelled = (spell_out(letters),) if _is_abbreviation(word, letters) else ()
        known = self.lookup(plain) or self.lookup(letters)
        if known or spelled:
            return tuple(dict.fromkeys((*spelled, *known)))
        if len(letters) == 1:
            return (spell_out(letters),)
        guesses = (self._derive(letters), self._compose(letters), sound_out(letters))
        return tuple(dict.fromkeys(guess for guess in guesses if guess))[:2]

    def _derive(self, word: str) -> str | None:
        """Take a known word with an unstressed ending: gloucester-shire, upsell-ing."""
        for ending, sounds in SUFFIXES.items():
            stem = self.lookup(word.removesuffix(ending)) if word.endswith(ending) else ()
            if stem:
                return f"{stem[0]} {sounds}"
        return None

    def _compose(self, word: str) -> str | None:
        """Split a compound into two known words, perhaps with a joining letter, the first as long as can be."""
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            first = self.lookup(word[:cut])
            for joint, sound in _JOINTS.items() if first else ():
                rest = word[cut:].removeprefix(joint)
                second = self.lookup(rest) if word.startswith(joint, cut) and len(rest) >= _SHORTEST_PART else ()
                if second:
                    return f"{first[0]}{sound} {second[0]}"
        return None


def split_phrase(phrase: str) -> list[str]:
    """Take a phrase's words apart, at spaces, hyphens, dots and slashes."""
    return [word for word in re.split(r"[\s\-./_&,]+", phrase) if any(letter.isalnum() for letter in word)]


def pronounce_phrase(lexicon: Lexicon, phrase: str) -> tuple[str, ...]:
    """Say a phrase as its words one after the other; nothing if one of them cannot be said, as digits cannot.

    Of a phrase the first word that has two pronunciations brings both, the others their usual one.
    """
    words = [lexicon.pronounce(word) for word in split_phrase(phrase)]
    if not words or not all(words) or any(letter.isdigit() for letter in phrase):
        return ()
    usual = [sounds[0] for sounds in words]
    varied = next((at for at, sounds in enumerate(words) if len(sounds) > 1), 0)
    return tuple(" ".join([*usual[:varied], sound, *usual[varied + 1 :]]) for sound in words[varied][:2])


def _is_abbreviation(word: str, letters: str) -> bool:
    capitals = sum(letter.isupper() for letter in word)
    return len(letters) > 1 and (not _VOWELS & set(letters) or (len(letters) <= 5 and capitals > len(letters) / 2))


def open_dictionary(path: Path) -> Lookup:
    """Map a CMU dictionary file (`word SOUNDS` and `word(2) SOUNDS` lines) into memory and look words up in place."""
    with path.open("rb") as file:
        text = mmap(file.fileno(), 0, access=ACCESS_READ)

    @lru_cache(maxsize=4096)
    def lookup(word: str) -> tuple[str, ...]:
        spellings = [word, *(f"{word}({number})" for number in range(2, 6))]
        found = []
        for spelling in spellings:
            start = text.find(b"\n%s " % spelling.encode())
            if start < 0:
                break
            end = text.find(b"\n", start + 1)
            found.append(text[start + len(spelling.encode()) + 2 : end if end >= 0 else len(text)].decode().strip())
        return tuple(found)

    return lookup
