"""The first slot that may be had: "as soon as possible", "the earliest you have"."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.slots import FAR_DAYS, starts
from playbooks.hospital.wish.acts import Intent
from playbooks.hospital.wish.state import Wish
from playbooks.hospital.wish.when import hours_on


def with_soonest(wish: Wish, since: datetime | None) -> Wish:
    """The wish with the first day and time of whom it is for, which are asked back; kept until that is known.

    `since` is when it was wished for in this turn. Who has named a day wants it then.
    """
    since = since or wish.soonest
    if since is None or wish.intent is not Intent.BOOK or wish.day or wish.doubt:
        return replace(wish, soonest=None) if wish.soonest else wish
    if not (wish.doctor or wish.department):
        return replace(wish, soonest=since)
    first = next((start for start in _starts(wish, since) if _suits(wish, start.time())), None)
    if first is None:
        return replace(wish, soonest=None)
    return replace(wish, soonest=None, doubt=first.date(), doubt_at=first.time())


def _starts(wish: Wish, since: datetime) -> Iterator[datetime]:
    """When appointments with whom it is for may begin, in order."""
    for offset in range(FAR_DAYS + 1):
        day = since.date() + timedelta(days=offset)
        found = starts(DIRECTORY, day, hours_on(wish, day), DIRECTORY.slot_minutes)
        yield from (start for start in found if start > since)


def _suits(wish: Wish, clock: time) -> bool:
    """Whether a time of day is the one that was wanted, or in the wanted part of the day."""
    if wish.at:
        return clock == wish.at
    return wish.part is None or wish.part[0] <= clock < wish.part[1]
