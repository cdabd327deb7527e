"""A spoken day and time put together in a time zone, where the clock may be put forward or back in between."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class SkippedTime:
    """A time that the clock jumps over: what it would be before and after, and a sentence to say about it."""

    sentence: str
    earlier: datetime
    later: datetime


@dataclass(frozen=True, slots=True)
class RepeatedTime:
    """A time that comes twice, since the clock is put back: both, and a sentence to say about it."""

    sentence: str
    earlier: datetime
    later: datetime


def localise(day: date, at: time, zone: ZoneInfo) -> datetime | SkippedTime | RepeatedTime:
    """The moment of a day and time in a zone, or why there is none or two of them (PEP 495)."""
    first, second = (datetime.combine(day, at, zone).replace(fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == first.replace(tzinfo=None):
        return RepeatedTime(f"{at:%H:%M} comes twice that day, as the clock is put back.", first, second)
    earlier, later = sorted(one.astimezone(UTC).astimezone(zone) for one in (first, second))
    return SkippedTime(f"There is no {at:%H:%M} that day, as the clock is put forward.", earlier, later)
