"""Numbers in speech: figures and number words, each with its value.

The words of a text become a string of roles, one letter each (number_words.py), and the grammar of
spoken English numbers is a regular expression over that string.

Decisions: "one" after a determiner ("that one", "no one") is a pronoun and no number; "second" is an
ordinal only where an ordinal can stand, else a unit of time; "a couple" and "hundreds" are vague
and have no value; signs, currencies and "%" do not change a value; "10:30" is 10 and 30.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from language.number_words import Part, figures, part_of
from language.tokens import Token, tokens, word_set


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A number where it stands: `text == source[start:end]`.

    `digits` are the figures as they were said, piece by piece ("nineteen", "eighty six" -> 19, 86;
    "double oh seven" -> 00, 7), empty for fractions.
    """

    start: int
    end: int
    text: str
    value: Decimal
    digits: tuple[str, ...] = field(default=(), compare=False, repr=False)


_TENS = r"(?>[YT]d|[YTtyd])"
_HUNDREDS = rf"(?:(?:{_TENS}|N|ha?|a)?H(?:&{_TENS}(?!H)|{_TENS}(?![Hdzo]))?)"
_FRACTION = rf"(?:(?:{_HUNDREDS}|{_TENS}|[Nzo])\.(?:[dzo]+|[YT]d?|[ty]|N)|(?:{_HUNDREDS}|{_TENS}|N)&a[hq])"
_FACTOR = rf"(?:{_FRACTION}|{_HUNDREDS}|{_TENS}|N|ha?|aq|qa?|a)"
_REST = rf"(?:,?&?{_HUNDREDS}(?![KMB])|&?{_TENS}(?![HKMB.]))?"
_THOUSANDS = rf"{_FACTOR}?K{_REST}"
_MILLIONS = rf"{_FACTOR}?M(?:,?&?{_FACTOR}K)?{_REST}"
_BILLIONS = rf"{_FACTOR}?B(?:,?&?{_FACTOR}M)?(?:,?&?{_FACTOR}K)?{_REST}"
_ORDINAL = rf"(?:(?:{_TENS}|N|a)?H&?)?(?:[YT]f|[fg])"
_DOZENS = rf"(?:{_TENS}|N|ha?|a)?c"
_YEAR = r"[yY](?:[YT]d?|[yt]|od)"
_RUN = r"(?:[dzo]*[xX][dzo](?:[xX]?[dzo])*|[dzo]{3,}|[zo]+[dz])"
_NUMBER = re.compile(
    rf"(?=[^wa|,&.]|a[HKMBcq])(?:(?P<joined>(?:{_YEAR}|{_RUN})(?![HKMBc.]))"
    rf"|{_BILLIONS}|{_MILLIONS}|{_THOUSANDS}|{_ORDINAL}|{_DOZENS}|{_FRACTION}|{_HUNDREDS}|{_TENS}|[Nzhq])"
)
_SOFT_GAP = " \t\r\n\u00a0-‐‑"
_DIGIT = re.compile(r"\d")
_OTHER = Part("w", Decimal(0), "")
_REPEATS = {"x": 2, "X": 3}
_SCALES = "KMB"
_LONGEST = 30

_BEFORE_PRONOUN = word_set(
    "another any each either every last neither next no only other right same some that the these this "
    "those what which wrong good big new old"
)
_BEFORE_ORDINAL = word_set(
    "the my our your his her their its this that every each and or on january february march april may june "
    "july august september october november december"
)
_AFTER_QUARTER = word_set("past to of till after before")
_BEFORE_VAGUE = word_set("few several couple of many some")


def numbers_in(text: str) -> tuple[NumberSpan, ...]:
    """Find the numbers of a text, in order, written in digits or in words, each with its value."""
    return numbers_of(text, tokens(text))


def numbers_of(text: str, words: Sequence[Token]) -> tuple[NumberSpan, ...]:
    """As numbers_in, for a text whose tokens are at hand."""
    parts = [part_of(word) or _OTHER for word in words]
    found = [] if text.isascii() and not _DIGIT.search(text) else _mixed(text, words, parts)
    if any(part is not _OTHER and part.role not in "&.a" for part in parts):
        found += _spoken(text, words, parts)
    return tuple(sorted(found, key=lambda span: span.start))


