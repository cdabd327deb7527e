"""Postcodes as callers spell them: "E H one two oh five", "golf 9 8 hotel romeo", "five six zero zero zero one".

United Kingdom: area, district, sector, unit, by the public format (BS 7666: the areas in use, and inward letters
without C I K M O V); United States: five digits, perhaps four more; India: six digits, the first not 0.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from language.slots.dates.calendar import compiled
from language.slots.spelling import NATO, TIMES, example_length
from language.tokens import Token, tokens, word_set

_AREAS = word_set(
    "ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec eh en ex fk fy "
    "g gl "
    "gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll ln ls lu m me mk ml n ne ng nn np nr nw "
    "ol ox "
    "pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf "
    "wn wr "
    "ws wv yo ze"
)
_SHAPES = {
    "GB": re.compile(r"([a-z]{1,2})([0-9][0-9a-z]?)([0-9][abd-hjlnp-uw-z]{2})"),
    "US": re.compile(r"([0-9]{5})([0-9]{4})?"),
    "IN": re.compile(r"[1-9][0-9]{5}"),
}
_SOUNDS = {
    "oscar": "o0", "zero": "0", "nought": "0", "oh": "0o", "o": "o0", "one": "1", "won": "1", "two": "2", "to": "2",
    "too": "2", "three": "3",
    "tree": "3", "four": "4", "for": "4", "fore": "4", "five": "5", "v": "v5", "six": "6", "seven": "7", "eight": "8",
    "ate": "8", "nine": "9", "i": "i1", "x": "x", "ii": "2", "iii": "3", "iv": "4",
    "ay": "a", "hey": "a", "eh": "a", "bee": "b", "be": "b", "see": "c", "sea": "c", "cee": "c", "dee": "d",
    "eff": "f", "gee": "g", "age": "h", "aitch": "h", "eye": "i1", "jay": "j", "kay": "k", "okay": "k", "ok": "k",
    "el": "l", "ell": "l", "al": "l", "em": "m", "am": "m", "en": "n", "and": "n", "an": "n", "pea": "p", "pee": "p",
    "queue": "q", "cue": "q", "are": "r", "our": "r", "ar": "r", "ess": "s", "yes": "s", "tea": "t", "tee": "t",
    "you": "u",
    "vee": "v", "ex": "x", "why": "y", "zed": "z", "zedd": "z", "zee": "z", "that": "z", "said": "z", "set": "z",
    "xray": "x",
}  # fmt: skip
"""What a word can stand for in a code, one sign each, the likelier first."""
_SILENT = word_set("is it's its it the my and a space then capital um uh so yeah yes ok postcode code plus ray")
_CUE = compiled(r"\b(?:post(?:al)?|zip|pin) ?code\b(?:\W*(?:is|it's|would be|here is)\b)?")
_AND = str.maketrans("+&", "nn")
"""What recognisers make of the letter N between letters."""
_MOST, _LONGEST, _SEARCHED = 24, 16, 64
"""How many readings of one answer are followed, how many words may spell a code, in how many it is looked for."""


@dataclass(frozen=True, slots=True)
class SpokenPostcode:
    """A postcode in its written form: `text[start:end] == quote`; not `certain` where the words have two readings."""

    value: str
    quote: str
    start: int
    end: int
    certain: bool = True


def postcodes(text: str, *, country: str = "GB", asked: bool = False) -> tuple[SpokenPostcode, ...]:
    """Find the postcodes of a country ("GB", "US", "IN") that a text spells, in order.

    Codes of figures alone need the word "postcode" before them unless one was `asked` for. Raises KeyError for
    another country.
    """
    shape = _SHAPES[country]
    said = text.translate(_AND)
    words, cue = tokens(said), _CUE.search(said)
    first = next((place for place, word in enumerate(words) if cue and word.start >= cue.end()), 0)
    if not (cue or asked or country == "GB"):
        return ()
    found = _longest_run(words, first, shape, whole=asked or cue is not None)
    if found is None:
        return ()
    codes, start, end = found
    span = words[start].start, words[end - 1].end
    return (SpokenPostcode(_written(codes[0], shape), text[slice(*span)], *span, certain=len(codes) == 1),)


def _longest_run(
    words: Sequence[Token], first: int, shape: re.Pattern[str], *, whole: bool
) -> tuple[list[str], int, int] | None:
    """The first words in a row that spell a code, with the readings of it that have the shape."""
    for start in range(first, min(len(words), first + _SEARCHED)):
        for end in range(min(len(words), start + _LONGEST), start, -1):
            codes = _codes(words[start:end], shape)
            if codes:
                return codes, start, end
        if whole and words[start].folded not in _SILENT:
            return None
    return None


def _codes(words: Sequence[Token], shape: re.Pattern[str]) -> list[str]:
    """The readings of some words that have the shape of a code, the likelier first."""
    readings = [""]
    for options in _options(words):
        if not options:
            return []
        readings = [head + sign for sign in options for head in readings if len(head) + len(sign) <= 9][:_MOST]
    return list(dict.fromkeys(code for code in readings if _fits(code, shape)))


def _fits(code: str, shape: re.Pattern[str]) -> bool:
    found = shape.fullmatch(code)
    return found is not None and (shape is not _SHAPES["GB"] or found[1] in _AREAS)


def _options(words: Sequence[Token]) -> Iterator[Sequence[str]]:
    """What each word in turn can stand for; nothing where one cannot be of a code."""
    times, after_example = 1, 0
    for place, word in enumerate(words):
        if place < after_example:
            continue
        if word.folded in TIMES and place + 1 < len(words):
            times = TIMES[word.folded]
            continue
        after_example = place + 1 + example_length(words, place, word.folded) if len(word.folded) == 1 else 0
        options = [sign * times for sign in _signs(word)]
        if place and word.folded in _SILENT and times == 1:
            options = [*options, ""]
        yield options
        times = 1


def _signs(word: Token) -> Sequence[str]:
    if word.folded in _SOUNDS:
        return _SOUNDS[word.folded]
    if word.folded in NATO:
        return NATO[word.folded]
    code = word.folded if re.fullmatch(r"[0-9a-z]{1,4}[0-9][0-9a-z]*|[0-9][0-9a-z]*|[a-z]{1,3}", word.folded) else ""
    return (code,) if len(code) == 1 or any(sign.isdecimal() for sign in code) or word.text.isupper() else ()


def _written(code: str, shape: re.Pattern[str]) -> str:
    found = shape.fullmatch(code)
    if shape is _SHAPES["GB"]:
        return f"{code[:-3]} {code[-3:]}".upper()
    return f"{found[1]}-{found[2]}" if found and found.lastindex == 2 else code
