"""What a spoken time reads as: which half of the day an hour means, and what the parts of a day span."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

_NOON = 12
_FIRST_MORNING_HOUR = 7
"""Without any other sign an hour from here to eleven is of the morning, any other of the afternoon or evening."""


class PartOfDay(StrEnum):
    """A part of the day that hours belong to."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


STRETCHES = {
    PartOfDay.MORNING: (time(6), time(12)),
    PartOfDay.AFTERNOON: (time(12), time(17)),
    PartOfDay.EVENING: (time(17), time(21)),
    PartOfDay.NIGHT: (time(20), time(23, 59)),
}
"""From when to when a part of the day lasts."""
_EARLY_HOURS = {PartOfDay.MORNING: range(12), PartOfDay.NIGHT: range(5)}
"""Hours of the clock's face, twelve being 0, that lie in the first half of the day."""


@dataclass(frozen=True, slots=True)
class SpokenTime:
    """A time of day that was named: `text[start:end] == quote`.

    `ambiguous` where the hour may be of either half of the day; `about` where it was said to be roughly so;
    `until` is the end of a stretch ("the morning"), else None.
    """

    value: time
    quote: str
    start: int
    end: int
    ambiguous: bool = False
    about: bool = False
    until: time | None = None


def time_on_face(hour: int, minute: int, part: PartOfDay | None, hours: tuple[time, time] | None) -> tuple[time, bool]:
    """The time of an hour from 1 to 12, and whether the other half of the day may be meant as well.

    The part of the day decides, else the opening hours where they admit one half only.
    """
    early, late = time(hour % _NOON, minute), time(hour % _NOON + _NOON, minute)
    if part is not None:
        return (early if early.hour in _EARLY_HOURS.get(part, ()) else late), False
    if hours is not None:
        open_then = [one for one in (early, late) if hours[0] <= one <= hours[1]]
        if len(open_then) == 1:
            return open_then[0], False
    return (early if _FIRST_MORNING_HOUR <= early.hour < _NOON else late), True
