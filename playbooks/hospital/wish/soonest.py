"""A wish for the first slot that may be had of somebody."""

from dataclasses import replace
from datetime import datetime

from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.slots import starts
from playbooks.hospital.wish.acts import Intent
from playbooks.hospital.wish.state import Wish
from playbooks.hospital.wish.when import hours_on


def with_soonest(wish: Wish, firsts: tuple[datetime, ...]) -> Wish:
    """The wish with the first day and time of whom it is for; what was asked for is kept until that is known.

    `firsts` are those that the newest turn asks for. Who has named a day wants it then.
    """
    firsts = firsts or wish.soonest
    if not firsts or wish.intent is not Intent.BOOK or wish.day or wish.doubt:
        return replace(wish, soonest=())
    if not (wish.doctor or wish.department):
        return replace(wish, soonest=firsts)
    first = next((first for first in firsts if _suits(wish, first)), None)
    if first is None:
        return replace(wish, soonest=())
    return replace(wish, soonest=(), day=first.date(), at=first.time(), part=None)


def _suits(wish: Wish, start: datetime) -> bool:
    """Whether an appointment of whom it is for can begin then, at the time or in the part of the day that is wanted."""
    if start not in starts(DIRECTORY, start.date(), hours_on(wish, start.date()), DIRECTORY.slot_minutes):
        return False
    if wish.at:
        return start.time() == wish.at
    return wish.part is None or wish.part[0] <= start.time() < wish.part[1]
