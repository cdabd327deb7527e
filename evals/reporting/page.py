"""A report as one HTML file that needs nothing besides: an overview, tables, plots and the rows that went worst."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evals.reporting.html import Markup, element, joined
from evals.reporting.intervals import COVERAGE, Interval
from evals.reporting.plot import plot
from evals.reporting.report import Case, Report, Score, threshold_words
from evals.reporting.sheet import Line, Sheet

WORST = 20
"""Rows shown of those that an engine got wrong."""
STYLE = Path(__file__).with_name("page.css")


def page(sheets: Sequence[Sheet]) -> str:
    """Write the whole page."""
    engines = " and ".join(dict.fromkeys(report.engine for sheet in sheets for report in sheet.reports))
    head = element(
        "head",
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", f"Evals: {engines}"),
        element("style", Markup(STYLE.read_text(encoding="utf-8"))),
    )
    told = element("p", f"Under each score stands where {COVERAGE:g} of 100 samples of the rows lie.")
    title = element("h1", "Evals ", element("small", engines))
    body = element("body", title, _overview(sheets), told, *map(_section, sheets))
    return f"<!doctype html>\n{element('html', head, body, attributes={'lang': 'en'})}\n"


def _overview(sheets: Sequence[Sheet]) -> Markup:
    """A line for each section: how many rows went wrong, and which scores missed their threshold."""
    head = _head("what", "rows", "went wrong", "thresholds")
    return element("table", head, element("tbody", *map(_line, sheets)), attributes={"class": "overview"})


def _line(sheet: Sheet) -> Markup:
    wrong = " and ".join(str(len(report.wrong)) for report in sheet.reports)
    link = element("a", _title(sheet), attributes={"href": f"#{_place(sheet)}"})
    held = [score for report in sheet.reports for score in report.scores if score.held and score.threshold]
    missed = [score.name for score in held if not score.passed]
    told = f"missed: {', '.join(missed)}" if missed else "all kept" if held else "-"
    kept = element("td", told, attributes={"class": "missed" if missed else "kept"})
    return element("tr", element("th", link), element("td", str(sheet.reports[0].rows)), element("td", wrong), kept)


def _section(sheet: Sheet) -> Markup:
    key = [
        element("li", report.label, attributes={"class": f"engine{place}"})
        for place, report in enumerate(sheet.reports)
    ]
    parts = (
        element("h2", _title(sheet)),
        element("ul", *key, attributes={"class": "key"}),
        plot(sheet),
        element("div", _table(sheet), attributes={"class": "wide"}),
        *map(_worst, sheet.reports),
    )
    return element("section", *parts, attributes={"id": _place(sheet)})


def _title(sheet: Sheet) -> str:
    return f"{sheet.playbook}: {sheet.duty}"


def _place(sheet: Sheet) -> str:
    return f"{sheet.playbook}-{sheet.duty}"


def _table(sheet: Sheet) -> Markup:
    both = ["difference"] if len(sheet.reports) > 1 else []
    head = _head("score", *(report.label for report in sheet.reports), *both, "threshold")
    return element("table", head, element("tbody", *map(_row, sheet.lines)))


def _head(*names: str) -> Markup:
    cells = (element("th", name, attributes={"scope": "col"}) for name in names)
    return element("thead", element("tr", *cells))


def _row(line: Line) -> Markup:
    return element("tr", *_cells(line))


def _cells(line: Line) -> Iterator[Markup]:
    yield element("th", line.metric.name, element("small", line.metric.says), attributes={"scope": "row"})
    for score, interval in zip(line.scores, line.intervals, strict=True):
        yield _value(score, interval)
    if len(line.scores) > 1:
        yield _interval(line.difference, "+.3f", "decided" if line.decided else "open")
    yield element("td", threshold_words(line.scores[0].threshold), attributes={"class": "bound"})


def _value(score: Score, interval: Interval | None) -> Markup:
    value = "-" if score.value is None else f"{score.value:.3f}"
    mark = "" if score.passed else element("strong", " missed")
    brackets = element("small", _range(interval, ".3f")) if interval else ""
    return element("td", value, mark, brackets, attributes={"class": "value" if score.passed else "value missed"})


def _interval(interval: Interval | None, form: str, kind: str) -> Markup:
    return element("td", _range(interval, form), attributes={"class": f"value {kind}"})


def _range(interval: Interval | None, form: str) -> str:
    return f"{interval.low:{form}} to {interval.high:{form}}" if interval else "-"


def _worst(report: Report) -> Markup:
    if not report.wrong:
        return element("p", f"{report.label}: no row went wrong.")
    told = f"{report.label}: {len(report.wrong)} of {report.rows} rows went wrong"
    more = [element("p", f"and {len(report.wrong) - WORST} more")] if len(report.wrong) > WORST else []
    cases = (_case(case, report.shown(case)) for case in report.wrong[:WORST])
    return element("details", element("summary", told), *cases, *more)


def _case(case: Case, shown: Iterable[tuple[str, str]]) -> Markup:
    pairs = [joined(element("dt", name), element("dd", words)) for name, words in shown]
    return element("article", element("h3", case.about or "a row"), element("dl", *pairs))