def _mixed(text: str, words: Sequence[Token], parts: Sequence[Part]) -> list[NumberSpan]:
    return [
        NumberSpan(at.start, at.end, text[at.start : at.end], at.value, (at.digits,) if at.digits else ())
        for word, part in zip(words, parts, strict=True)
        if part is _OTHER and not (word.text.isascii() and word.text.isalpha())
        for at in figures(word)
    ]


def _spoken(text: str, words: Sequence[Token], parts: Sequence[Part]) -> list[NumberSpan]:
    roles, places = _roles(text, words, parts)
    spans = []
    for found in _NUMBER.finditer(roles):
        first, last = places[found.start()], places[found.end() - 1]
        said = parts[first : last + 1]
        if not _is_quantity(words, parts, first, last):
            continue
        start, end = words[first].start, words[last].end
        digits = _joined(said) if found["joined"] else ()
        value = Decimal("".join(digits)) if digits else _sum(said)
        spans.append(NumberSpan(start, end, text[start:end], value, digits or _figures(said, value)))
    return spans


def _roles(text: str, words: Sequence[Token], parts: Sequence[Part]) -> tuple[str, list[int]]:
    """Spell the roles; a comma between words is a comma, any other mark between them a bar."""
    roles, places, before = [], [], _OTHER
    for place, part in enumerate(parts):
        if part is not _OTHER and before is not _OTHER:
            gap = text[words[place - 1].end : words[place].start].strip(_SOFT_GAP)
            if gap:
                roles.append("," if gap == "," else "|")
                places.append(place)
        roles.append(part.role)
        places.append(place)
        before = part
    return "".join(roles), places


def _is_quantity(words: Sequence[Token], parts: Sequence[Part], first: int, last: int) -> bool:
    """Tell a number from a word that only looks like one, by its neighbours."""
    before = words[first - 1].folded if first else ""
    if first != last:
        return True
    match words[first].folded:
        case "one":
            return before not in _BEFORE_PRONOUN and parts[first - 1 if first else 0].role not in "fg"
        case "second":
            return before in _BEFORE_ORDINAL
        case "quarter":
            return last + 1 < len(words) and words[last + 1].folded in _AFTER_QUARTER
    return parts[first].role not in "HKMBc" or before not in _BEFORE_VAGUE


def _sum(said: Sequence[Part]) -> Decimal:
    """Add up a number said in groups: "two hundred and fifty", "three and a half thousand", "two point five"."""
    if len(said) == 1:
        return said[0].value
    total = group = Decimal(0)
    fraction: str | None = None
    for part in said:
        if part.role in _SCALES or part.role in "Hc":
            group = (_with_fraction(group, fraction) or 1) * part.value
            fraction = None
        if part.role in _SCALES:
            total, group = total + group, Decimal(0)
        elif part.role == ".":
            fraction = ""
        elif fraction is not None:
            fraction += part.digits
        elif part.role not in "Hc":
            group += part.value
    return total + _with_fraction(group, fraction)


def _with_fraction(whole: Decimal, fraction: str | None) -> Decimal:
    return whole + Decimal(f"0.{fraction}") if fraction else whole


def _joined(said: Sequence[Part]) -> tuple[str, ...]:
    """The figures of a number said figure by figure: "double oh seven", "nineteen eighty six"."""
    digits: list[str] = []
    times = 1
    for at, part in enumerate(said):
        if part.role in _REPEATS:
            times = _REPEATS[part.role]
        elif part.role == "d" and at and said[at - 1].role in "YT":
            digits[-1] = digits[-1][:-1] + part.digits
        else:
            digits.append(part.digits * times)
            times = 1
    return tuple(digits)


def _figures(said: Sequence[Part], value: Decimal) -> tuple[str, ...]:
    if len(said) == 1:
        return (said[0].digits,) if said[0].digits.isdigit() else ()
    return (str(int(value)),) if value.adjusted() < _LONGEST and value == int(value) else ()
