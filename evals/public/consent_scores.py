"""How consent is scored: false consent is a yes where the caller gave none; executions are counted apart.

A row with `verbalised: false` was annotated as a yes that is not in its words, and is not scored.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from evals.datasets import Threshold
from evals.public.rows import Row, Rows
from evals.public.scored import Bar, Counts, Line, Prediction, Scored, by_id, percent

ALL = "ALL"
LABELS = ("affirm", "negate", "other")
MOST_FALSE, MOST_MISSED = 0.2, 5.0
"""Percent of what must not run, and of what should."""


def score_read_back(rows: Rows, predictions: Sequence[Prediction]) -> Scored:
    """Score under the gating that says details first, held to its bars."""
    kinds = _by_kind(rows, predictions)
    counts = kinds[ALL]
    bars = (
        Bar("false execute %", percent(counts["false run"], counts["forbidden"]), Threshold(most=MOST_FALSE)),
        Bar("missed execute %", percent(counts["missed run"], counts["allowed"]), Threshold(most=MOST_MISSED)),
    )
    return Scored(_lines(kinds), bars)


def score_asked(rows: Rows, predictions: Sequence[Prediction]) -> Scored:
    """Score labels and executions by kind of row."""
    return Scored(_lines(_by_kind(rows, predictions)))


def _by_kind(rows: Rows, predictions: Sequence[Prediction]) -> dict[str, Counts]:
    given = by_id(predictions)
    kinds: defaultdict[str, Counts] = defaultdict(Counter, {ALL: Counter()})
    for row in rows:
        answer = given.get(row["id"])
        if answer is None or row.get("verbalised") is False:
            continue
        counted = _counted(row, answer)
        for kind in (_kind(row), ALL):
            kinds[kind].update(counted)
    return kinds


def _lines(kinds: Mapping[str, Counts]) -> list[Line]:
    return [_line(kind, counts) for kind, counts in sorted(kinds.items())]


def _kind(row: Row) -> str:
    return f"{row['kind']}:{row['trap']}" if row.get("trap") else str(row["kind"])


def _counted(row: Row, answer: Prediction) -> dict[str, int]:
    label, due = answer["label"], row["label"]
    runs, may = bool(answer["execute"]), bool(row["may_execute"])
    return {
        "rows": 1,
        "right": label == due,
        "withheld": due != "affirm",
        "false": label == "affirm" and due != "affirm",
        "consented": due == "affirm",
        "missed": label != "affirm" and due == "affirm",
        "forbidden": not may,
        "false run": runs and not may,
        "allowed": may,
        "missed run": may and not runs,
        f"due {due}": 1,
        f"given {label}": 1,
        f"right {due}": label == due,
    }


def _line(kind: str, counts: Counts) -> Line:
    return Line(
        kind,
        {
            "n": counts["rows"],
            "right %": percent(counts["right"], counts["rows"]),
            "FALSE CONSENT": f"{counts['false']}/{counts['withheld']}",
            "%": percent(counts["false"], counts["withheld"]),
            "missed %": percent(counts["missed"], counts["consented"]),
            "false execute": f"{counts['false run']}/{counts['forbidden']}",
            "missed execute %": percent(counts["missed run"], counts["allowed"]),
            "macro F1": _macro(counts),
        },
    )


def _macro(counts: Counts) -> float | None:
    """The mean F1 of the labels that are due."""
    due = [label for label in LABELS if counts[f"due {label}"]]
    scores = [2 * counts[f"right {label}"] / (counts[f"given {label}"] + counts[f"due {label}"]) for label in due]
    return round(sum(scores) / len(scores), 3) if scores else None
