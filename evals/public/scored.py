"""What a public set's scorer returns: a line of figures per kind of row, and the bars that some of them are held to."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.datasets import Threshold
from evals.duty import Duty
from evals.public.rows import Row, Rows

Prediction = Mapping[str, Any]
Counts = Counter[str]
Predict = Callable[[Rows, Path], Iterator[Sequence[Prediction]]]


@dataclass(frozen=True)
class Line:
    """The figures of one kind of row by name: counts and words as they are, shares in percent, F1 up to 1."""

    kind: str
    figures: Mapping[str, float | int | str | None]


@dataclass(frozen=True)
class Bar:
    """A figure that is to lie in a range."""

    name: str
    value: float | None
    threshold: Threshold

    @property
    def passed(self) -> bool:
        """False when it is out of its range; where no row could be scored there is nothing to pass."""
        return self.value is None or self.threshold.allows(self.value)


@dataclass(frozen=True)
class Scored:
    """What came of all rows."""

    lines: Sequence[Line]
    bars: Sequence[Bar] = ()


@dataclass(frozen=True)
class PublicSet:
    """A set under one way of doing it: `predict` answers row after row, `score` compares with what the rows say.

    `predict` is given all rows, as one may need what was said before in its call, and the folder that they came from;
    it yields the answers to each row.
    """

    name: str
    file: str
    duty: Duty
    predict: Predict
    score: Callable[[Rows, Sequence[Prediction]], Scored]


def percent(part: float, whole: float) -> float | None:
    """A share in percent with two places, None of nothing."""
    return round(100 * part / whole, 2) if whole else None


def f1(right: float, given: float, due: float) -> float | None:
    """The harmonic mean of precision and recall, None where nothing was given or due."""
    return round(2 * right / (given + due), 3) if given + due else None


def ratio(part: float, whole: float) -> float | None:
    """A share up to 1 with three places, None of nothing."""
    return round(part / whole, 3) if whole else None


def by_id(predictions: Sequence[Prediction]) -> dict[str, Prediction]:
    """The answers by the id of what they answer."""
    return {str(each["id"]): each for each in predictions}


def one_by_one(answer: Callable[[Row], Prediction]) -> Predict:
    """Answer each row by itself."""

    def predict(rows: Rows, folder: Path) -> Iterator[Sequence[Prediction]]:
        for row in rows:
            yield (answer(row),)

    return predict
