"""A report as one HTML file that needs nothing besides: tables, plots and the rows that went worst."""

from collections.abc import Sequence
from pathlib import Path

from evals.html import Markup, element, joined
from evals.intervals import COVERAGE, Interval
from evals.plot import plot
from evals.report import Case, Report, Score, shown, threshold_words
from evals.sheet import Line, Sheet

WORST = 20
"""Rows shown of those that an engine got wrong."""
STYLE = Path(__file__).with_name("page.css")


def page(sheets: Sequence[Sheet]) -> str:
    """Write the whole page."""
    engines = " and ".join(report.engine for report in sheets[0].reports) if sheets else "nothing"
    title = f"How well: {engines}"
    head = element(
        "head",
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", title),
        element("style", Markup(STYLE.read_text(encoding="utf-8"))),
    )
    told = element("p", f"In brackets stands where {COVERAGE:g} of 100 samples of the rows lie.")
    body = element("body", element("h1", title), told, *map(_section, sheets))
    return f"<!doctype html>\n{element('html', head, body, attributes={'lang': 'en'})}\n"


def _section(sheet: Sheet) -> Markup:
    rows = f"{sheet.reports[0].rows} rows"
    key = [
        element("span", f"{report.engine}, {report.prompt}", attributes={"class": f"key engine{place}"})
        for place, report in enumerate(sheet.reports)
    ]
    title = element("h2", f"{sheet.playbook}: {sheet.duty}")
    return element("section", title, element("p", rows, *key), plot(sheet), _table(sheet), *map(_worst, sheet.reports))


def _table(sheet: Sheet) -> Markup:
    names = ["score", *(report.engine for report in sheet.reports), "threshold", "what it says"]
    if len(sheet.reports) > 1:
        names.insert(-2, "difference")
    head = element("tr", *(element("th", name, attributes={"scope": "col"}) for name in names))
    return element("table", element("thead", head), element("tbody", *map(_row, sheet.lines)))


def _row(line: Line) -> Markup:
    cells = [element("th", line.metric.name, attributes={"scope": "row"})]
    cells += [_value(score, interval) for score, interval in zip(line.scores, line.intervals, strict=True)]
    if len(line.scores) > 1:
        kind = "decided" if line.decided else "open"
        cells.append(element("td", _range(line.difference, "+.3f"), attributes={"class": kind}))
    cells += [element("td", threshold_words(line.scores[0].threshold)), element("td", line.metric.says)]
    return element("tr", *cells)


def _value(score: Score, interval: Interval | None) -> Markup:
    value = "-" if score.value is None else f"{score.value:.3f}"
    brackets = element("small", f" [{_range(interval, '.3f')}]") if interval else ""
    return element("td", value, brackets, attributes={"class": "passed" if score.passed else "missed"})


def _range(interval: Interval | None, form: str) -> str:
    return f"{interval.low:{form}} to {interval.high:{form}}" if interval else "-"


def _worst(report: Report) -> Markup:
    if not report.wrong:
        return element("p", f"{report.engine}: no row went wrong.")
    told = f"{report.engine}: {len(report.wrong)} of {report.rows} rows went wrong"
    more = [element("p", f"and {len(report.wrong) - WORST} more")] if len(report.wrong) > WORST else []
    return element("details", element("summary", told), *map(_case, report.wrong[:WORST]), *more)


def _case(case: Case) -> Markup:
    pairs = [joined(element("dt", name), element("dd", words)) for name, words in shown(case)]
    return element("article", element("h3", case.about or "a row"), element("dl", *pairs))
