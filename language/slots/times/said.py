"""The times of day that a caller names."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from language.slots.ages import without_ages
from language.slots.corrections import repaired, standing
from language.slots.dates.calendar import compiled
from language.slots.hindi import HINDI_TIMES
from language.slots.times.reading import STRETCHES, PartOfDay, SpokenTime, time_on_face
from language.slots.times.rules import EXPECTED_RULES, PARTS, TIME_RULES, Face, TimeRule, part_after
from language.slots.words import COUNT, count_of, longest, plain, requoted

__all__ = ["PartOfDay", "SpokenTime", "times"]

_HINDI_PARTS = "subah|savere|dopahar|shaam|raat"
_PART_WORDS = compiled(rf"\b(?:morning|afternoon|evening|tonight|night|lunch|breakfast|dinner|{_HINDI_PARTS})\b")
_STRETCH = compiled(
    rf"\b(?:morning|afternoon|evening|tonight|{_HINDI_PARTS}|(?:(?<=\bat )|(?<=tomorrow )|(?<=day ))night)\b"
)
"""The parts that stand for themselves; a meal or a night's stay is none."""
_ABOUT = compiled(r"\b(?:about|around|roughly|approximately|some ?time|close to)\s*$")
_FROM_NOW = compiled(rf"\bin (?:about )?(?P<count>half an|an?|{COUNT}) (?P<unit>hours?|minutes?|mins?)\b(?:'s? time)?")
_GREETING = compiled(r"\bgood $")


def times(
    text: str,
    now: datetime,
    *,
    part_of_day: PartOfDay | None = None,
    opening: tuple[time, time] | None = None,
    expects: bool = False,
) -> tuple[SpokenTime, ...]:
    """Find the times of day that a text names, in order; what the caller took back or denied is left out.

    An hour's half of the day is told by "pm" or "in the evening" after it, by the only part of the day that the text
    names, by `part_of_day` of earlier turns, or by the `opening` hours; else the time is ambiguous. `now` is what "in
    half an hour" is counted from. `expects` says that a time was asked for, so that a bare "seven" names one. A part
    of the day without an hour is a stretch.
    """
    said = without_ages(plain(text))
    named = {PARTS[word.group().lower()] for word in _PART_WORDS.finditer(said) if not _greets(said, word)}
    part = next(iter(named)) if len(named) == 1 else None if named else part_of_day
    found = longest([*_found(said, part, opening, (*TIME_RULES, *HINDI_TIMES)), *_counted(said, now)])
    bare = longest(_found(said, part, opening, EXPECTED_RULES))
    found = bare if expects and not found else repaired(said, found, bare)
    return tuple(requoted(text, standing(said, found or list(_stretches(said)))))


def _greets(said: str, word: re.Match[str]) -> bool:
    return _GREETING.search(said, 0, word.start()) is not None


def _found(
    said: str, part: PartOfDay | None, opening: tuple[time, time] | None, rules: Sequence[TimeRule]
) -> Iterator[SpokenTime]:
    for rule in rules:
        for found in rule.pattern.finditer(said):
            face = rule.read(found)
            if face is not None:
                yield _placed(found, face, part_after(found) or part, opening)


def _placed(found: re.Match[str], face: Face, part: PartOfDay | None, opening: tuple[time, time] | None) -> SpokenTime:
    about = bool(found.groupdict().get("ish") or _ABOUT.search(found.string, 0, found.start()))
    value, ambiguous = time(face.hour, face.minute), False
    if not face.exact:
        value, ambiguous = time_on_face(face.hour, face.minute, part, opening)
    return SpokenTime(value, found.group(), *found.span(), ambiguous=ambiguous, about=about)


def _counted(said: str, now: datetime) -> Iterator[SpokenTime]:
    """Times counted from now: "in half an hour", "in 45 minutes"; none that would be of another day."""
    for found in _FROM_NOW.finditer(said):
        words = found["count"].lower()
        minutes = 30 if words.startswith("half") else count_of(words) if words not in {"a", "an"} else 1
        minutes *= 60 if found["unit"].lower().startswith("hour") and not words.startswith("half") else 1
        later = (now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
        if later.date() == now.date():
            yield SpokenTime(later.time(), found.group(), *found.span(), about=True)


def _stretches(said: str) -> Iterator[SpokenTime]:
    """The parts of the day that stand for themselves: "in the morning", "tomorrow afternoon"."""
    for word in _STRETCH.finditer(said):
        if not _greets(said, word):
            first, last = STRETCHES[PARTS[word.group().lower()]]
            yield SpokenTime(first, word.group(), *word.span(), about=True, until=last)
