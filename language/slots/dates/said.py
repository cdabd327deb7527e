"""The days that a caller names, read by the call's clock."""

from collections.abc import Iterator
from datetime import datetime

from language.slots.ages import without_ages
from language.slots.corrections import repaired, standing
from language.slots.dates.figures import FIGURES
from language.slots.dates.links import RANGE, linked
from language.slots.dates.month import EXPECTED, MONTH_DAYS
from language.slots.dates.named import NAMED
from language.slots.dates.reading import DateRule, Day, InvalidDate, SpokenDate, placed
from language.slots.dates.relative import EXPECTED_WEEKDAY, RELATIVE
from language.slots.hindi import HINDI_DAYS
from language.slots.words import longest, plain, requoted

__all__ = ["InvalidDate", "SpokenDate", "dates"]

_ALWAYS = (*FIGURES, *NAMED, *MONTH_DAYS, *RELATIVE, *HINDI_DAYS)
_ASKED = (*EXPECTED, EXPECTED_WEEKDAY)


def dates(
    text: str, now: datetime, *, expects: bool = False, day_first: bool = True
) -> tuple[SpokenDate | InvalidDate, ...]:
    """Find the days that a text names, in order; what the caller took back or denied is left out.

    `now` is the call's clock in the zone that the days are meant in. A day without a year is the next one;
    days that went by are returned as such. `expects` says that a day was asked for, so that a bare "7th" or
    "Wed" names one. `day_first` reads "3/4" as 3 April. A day that no calendar has is an InvalidDate, never a guess.
    """
    said, clock = without_ages(plain(text)), Day(now.date(), day_first)
    found, bare = longest(_found(said, clock, _ALWAYS)), longest(_found(said, clock, _ASKED))
    found = bare if expects and not found else repaired(said, found, bare, also=RANGE)
    return tuple(requoted(text, standing(said, linked(said, found))))


def _found(text: str, clock: Day, rules: tuple[DateRule, ...]) -> Iterator[SpokenDate | InvalidDate]:
    for rule in rules:
        for found in rule.pattern.finditer(text):
            if reading := rule.read(found, clock):
                yield placed(found, reading)
