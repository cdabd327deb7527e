"""Utterances of booking calls, and the slots in them: people, date, time, first and last name, quoted as said."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from evals.datasets import Threshold
from evals.public.rows import Row, Rows
from evals.public.scored import Bar, Counts, Line, Prediction, Scored, by_id, f1, ratio
from language.slots.dates.said import SpokenDate, dates
from language.slots.names.given import names
from language.slots.party import parties
from language.slots.times.said import times

NOW = datetime(2018, 8, 6, 10, tzinfo=ZoneInfo("Europe/London"))
LEAST_F1 = 0.85
ALL = "ALL"
_PAST = re.compile(r"\b(?:ago|yesterday)\b", re.IGNORECASE)


class _Quoted(Protocol):
    """What a reader finds: words at their place."""

    @property
    def quote(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True)
class _Found:
    """What the readers find in one utterance, overlapping as yet."""

    days: Sequence[_Quoted]
    hours: Sequence[_Quoted]
    people: Sequence[_Quoted]


def answer(row: Row) -> Prediction:
    """Read the slots of an utterance; `requested` are those that the agent had just asked for."""
    asked = frozenset(row["requested"])
    found = _told_apart(_read(row["text"], asked), asked)
    slots = [
        *(["date", one.quote] for one in found.days),
        *(["time", one.quote] for one in found.hours),
        *(["people", one.quote] for one in found.people),
        *([slot, value] for slot, value in _names(row["text"], row["requested"])),
    ]
    return {"id": row["id"], "slots": slots}


def _read(text: str, asked: frozenset[str]) -> _Found:
    days = [one for one in dates(text, NOW, expects="date" in asked, day_first=False) if not _is_past(one)]
    hours = [one for one in times(text, NOW, expects="time" in asked) if one.until is None]
    return _Found(
        days,
        [one for one in hours if not any(day.start <= one.start and one.end <= day.end for day in days)],
        [one for one in parties(text, expects="people" in asked) if not _meets(one, days)],
    )


def _is_past(found: object) -> bool:
    return isinstance(found, SpokenDate) and found.value < NOW.date() and bool(_PAST.search(found.quote))


def _told_apart(found: _Found, asked: frozenset[str]) -> _Found:
    """A bare number that can be a time or a number of people is what was asked for, a time if both were."""
    if "people" in asked and "time" not in asked:
        return _Found(found.days, [one for one in found.hours if not _meets(one, found.people)], found.people)
    return _Found(found.days, found.hours, [one for one in found.people if not _meets(one, found.hours)])


def _meets(one: _Quoted, others: Sequence[_Quoted]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _names(text: str, requested: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The names, each as the part that it is; a single one is the part that was asked for first, or asked for again."""
    asked = [slot for slot in requested if slot in ("first_name", "last_name")]
    wanted = max(asked, key=asked.count, default="first_name")
    for name in names(text, asked=bool(asked)):
        if name.first:
            yield ("first_name" if name.last else wanted), name.first
        if name.last:
            yield "last_name", name.last


def score(rows: Rows, predictions: Sequence[Prediction]) -> Scored:
    """Score by slot: F1 over (slot, words), whatever their case and punctuation, and values that nobody said."""
    given = by_id(predictions)
    slots: defaultdict[str, Counts] = defaultdict(Counter)
    invented = total = 0
    for row in rows:
        read = [(str(slot), str(value)) for slot, value in given.get(row["id"], {"slots": ()})["slots"]]
        total += len(read)
        invented += sum(_plain(value) not in _plain(row["text"]) for _, value in read)
        _count(slots, row, read)
    lines = [_line(slot, counts) for slot, counts in sorted(slots.items())]
    told = Line("values not in the utterance", {"n": total, "invented": invented})
    overall = slots[ALL]
    bar = Bar("slot F1", f1(overall["right"], overall["given"], overall["due"]), Threshold(least=LEAST_F1))
    return Scored([*lines, told], [bar])


def _count(slots: defaultdict[str, Counts], row: Row, read: Sequence[tuple[str, str]]) -> None:
    due = Counter((slot, _plain(value)) for slot, value in row["slots"])
    found = Counter((slot, _plain(value)) for slot, value in read)
    for slot, number in ((slot, number) for (slot, _), number in due.items()):
        slots[slot]["due"] += number
    for slot, number in ((slot, number) for (slot, _), number in found.items()):
        slots[slot]["given"] += number
    for slot, number in ((slot, number) for (slot, _), number in (due & found).items()):
        slots[slot]["right"] += number
    slots[ALL].update(due=due.total(), given=found.total(), right=(due & found).total())


def _line(slot: str, counts: Counts) -> Line:
    figures = {
        "n": counts["due"],
        "P": ratio(counts["right"], counts["given"]),
        "R": ratio(counts["right"], counts["due"]),
        "F1": f1(counts["right"], counts["given"], counts["due"]),
    }
    return Line(slot, figures)


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()
