"""When an appointment is wanted, and which one is meant: the days and times of a turn put where they belong."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time

from language.slots.dates.calendar import day_in
from language.slots.dates.said import SpokenDate
from language.slots.times.said import SpokenTime
from language.slots.words import ORDINAL
from playbooks.hospital.asking import phrases
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.wish.acts import Act, Intent
from playbooks.hospital.wish.heard import Heard
from playbooks.hospital.wish.state import Wish

_TO = re.compile(
    r"\b(?:to|for|until|till|on to|onto)(?: the| next| this)?"
    r"(?: (?:morning|afternoon|evening) (?:of|on)(?: the| next)?)?\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:my|from|(?:(?:booked|scheduled)|(?:one|appointment|booking|visit|slot)(?: with (?:\w+\.? ){1,3}?)?"
    r"(?: is)?) ?(?:on|for|of))(?: the)?\s*$",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\b(?:to|until|till)\b(?! (?:move|re|change|shift|postpone|push|bring|see|have|come))", re.IGNORECASE
)
_SAME_TIME = re.compile(r"\bsame time\b", re.IGNORECASE)
_BARE = re.compile(rf"^(?:on )?(?:the )?{ORDINAL}$", re.IGNORECASE)
"""A day of the month without its month."""
_NOUN = re.compile(r"^(?:'s)?\s*(?:appointment|one|booking|visit|slot)\b", re.IGNORECASE)


def with_days_and_times(wish: Wish, said: Heard, question: str | None, *, known: bool, old: bool) -> Wish:
    """The wish with what a turn says about when.

    `known` tells that this call has booked an appointment, `old` that it was asked which one is meant.
    """
    if phrases.asks_about(question, "meaning") and (said.act in (Act.YES, Act.NO) or _passes_on(said)):
        wish = _without_doubt(wish, said)
    if wish.intent is Intent.CANCEL or old:
        return _of_the_old(wish, said.days, said.times)
    if wish.intent is Intent.MOVE:
        past, new = _apart(wish, said, known)
        before = tuple(at for at in said.times if _is_before(said.words, at, alone=bool(past) and not new))
        wish = _of_the_old(wish, past, before)
        wish = _of_the_new(wish, said, new, tuple(at for at in said.times if at not in before), question)
        return _as_before(wish, said.words)
    return _of_the_new(wish, said, said.days, said.times, question)


def _passes_on(said: Heard) -> bool:
    """Whether a turn tells what comes next instead of saying whether a day is meant: then it is."""
    return bool(said.times or said.part or said.names_patient) and not said.days


def _of_the_old(wish: Wish, days: tuple[SpokenDate, ...], times: tuple[SpokenTime, ...]) -> Wish:
    """The wish with the day and time of the appointment that is there already."""
    if times:
        wish = replace(wish, old_at=times[0].value)
    if not days:
        return wish
    day = days[0].value
    return replace(wish, old_day=day, old_doubt=None) if days[0].certain else replace(wish, old_day=None, old_doubt=day)


def _without_doubt(wish: Wish, said: Heard) -> Wish:
    """The wish after an answer to the question whether its doubtful day is meant."""
    agreed = said.act is not Act.NO
    if wish.old_doubt:
        return replace(wish, old_day=wish.old_doubt if agreed else wish.old_day, old_doubt=None)
    if wish.doubt is None:
        return wish
    day, at = (wish.doubt, wish.doubt_at or wish.at) if agreed else (wish.day, wish.at)
    return replace(wish, day=day, at=at, doubt=None, doubt_at=None)


def _as_before(wish: Wish, words: str) -> Wish:
    """The wish with what stays of the appointment that is moved: "the same time"; its day, where only a time is new."""
    if wish.old_at and _SAME_TIME.search(words):
        wish = replace(wish, at=wish.old_at)
    return replace(wish, day=wish.old_day) if wish.at and not wish.day and not wish.doubt else wish


def _apart(wish: Wish, said: Heard, known: bool) -> tuple[tuple[SpokenDate, ...], tuple[SpokenDate, ...]]:
    """Days of the appointment that is moved, and days that it is moved to."""
    old = tuple(day for day in said.days if _is_old(said.words, day))
    new = tuple(day for day in said.days if day not in old and _TO.search(said.words[: day.start]))
    open_days = tuple(day for day in said.days if day not in (*old, *new))
    if known or old or new or wish.old_day or said.intent is None:
        return old, (*new, *open_days)
    return open_days[:1], open_days[1:]


def _is_before(words: str, at: SpokenTime, *, alone: bool) -> bool:
    """Whether a time is of the appointment that is moved: it stands before "to", or `alone` with its day."""
    cut = _CUT.search(words)
    return at.start < cut.start() if cut else alone


def _is_old(words: str, day: SpokenDate) -> bool:
    return bool(_FROM.search(words[: day.start]) or _NOUN.match(words[day.end :]))


def _of_the_new(
    wish: Wish, said: Heard, days: tuple[SpokenDate, ...], times: tuple[SpokenTime, ...], question: str | None
) -> Wish:
    wish = _with_day(replace(wish, day=None) if wish.day in said.unwanted else wish, days)
    if times:
        after = (at for at in times if days and at.start > days[0].start)
        return replace(wish, at=next(after, times[0]).value, part=None)
    if said.part and said.part.until:
        return replace(wish, part=(said.part.value, said.part.until), at=None)
    if said.flexible and wish.at is None and wish.day and phrases.asks_about(question, "time"):
        return replace(wish, at=first_hour(wish))
    return wish


def _with_day(wish: Wish, days: tuple[SpokenDate, ...]) -> Wish:
    if not days:
        return wish
    if days[0].certain and not (other := _in_month_of(wish, days[0])):
        return replace(wish, day=days[0].value, doubt=None, doubt_at=None)
    return replace(wish, day=None, doubt_at=None, doubt=other if days[0].certain else days[0].value)


def _in_month_of(wish: Wish, day: SpokenDate) -> date | None:
    """A later day that "the 24th" may mean while a day of another month is talked about; None where it cannot."""
    if wish.day is None or wish.day <= day.value or wish.day.month == day.value.month or not _BARE.search(day.quote):
        return None
    return day_in(wish.day.year, wish.day.month, day.value.day)


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
