"""When an appointment is wanted, and which one is meant: the days and times of a turn put where they belong."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time

from language.slot_dates import SpokenDate
from language.slot_times import SpokenTime
from playbooks.hospital import asking
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.wish_acts import Act, Intent
from playbooks.hospital.wish_heard import Heard
from playbooks.hospital.wish_state import Wish

_TO = re.compile(r"\b(?:to|for|until|till|on to|onto)(?: the| next| this)?\s*$", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:my|from|(?:(?:booked|scheduled)|(?:one|appointment|booking|visit|slot)(?: is)?) (?:on|for))(?: the)?\s*$",
    re.IGNORECASE,
)
_NOUN = re.compile(r"^(?:'s)?\s*(?:appointment|one|booking|visit|slot)\b", re.IGNORECASE)


def with_days_and_times(wish: Wish, said: Heard, question: str | None, known: bool) -> Wish:
    """The wish with what a turn says about when; `known` tells that this call has booked an appointment."""
    if wish.intent is Intent.CANCEL or asking.asks(question, asking.OLD, asking.WHICH):
        return _of_the_old(wish, said.days, said.times)
    if wish.intent is Intent.MOVE:
        old, new = _apart(wish, said, known)
        wish = _of_the_old(wish, old, said.times[:1] if old and len(said.times) > len(new) else ())
        later = said.times[-1:] if new or not old or len(said.times) > 1 else ()
        return _of_the_new(wish, said, new, later, question)
    return _of_the_new(wish, said, said.days, said.times, question)


def _of_the_old(wish: Wish, days: tuple[SpokenDate, ...], times: tuple[SpokenTime, ...]) -> Wish:
    """The wish with the day and time of the appointment that is there already."""
    return replace(
        wish,
        old_day=days[0].value if days else wish.old_day,
        old_at=times[0].value if times else wish.old_at,
    )


def _apart(wish: Wish, said: Heard, known: bool) -> tuple[tuple[SpokenDate, ...], tuple[SpokenDate, ...]]:
    """Days of the appointment that is moved, and days that it is moved to."""
    old = tuple(day for day in said.days if _is_old(said.words, day))
    new = tuple(day for day in said.days if day not in old and _TO.search(said.words[: day.start]))
    open_days = tuple(day for day in said.days if day not in (*old, *new))
    if known or old or new or wish.old_day or said.intent is None:
        return old, (*new, *open_days)
    return open_days[:1], open_days[1:]


def _is_old(words: str, day: SpokenDate) -> bool:
    return bool(_FROM.search(words[: day.start]) or _NOUN.match(words[day.end :]))


def _of_the_new(
    wish: Wish, said: Heard, days: tuple[SpokenDate, ...], times: tuple[SpokenTime, ...], question: str | None
) -> Wish:
    wish = _with_day(wish, said, days, question)
    if times:
        return replace(wish, at=times[0].value, part=None)
    if said.part and said.part.until:
        return replace(wish, part=(said.part.value, said.part.until), at=None)
    if said.flexible and wish.at is None and wish.day and asking.asks_about(question, "time"):
        return replace(wish, at=first_hour(wish))
    return wish


def _with_day(wish: Wish, said: Heard, days: tuple[SpokenDate, ...], question: str | None) -> Wish:
    if days:
        day = days[0]
        if day.certain:
            return replace(wish, day=day.value, doubt=None)
        return replace(wish, day=None, doubt=day.value)
    if wish.doubt is None or not asking.asks_about(question, "meaning"):
        return wish
    if said.act is Act.YES:
        return replace(wish, day=wish.doubt, doubt=None)
    return replace(wish, doubt=None) if said.act is Act.NO else wish


def hours_on(wish: Wish, day: date) -> tuple[tuple[time, time], ...]:
    """When the doctor who is wanted, or anybody of the department, sees patients on a day; from the earliest on."""
    if wish.doctor:
        return DIRECTORY.hours_of(wish.doctor, day)
    doctors = DIRECTORY.doctors_of(wish.department) if wish.department else DIRECTORY.doctors.values()
    return joined_hours(stretch for doctor in doctors for stretch in DIRECTORY.hours_of(doctor.name, day))


def joined_hours(stretches: Iterable[tuple[time, time]]) -> tuple[tuple[time, time], ...]:
    """Stretches of a day in order, those that overlap or touch as one."""
    joined: list[tuple[time, time]] = []
    for begins, ends in sorted(stretches):
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((begins, ends))
    return tuple(joined)


def first_hour(wish: Wish) -> time | None:
    """When the first appointment of the wanted day may begin, within the part of the day that was wanted."""
    stretches = hours_on(wish, wish.day) if wish.day else ()
    begins, ends = wish.part or (time.min, time.max)
    starts = [max(start, begins) for start, end in stretches if start < ends and end > begins]
    return min(starts, default=None)
