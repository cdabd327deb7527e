"""When the first appointment can be, for a turn that asks for it: "as soon as possible", "the earliest there is"."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from language.anchoring.derived_values import Derivation, Rule, written_date, written_time
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.slots import FAR_DAYS, starts
from playbooks.hospital.wish.clock import SOONEST, Moments, moments_in


def firsts_in(said: str, clock: datetime) -> tuple[datetime, ...]:
    """When each doctor can first see somebody, within the part of the day or at the time that the turn names, in order.

    Nothing where the turn does not ask for the soonest. `clock` is the present.
    """
    if SOONEST.search(said) is None:
        return ()
    named = moments_in(said, None, clock)
    wanted = (_first(doctor, clock, named) for doctor in DIRECTORY.doctors)
    return tuple(sorted({first for first in wanted if first}))


def derived_firsts(said: str, clock: datetime) -> Iterator[Derivation]:
    """The days and times that asking for the soonest comes to."""
    if found := SOONEST.search(said):
        for first in firsts_in(said, clock):
            yield Derivation(written_date(first.date()), Rule.DATE, found.group())
            yield Derivation(written_time(first.time()), Rule.TIME, found.group())


def _first(doctor: str, now: datetime, named: Moments) -> datetime | None:
    days = (now.date() + timedelta(days=offset) for offset in range(FAR_DAYS + 1))
    for day in (day for day in days if day not in named.unwanted):
        for start in starts(DIRECTORY, day, DIRECTORY.hours_of(doctor, day), DIRECTORY.slot_minutes):
            if start > now and _suits(start.time(), named):
                return start
    return None


def _suits(at: time, named: Moments) -> bool:
    """Whether a time is one of those that were named, if any, and in the part of the day that was."""
    begins, ends = (named.part.value, named.part.until or time.max) if named.part else (time.min, time.max)
    return begins <= at < ends and (not named.times or at in [one.value for one in named.times])
