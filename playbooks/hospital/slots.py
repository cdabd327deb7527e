"""Slots: what can be booked at all, what is free, and what is nearest to what was asked for. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import nsmallest
from itertools import chain

from playbooks.hospital.directory import Directory, Hours
from playbooks.hospital.refusals import invalid

ENOUGH = 3
"""Alternatives that are offered, where there are so many."""
FAR_DAYS = 14
"""How many days after the wish are searched for them."""


@dataclass(frozen=True)
class Slot:
    """A doctor's time; `minutes` is how long it lasts."""

    doctor: str
    department: str
    begins: datetime
    minutes: int

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return self.begins + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Taken:
    """A doctor's time that somebody has."""

    doctor: str
    begins: datetime
    ends: datetime


def require_bookable(directory: Directory, slot: Slot, now: datetime) -> None:
    """Refuse a time that cannot be booked, whoever has it (ToolRefused with a sentence that can be said)."""
    day = slot.begins.date()
    if slot.begins <= now:
        raise invalid("That time has already passed. Which other day and time would suit you?")
    if day > now.date() + timedelta(days=directory.days_ahead):
        raise invalid(f"We book up to {directory.days_ahead} days ahead. Which earlier day would suit you?")
    if day in directory.holidays:
        raise invalid(
            f"We are closed on {said_day(day)} for {directory.holidays[day]}. Which other day would suit you?"
        )
    hours = directory.hours_of(slot.doctor, day)
    if not hours:
        raise invalid(f"{slot.doctor} does not see patients on {day:%A}s. Which other day would suit you?")
    if not fits(directory, slot):
        times = " and ".join(f"{said_time(begins)} to {said_time(ends)}" for begins, ends in hours)
        raise invalid(f"{slot.doctor} sees patients from {times} on {day:%A}s. Which time would suit you?")


def fits(directory: Directory, slot: Slot) -> bool:
    """Whether a slot lies within the hours of its doctor."""
    day = slot.begins.date()
    return any(
        directory.at(day, begins) <= slot.begins and slot.ends <= directory.at(day, ends)
        for begins, ends in directory.hours_of(slot.doctor, day)
    )


def conflicts_of(slot: Slot, taken: Iterable[Taken]) -> list[Taken]:
    """Find who has the doctor at that time."""
    return [
        other
        for other in taken
        if other.doctor == slot.doctor and other.begins < slot.ends and slot.begins < other.ends
    ]


def alternatives_to(directory: Directory, slot: Slot, taken: Iterable[Taken], now: datetime) -> list[Slot]:
    """Find the nearest free slots: the same doctor's first, then those of the department's other doctors."""
    busy = list(taken)
    own = nsmallest(ENOUGH, _free(directory, slot, slot.doctor, busy, now), key=lambda one: _distance(slot, one))
    others = (doctor.name for doctor in directory.doctors_of(slot.department) if doctor.name != slot.doctor)
    theirs = chain.from_iterable(_free(directory, slot, doctor, busy, now) for doctor in others)
    return own + nsmallest(max(ENOUGH - len(own), 1), theirs, key=lambda one: _distance(slot, one))


def searched(slot: Slot) -> tuple[datetime, datetime]:
    """The stretch of time in which alternatives are looked for."""
    day = datetime.combine(slot.begins.date(), time(), slot.begins.tzinfo)
    return day - timedelta(days=1), day + timedelta(days=FAR_DAYS + 1)


def _free(directory: Directory, slot: Slot, doctor: str, busy: list[Taken], now: datetime) -> Iterator[Slot]:
    for offset in range(-1, FAR_DAYS + 1):
        day = slot.begins.date() + timedelta(days=offset)
        for one in _grid(directory, doctor, day, slot):
            if one.begins > now and one != slot and not conflicts_of(one, busy):
                yield one


def _grid(directory: Directory, doctor: str, day: date, slot: Slot) -> Iterator[Slot]:
    """The slots of a day as they follow each other."""
    for at in starts(directory, day, directory.hours_of(doctor, day), slot.minutes):
        yield Slot(doctor, directory.department_of(doctor), at, slot.minutes)


def starts(directory: Directory, day: date, hours: Hours, minutes: int) -> Iterator[datetime]:
    """When something that lasts so many minutes may begin within the hours of a day."""
    for begins, ends in hours:
        at = directory.at(day, begins)
        while at + timedelta(minutes=minutes) <= directory.at(day, ends):
            yield at
            at += timedelta(minutes=directory.slot_minutes)


def _distance(wish: Slot, slot: Slot) -> tuple[float, datetime]:
    """How far a slot is from the wish: a day away counts less than twelve hours of another time of day."""
    days = abs((slot.begins.date() - wish.begins.date()).days)
    hours = abs(_clock(slot) - _clock(wish)) / 60
    return days * 6 + hours, slot.begins


def _clock(slot: Slot) -> int:
    return slot.begins.hour * 60 + slot.begins.minute


def said_day(day: date) -> str:
    """A day as it is said: Tuesday, 24 November."""
    return f"{day:%A}, {day.day} {day:%B}"


def said_time(clock: time) -> str:
    """A time as it is written for a voice: 4:30 PM."""
    return f"{clock.hour % 12 or 12}:{clock:%M} {'AM' if clock.hour < 12 else 'PM'}"
