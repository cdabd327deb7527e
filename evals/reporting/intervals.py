"""How far a score may be chance: percentile bootstrap over the rows (Efron and Tibshirani 1993, chapter 13)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evals.counts import Counts
from evals.evaluators import Metric

ROUNDS = 2_000
"""Samples drawn of the rows."""
COVERAGE = 95.0
"""Percent of the samples that lie within an interval."""
SEED = 20_250_101
"""Draws the same samples each time."""


class Interval(NamedTuple):
    """Where a score lies in most samples of the rows."""

    low: float
    high: float


def score_interval(metric: Metric, counted: Sequence[Counts]) -> Interval | None:
    """The interval of one engine's score; None where it cannot be scored."""
    return _middle(_sampled(metric, counted))


def difference_interval(metric: Metric, first: Sequence[Counts], second: Sequence[Counts]) -> Interval | None:
    """The interval of the second engine's score less the first's, on the same samples of the same rows."""
    if len(first) != len(second):
        raise ValueError(f"{len(first)} rows cannot be paired with {len(second)}")
    return _middle(_sampled(metric, second) - _sampled(metric, first))


def _sampled(metric: Metric, counted: Sequence[Counts]) -> NDArray[np.float64]:
    """The score of each sample (ROUNDS), NaN where there is none; the same samples for the same number of rows."""
    drawn = np.random.default_rng(SEED).integers(0, max(len(counted), 1), (ROUNDS, len(counted)))
    over, under = (
        np.array([float(row[name]) for row in counted])[drawn].sum(axis=1) for name in (metric.over, metric.under)
    )
    scores: NDArray[np.float64] = np.full(ROUNDS, np.nan)
    np.divide(over, under, out=scores, where=under > 0)
    return scores


def _middle(samples: NDArray[np.float64]) -> Interval | None:
    scored = samples[~np.isnan(samples)]
    if not scored.size:
        return None
    tail = (100 - COVERAGE) / 2
    low, high = np.percentile(scored, [tail, 100 - tail])
    return Interval(float(low), float(high))
