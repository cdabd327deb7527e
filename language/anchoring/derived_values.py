"""Values that a pure function makes of words that were said, and where a text states one of them."""

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date, time
from enum import StrEnum
from typing import NamedTuple


class Rule(StrEnum):
    """How a value was derived from words."""

    DATE = "date"
    TIME = "time"
    PHONE = "phone"
    EMAIL = "email"
    OPTION = "option"


class Derivation(NamedTuple):
    """A value in its one written form, the rule that gave it and the words that it was made of."""

    value: str
    rule: Rule
    quote: str


_DATE = re.compile(r"(?<![\w-])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9-])")
_TIME = re.compile(r"(?<![\w:])([01]?[0-9]|2[0-3]):([0-5][0-9])(?::00)?(?: ?([AaPp])\.?[Mm]\b\.?)?(?![\w:])")
_ADDRESS = re.compile(r"(?<![\w@.+-])[\w.+-]+@\w[\w-]*(?:\.\w[\w-]*)+")
_NOON = 12


def derived_wholes(text: str, derived: Collection[Derivation]) -> tuple[tuple[int, int], ...]:
    """Where a text states derived values: a whole ISO date, a time of day in either notation, a whole other value."""
    return tuple(_derived_wholes(text, {(one.rule, one.value) for one in derived})) if derived else ()


def other_wholes(text: str, derived: Collection[Derivation]) -> tuple[tuple[int, int], ...]:
    """The ISO dates of a text, once a date was derived, that are none of the derived; times and addresses likewise."""
    found = []
    for rule, pattern, written in _WHOLES:
        values = {one.value for one in derived if one.rule is rule}
        found += [one.span() for one in pattern.finditer(text) if values and written(one) not in values]
    return tuple(found)


def written_date(day: date) -> str:
    """A day as derivations write it: "2027-03-04"."""
    return day.isoformat()


def written_time(at: time) -> str:
    """A time of day as derivations write it: "16:30"."""
    return f"{at:%H:%M}"


def _derived_wholes(text: str, known: Collection[tuple[Rule, str]]) -> Iterator[tuple[int, int]]:
    for rule, pattern, written in ((Rule.DATE, _DATE, _as_it_is), (Rule.TIME, _TIME, _on_the_clock)):
        yield from (found.span() for found in pattern.finditer(text) if (rule, written(found)) in known)
    for value in (value for rule, value in known if rule not in {Rule.DATE, Rule.TIME}):
        for found in re.finditer(rf"(?<![\w@.+-]){re.escape(value)}(?![\w@-]|\.\w)", text, re.IGNORECASE):
            yield found.span()


def _on_the_clock(found: re.Match[str]) -> str:
    """ "4:30 PM" as "16:30"."""
    hour = int(found[1])
    if found[3]:
        hour = hour % _NOON + (_NOON if found[3].lower() == "p" else 0)
    return f"{hour:02}:{found[2]}"


def _as_it_is(found: re.Match[str]) -> str:
    return found.group().lower()


_WHOLES: tuple[tuple[Rule, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (Rule.DATE, _DATE, _as_it_is),
    (Rule.TIME, _TIME, _on_the_clock),
    (Rule.EMAIL, _ADDRESS, _as_it_is),
)
