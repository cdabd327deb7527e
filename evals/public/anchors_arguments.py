"""Gold arguments of dialogues against what was said in them: none is stopped that was said, each is that was not."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.datasets import Threshold
from evals.public.booking_playbook import NOW, derive
from evals.public.rows import Row, Rows
from evals.public.scored import Bar, Counts, Line, Prediction, Scored, percent
from language.anchoring.anchors import Corpus, unanchored_arguments
from language.tokens import tokens

MOST_FALSE_ALARMS, LEAST_CAUGHT = 0.2, 98.5
_CLOSED = frozenset({"true", "false", "dontcare"})
"""Values of the schema and nobody's words."""
_OWN, _OTHER = "in its own words", "in other words"
_TEXTS = (_OWN, _OTHER)
_WRITTEN = {"date": "dates", "time": "times"}
ALL = "ALL"


@dataclass
class _Heard:
    """What was said so far: the corpus, its words in a row, and the values that turns were annotated with."""

    corpus: Corpus = field(default_factory=Corpus)
    words: str = " "
    newest: str = ""
    stated: set[tuple[str, str]] = field(default_factory=set)

    def hear(self, turn: Mapping[str, Any]) -> None:
        """Take in a turn of either side."""
        self.newest = text = turn["text"]
        self.corpus = self.corpus.plus(text).deriving(derive(text, NOW.timestamp()))
        self.words += _in_a_row(text)
        acts = (act for act in turn["acts"] if len(act) > 2)
        self.stated.update((act[1], value.casefold()) for act in acts for value in act[2])

    def holds(self, slot: str, value: str) -> bool:
        """Whether some turn stated the value for the slot, in whatever words."""
        return (slot, value.casefold()) in self.stated

    def stops(self, slot: str, value: str, *, quoted: bool) -> bool:
        """Whether the anchors object to an argument of a call that the newest turn leads to."""
        quotations = (slot,) if quoted else ()
        return bool(unanchored_arguments({slot: value}, self.corpus, quoted=quotations, newest=self.newest))

    def knows(self, value: str) -> bool:
        """Whether some turn stated the value for anything."""
        return any(value.casefold() == stated for _, stated in self.stated) or self.quotes(value)

    def quotes(self, value: str) -> bool:
        """Whether the value's own words were said, one after the other."""
        return f" {_in_a_row(value)}" in self.words


def predict(rows: Rows, folder: Path) -> Iterator[Sequence[Prediction]]:
    """Check each argument of each gold call, as it is and with another dialogue's value in its place."""
    pool = _pool(rows)
    for row in rows:
        yield list(_checked(row, pool))


def score(rows: Rows, predictions: Sequence[Prediction]) -> Scored:
    """Score by kind of value: arguments that were said and are stopped, foreign ones that pass.

    A value that the schema writes for other words ("San Francisco" for "SF") needs an option: it stands apart.
    """
    kinds: defaultdict[str, Counts] = defaultdict(Counter)
    for one in predictions:
        for kind in {one["kind"], _OTHER if one["kind"] == _OTHER else ALL}:
            kinds[kind].update({one["asked"]: 1, f"{one['asked']} stopped": one["stopped"]})
    lines = [_line(kind, counts) for kind, counts in sorted(kinds.items())]
    counts = kinds[ALL]
    bars = (
        Bar("false alarm %", percent(counts["said stopped"], counts["said"]), Threshold(most=MOST_FALSE_ALARMS)),
        Bar("caught %", percent(counts["foreign stopped"], counts["foreign"]), Threshold(least=LEAST_CAUGHT)),
    )
    return Scored(lines, bars)


def _checked(row: Row, pool: Mapping[str, Sequence[str]]) -> Iterator[Prediction]:
    chance, heard = random.Random(row["id"]), _Heard()
    for at, turn in enumerate(row["turns"]):
        heard.hear(turn)
        for slot, value in _stated(turn.get("gold_call"), heard):
            kind = _kind(slot, value, heard)
            told = {"said": value, "foreign": _foreign(slot, heard, pool[slot], chance)}
            yield from (
                {
                    "id": f"{row['id']}#{at}/{slot}/{asked}",
                    "kind": kind,
                    "asked": asked,
                    "value": one,
                    "stopped": heard.stops(slot, one, quoted=kind in _TEXTS),
                }
                for asked, one in told.items()
                if one is not None
            )


def _stated(call: Mapping[str, Any] | None, heard: _Heard) -> Iterator[tuple[str, str]]:
    """The arguments of a gold call whose values were said."""
    for slot, value in (call or {"arguments": {}})["arguments"].items():
        if value.casefold() not in _CLOSED and heard.holds(slot, value):
            yield slot, value


def _foreign(slot: str, heard: _Heard, values: Sequence[str], chance: random.Random) -> str | None:
    """Another dialogue's value for the slot that nobody said here; None where there is none."""
    strange = [value for value in values if not heard.knows(value)]
    return chance.choice(strange) if strange else None


def _pool(rows: Rows) -> Mapping[str, Sequence[str]]:
    """Each slot with the values that it takes anywhere."""
    calls = (turn["gold_call"] for row in rows for turn in row["turns"] if turn.get("gold_call"))
    values: defaultdict[str, set[str]] = defaultdict(set)
    for call in calls:
        for slot, value in call["arguments"].items():
            values[slot].update({value} if value.casefold() not in _CLOSED else ())
    return {slot: sorted(each) for slot, each in values.items()}


def _kind(slot: str, value: str, heard: _Heard) -> str:
    if written := _WRITTEN.get(slot.rpartition("_")[2]):
        return written
    if value.isdecimal():
        return "numbers"
    return _OWN if heard.quotes(value) else _OTHER


def _in_a_row(text: str) -> str:
    return "".join(f"{word.folded} " for word in tokens(text))


def _line(kind: str, counts: Counts) -> Line:
    figures = {
        "said": counts["said"],
        "false alarms": counts["said stopped"],
        "false alarm %": percent(counts["said stopped"], counts["said"]),
        "foreign": counts["foreign"],
        "caught %": percent(counts["foreign stopped"], counts["foreign"]),
    }
    return Line(kind, figures)
