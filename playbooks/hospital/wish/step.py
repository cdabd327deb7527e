"""A wish a step further on than what was talked about: "an hour later", "the day after that", "on the same day"."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from playbooks.hospital import wording
from playbooks.hospital.wish.acts import Intent
from playbooks.hospital.wish.heard import Heard
from playbooks.hospital.wish.record import meant, standing
from playbooks.hospital.wish.state import Wish

_SAME_DAY = re.compile(r"\bsame day\b(?! (?:the )?(?:next|following))", re.IGNORECASE)

_SAME_DOCTOR = re.compile(r"\bsame doctor\b", re.IGNORECASE)


def with_step(wish: Wish, said: Heard, dataset: Mapping[str, Any]) -> Wish:
    """The wish a step further on; who did not name the day and time is asked whether they are meant."""
    if _SAME_DOCTOR.search(said.words):
        wish = _with_the_same_doctor(wish, dataset)
    if _SAME_DAY.search(said.words):
        return _on_the_same_day(wish, dataset)
    day, at = _start(wish, dataset)
    if said.shift is None or day is None or (at is None and said.shift.by % timedelta(days=1)):
        return wish
    moment = datetime.combine(day, at or time()) + said.shift.by
    return replace(wish, day=None, doubt=moment.date(), doubt_at=at and moment.time())


def _on_the_same_day(wish: Wish, dataset: Mapping[str, Any]) -> Wish:
    """The wish on the day of the appointment that was made last, unless it has one of its own."""
    booked = standing(dataset)
    if not booked or wish.day or wish.doubt:
        return wish
    return replace(wish, doubt=wording.read_day(booked[-1]["date"]))


def _with_the_same_doctor(wish: Wish, dataset: Mapping[str, Any]) -> Wish:
    """The wish with the doctor of the appointment that was made last, unless it has one of its own."""
    booked = standing(dataset)
    if not booked or wish.doctor or wish.department:
        return wish
    return replace(wish, doctor=booked[-1]["doctor_name"], department=booked[-1]["department"])


def _start(wish: Wish, dataset: Mapping[str, Any]) -> tuple[date | None, time | None]:
    """What a step starts from: the slot that is wanted, else the appointment to be moved, or that was made last."""
    found = meant(wish, dataset) if wish.intent is Intent.MOVE else standing(dataset)[-1:]
    one = found[0] if len(found) == 1 else None
    day = wish.day or wish.old_day or (wording.read_day(one["date"]) if one else None)
    return day, wish.at or wish.old_at or (wording.read_time(one["time"]) if one else None)
