"""Replies of people that rest on one document: said with it at hand, and not with another one of the same house."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evals.datasets import Threshold
from evals.public.rows import Row, Rows
from evals.public.scored import Bar, Counts, Line, Prediction, Scored, percent
from language.anchoring.anchors import Corpus
from language.numbers import numbers_in
from language.sentences import split_sentences
from nodes.replying_gates import Gates

LEAST_PASSED = 90.0
ALL, FIGURES, WORDS = "ALL", "with a figure", "without"


def predict(rows: Rows, folder: Path) -> Iterator[Sequence[Prediction]]:
    """Put each reply through the gates of a spoken reply, with its own document and with another one."""
    houses = _houses(rows)
    with asyncio.Runner() as runner:
        for row in rows:
            house = houses[_house(row)]
            asked = [each["title"] for each in house]
            answers = {"own": runner.run(_objections(row["reply"], (*asked, row["body"])))}
            if other := _next(row, house):
                answers["other"] = runner.run(_objections(row["reply"], (*asked, other["body"])))
            yield ({"id": row["id"], "kind": FIGURES if numbers_in(row["reply"]) else WORDS, **answers},)


async def _objections(reply: str, told: Sequence[str]) -> Sequence[str]:
    """What is wrong with each sentence of a reply, where only the document and the house's questions were told."""
    corpus = Corpus.of(told)

    async def everything() -> Corpus:
        return corpus

    gates = Gates((), corpus, everything, prompt="")
    found = [await gates.objection(sentence) for sentence in split_sentences(reply)]
    return [objection.value for objection in found if objection]


def _house(row: Row) -> str:
    """The house whose document a reply rests on."""
    return str(row["docs"][0]).rpartition("/")[0]


def _houses(rows: Rows) -> Mapping[str, Sequence[Row]]:
    houses: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        houses[_house(row)].append(row)
    return houses


def _next(row: Row, house: Sequence[Row]) -> Row | None:
    """The next row of the house that rests on another document; None where there is none."""
    place = house.index(row)
    return next((other for other in (*house[place + 1 :], *house[:place]) if other["docs"] != row["docs"]), None)


def score(rows: Rows, predictions: Sequence[Prediction]) -> Scored:
    """Score the replies that pass with their own document, and those that are stopped with another one."""
    kinds: defaultdict[str, Counts] = defaultdict(Counter)
    for one in predictions:
        counted = {"own": 1, "passed": not one["own"], "other": "other" in one, "stopped": bool(one.get("other"))}
        for kind in (one["kind"], ALL):
            kinds[kind].update(counted)
    passed = percent(kinds[ALL]["passed"], kinds[ALL]["own"])
    lines = [_line(kind, counts) for kind, counts in sorted(kinds.items())]
    return Scored(lines, (Bar("passed %", passed, Threshold(least=LEAST_PASSED)),))


def _line(kind: str, counts: Counts) -> Line:
    figures = {
        "replies": counts["own"],
        "passed %": percent(counts["passed"], counts["own"]),
        "with another": counts["other"],
        "stopped %": percent(counts["stopped"], counts["other"]),
    }
    return Line(kind, figures)
