"""Numbers in words, one phrase one number, so that two ways of writing one are the same.

Each longest stretch of number words is one number. Units follow tens ("eighty six"), scales multiply what stands before
them, an ordinal ends a number, and what does not fit is put beside: "nineteen eighty six" is 19 and 86, so 1986.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from language.slots.dates.calendar import MONTH_NAMES

Span = tuple[str, int, int]

_FIRST = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_UNITS = {word: value for value, word in enumerate(_FIRST.split())}
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * value for value, word in enumerate(_TENS_WORDS.split(), start=2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS = {word: value for value, word in enumerate(_ORDINAL_WORDS.split(), start=1)} | {"thirtieth": 30}
_MONTHS = frozenset(month.lower() for month in MONTH_NAMES)
_ROUND = frozenset(_TENS.values())


def number_spans(words: Sequence[str]) -> list[Span]:
    """The numbers of some words as figures, each with the places where it begins and ends."""
    spans: list[Span] = []
    at = 0
    while at < len(words):
        if not _begins(words, at):
            at += 1
            continue
        phrase = _Phrase()
        end = at
        while end < len(words) and phrase.takes(words, end):
            end += 1
        spans.append((phrase.figures, at, end))
        at = end
    return spans


def _begins(words: Sequence[str], at: int) -> bool:
    """Whether a number begins here; "one" and "second" count only beside another."""
    word, before = words[at], words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if not _is_number(word) or word in _SCALES:
        return False
    if word == "second":
        return _is_number(before) or before in _MONTHS
    return word != "one" or _is_number(after) or after == "oh" or _is_number(before)


def _is_number(word: str) -> bool:
    return word.isdigit() or any(word in known for known in (_UNITS, _TENS, _SCALES, _ORDINALS))


def _value(word: str) -> int:
    known = {"oh": 0} | _UNITS | _TENS | _ORDINALS
    return known[word] if word in known else int(word)


@dataclass
class _Phrase:
    """A number so far: figures that are settled, the part that may still grow, and what scales have made."""

    settled: list[str] = field(default_factory=list)
    part: int | None = None
    total: int = 0
    scaled: bool = False

    @property
    def figures(self) -> str:
        """The number as figures."""
        if self.scaled:
            return "".join([*self.settled, str(self.total + (self.part or 0))])
        return "".join([*self.settled, *([] if self.part is None else [str(self.part)])])

    def takes(self, words: Sequence[str], at: int) -> bool:
        """Take a word if it goes on with the number, and say whether it does."""
        word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
        if word in _ORDINALS and not self._ends_in(_ORDINALS[word]):
            return False
        if word == "and" and self.scaled and _is_number(after) and after not in _SCALES:
            return True
        if word in _SCALES:
            self._scale(_SCALES[word])
            return True
        if not (_is_number(word) or (word == "oh" and _is_number(after))):
            return False
        self._add(_value(word))
        return True

    def _ends_in(self, ordinal: int) -> bool:
        """Whether an ordinal ends this number: "twenty first", "hundred and first"; else it is another one."""
        if self.part is None and not self.scaled:
            return True
        tail = (self.part or 0) % 100
        return (tail in _ROUND and ordinal < 10) or (self.scaled and tail == 0)

    def _scale(self, scale: int) -> None:
        self.scaled = True
        base = 1 if self.part is None else self.part
        if scale == _SCALES["hundred"]:
            self.part = base * scale
        else:
            self.total += base * scale
            self.part = None

    def _add(self, value: int) -> None:
        if self.scaled:
            self.part = (self.part or 0) + value
        elif self.part is None:
            self.part = value
        elif self.part in _ROUND and 0 < value < 10:
            self.part += value
        else:
            self.settled.append(str(self.part))
            self.part = value
