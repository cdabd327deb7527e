"""Which of the slots that were offered a caller takes: "the second one", "the earlier one", "half past", "Tuesday"."""

import re
from collections.abc import Collection, Sequence
from datetime import time

from playbooks.hospital.wish.acts import Act, plain
from playbooks.hospital.wish.heard import Heard
from playbooks.hospital.wording import Slot, read_day, read_time

MOST_OFFERED = 3
"""Slots that are said at once."""

_PLACES = (
    (0, r"\b(?:first|1st|number one|option one|the one you said first)\b"),
    (1, r"\b(?:second|2nd|middle|number two|option two)\b"),
    (2, r"\b(?:third|3rd|number three|option three)\b"),
    (-1, r"\blast\b"),
)
_EARLIER = re.compile(r"\b(?:earlie(?:r|st)|sooner|soonest)\b")
_LATER = re.compile(r"\b(?:later|latest)\b(?! today| on)")
_ANY = re.compile(r"\b(?:any(?! other| more)|either|whichever|all the same|does not matter|do not mind)\b")
_MINUTES = (
    (30, re.compile(r"\bhalf past(?: then| it| please)?$|\bthe half past\b|\bhalf past one of\b")),
    (15, re.compile(r"\bquarter past(?: then| it| please)?$")),
    (0, re.compile(r"\b(?:on the hour|the full hour)\b")),
)

Offered = Sequence[Slot]


def to_offer(alternatives: Sequence[Slot], avoided: Collection[str] = ()) -> list[Slot]:
    """The nearest of what is free instead, in the order in which they are said; none of a doctor who is not wanted."""
    wanted = [slot for slot in alternatives if slot.get("doctor_name") not in avoided]
    return sorted(wanted[:MOST_OFFERED], key=_when)


def picked(heard: Heard, offered: Offered, wanted: time | None) -> Slot | None:
    """The slot that a turn takes of those offered; None where it takes none or leaves open which.

    `wanted` is the time that was not free: "half past then" is of its hour.
    """
    if not offered or heard.act is Act.NO:
        return None
    text = plain(heard.words)
    if heard.days or heard.times or heard.doctor:
        return _by_what_it_is(heard, offered)
    return _by_minute(text, offered, wanted) or _by_place(text, offered) or _by_order(text, offered, heard.act)


def _when(slot: Slot) -> tuple[str, time]:
    return slot["date"], read_time(slot["time"])


def _by_what_it_is(heard: Heard, offered: Offered) -> Slot | None:
    """The only one with the day, time and doctor that the turn names."""
    days, at = {day.value for day in heard.days}, {one.value for one in heard.times}
    return _only(
        [
            slot
            for slot in offered
            if (not days or read_day(slot["date"]) in days)
            and (not at or read_time(slot["time"]) in at)
            and heard.doctor in (None, slot.get("doctor_name"))
        ]
    )


def _by_minute(text: str, offered: Offered, wanted: time | None) -> Slot | None:
    """The one at half past, or at a quarter; of several the one in the hour that was wanted."""
    minutes = [minute for minute, pattern in _MINUTES if pattern.search(text)]
    found = [slot for slot in offered if minutes and read_time(slot["time"]).minute == minutes[0]]
    return _only(found) or _only([slot for slot in found if wanted and read_time(slot["time"]).hour == wanted.hour])


def _by_place(text: str, offered: Offered) -> Slot | None:
    places = [place for place, pattern in _PLACES if re.search(pattern, text)]
    return offered[places[0]] if len(places) == 1 and places[0] < len(offered) else None


def _by_order(text: str, offered: Offered, act: Act) -> Slot | None:
    if _EARLIER.search(text):
        return min(offered, key=_when)
    if _LATER.search(text):
        return max(offered, key=_when)
    if _ANY.search(text):
        return offered[0]
    return _only(offered) if act is Act.YES else None


def _only(found: Sequence[Slot]) -> Slot | None:
    return found[0] if len(found) == 1 else None
