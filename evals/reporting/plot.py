"""Scores as a plot: a dot for each engine, its interval as a line, the threshold as a stroke."""

from collections.abc import Iterator

from evals.reporting.html import Markup, element, joined
from evals.reporting.intervals import Interval
from evals.reporting.report import Score
from evals.reporting.sheet import Line, Sheet

WIDTH, LEFT, RIGHT, ROW, TOP = 720, 150, 20, 34, 24
"""Pixels: of the plot, of its margins, and of the row of a score."""
APART = 10
"""Pixels between the engines of a row."""
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def plot(sheet: Sheet) -> Markup:
    """Draw every score of a sheet as inline SVG, on a scale from 0 to 1; what is beyond stands at its end."""
    height = TOP + ROW * len(sheet.lines)
    rows = [part for place, line in enumerate(sheet.lines) for part in _row(line, TOP + ROW * place + ROW / 2)]
    label = f"Scores of {sheet.playbook}, {sheet.duty}"
    size = {"viewBox": f"0 0 {WIDTH} {height}", "role": "img", "aria-label": label}
    return element("svg", *_scale(height), *rows, attributes=size)


def _scale(height: int) -> Iterator[Markup]:
    for tick in TICKS:
        yield _stroke(tick, TOP, tick, height, "grid")
        yield _text(f"{tick:g}", _x(tick), TOP - 8, "middle")


def _row(line: Line, middle: float) -> Iterator[Markup]:
    yield _text(line.metric.name, LEFT - 10, middle + 4, "end")
    threshold = line.scores[0].threshold
    for bound in (threshold.least, threshold.most) if threshold else ():
        if bound is not None:
            yield _stroke(bound, middle - ROW / 2 + 4, bound, middle + ROW / 2 - 4, "bar")
    first = middle - APART * (len(line.scores) - 1) / 2
    for place, (score, interval) in enumerate(zip(line.scores, line.intervals, strict=True)):
        if score.value is not None:
            yield _dot(score, score.value, interval, first + APART * place, f"engine{place}")


def _dot(score: Score, value: float, interval: Interval | None, y: float, kind: str) -> Markup:
    line = _stroke(interval.low, y, interval.high, y, kind) if interval else Markup()
    said = f"{score.name} {value:.3f}" + (f" ({interval.low:.3f} to {interval.high:.3f})" if interval else "")
    place = {"cx": f"{_x(value):.1f}", "cy": f"{y:.1f}", "r": 4, "class": kind}
    return joined(line, element("circle", element("title", said), attributes=place))


def _stroke(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    ends = {"x1": f"{_x(x1):.1f}", "y1": f"{y1:.1f}", "x2": f"{_x(x2):.1f}", "y2": f"{y2:.1f}", "class": kind}
    return element("line", attributes=ends)


def _text(said: str, x: float, y: float, anchor: str) -> Markup:
    return element("text", said, attributes={"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor})


def _x(value: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * min(max(value, 0.0), 1.0)
