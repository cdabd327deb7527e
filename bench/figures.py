"""Figures as they are judged: quantiles, spreads, and rows that say whether a bar was met."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """One line of a report; `met` is None where no bar is set, or where the run was too small to judge."""

    what: str
    figure: str
    bar: str = ""
    met: bool | None = None


@dataclass
class Findings:
    """What a measure found: rows to be read, every raw figure by name, and what the reader should know beside."""

    rows: list[Row] = field(default_factory=list)
    raw: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def add(self, other: "Findings") -> None:
        """Take over what another measure found."""
        self.rows += other.rows
        self.raw |= other.raw
        self.notes |= other.notes


def quantile(values: Sequence[float], share: float) -> float:
    """The nearest-rank quantile: the smallest value that at least `share` (0..1) of the values do not exceed."""
    return sorted(values)[max(math.ceil(share * len(values)) - 1, 0)]


def median(values: Sequence[float]) -> float:
    """The nearest-rank median."""
    return quantile(values, 0.5)


def spread(values: Sequence[float]) -> str:
    """Milliseconds as their median and their 99th percentile."""
    return f"p50 {median(values):.1f} ms, p99 {quantile(values, 0.99):.1f} ms"


def ratio(of: float, to: float) -> float:
    """How many times `to` goes into `of`; infinite when it is nothing."""
    return of / to if to else math.inf
