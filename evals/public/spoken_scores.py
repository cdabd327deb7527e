"""How spoken values are scored: right, WRONG or asked again, per try and over the three tries at an item."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from evals.datasets import Threshold
from evals.public.rows import Row, Rows
from evals.public.scored import Bar, Counts, Line, Prediction, Scored, by_id, percent
from evals.public.spoken_floor import floor_answer

RIGHT, WRONG, AGAIN = "right", "wrong", "again"
Items = Mapping[str, Counts]


def score(rows: Rows, predictions: Sequence[Prediction]) -> Scored:
    """Score by item beside the floor; a value may be wrong half as often as the floor's."""
    ours, floor = _counted(rows, predictions), _counted(rows, [floor_answer(row) for row in rows])
    lines = [line for item in ours for line in (_line(item, ours[item]), _line(f"{item}, floor", floor[item]))]
    bars = [_bar(item, ours[item], floor[item]) for item in ours]
    return Scored(lines, bars)


def _bar(item: str, ours: Counts, floor: Counts) -> Bar:
    most = percent(floor[WRONG], floor["n"])
    threshold = Threshold() if most is None else Threshold(most=most / 2)
    return Bar(f"{item}: wrong value %", percent(ours[WRONG], ours["n"]), threshold)


def _counted(rows: Rows, predictions: Sequence[Prediction]) -> Items:
    given = by_id(predictions)
    items: defaultdict[str, Counts] = defaultdict(Counter)
    tries: defaultdict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for row in rows:
        value = given.get(row["id"], {}).get("value")
        outcome = _outcome(row, value)
        silent = not row["nbest"]
        items[row["item"]].update(
            {
                "n": 1,
                outcome: 1,
                "silent": silent,
                "silence filled": silent and bool(value),
                "year invented": bool(value) and _invents_year(row, str(value)),
            }
        )
        tries[row["dialogue"], row["item"]][row["attempt"]] = outcome
    for (_, item), outcomes in tries.items():
        items[item][f"first {_first(outcomes)}"] += 1
    return items


def _outcome(row: Row, value: str | None) -> str:
    if not value:
        return AGAIN
    return RIGHT if _squeezed(value) == _squeezed(row["gold"]) else WRONG


def _invents_year(row: Row, value: str) -> bool:
    """Whether neither the year of a date nor its last two figures are in what was heard."""
    heard = re.sub(r"\D", "", " ".join(row["nbest"]))
    year = _squeezed(value)[:4]
    return row["item"] == "dob" and year not in heard and year[2:] not in heard


def _first(outcomes: Mapping[int, str]) -> str:
    """What the first try came to that was answered at all."""
    return next((outcomes[attempt] for attempt in sorted(outcomes) if outcomes[attempt] != AGAIN), AGAIN)


def _line(item: str, counts: Counts) -> Line:
    tries = counts["n"]
    figures = {
        "n": tries,
        "right %": percent(counts[RIGHT], tries),
        "WRONG VALUE %": percent(counts[WRONG], tries),
        "asks again %": percent(counts[AGAIN], tries),
        "out of silence": f"{counts['silence filled']}/{counts['silent']}",
        "year invented": counts["year invented"],
        "in three: right": counts["first right"],
        "wrong": counts["first wrong"],
        "neither": counts["first again"],
    }
    return Line(item, figures)


def _squeezed(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
