"""What was said, given to the anchors as a cleaning of what was heard: a good correction is not taken back."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from evals.datasets import Threshold
from evals.public.heard_words import compared, more_in, numbers_of
from evals.public.rows import Row, Rows
from evals.public.scored import Bar, Counts, Line, Prediction, Scored, percent
from language.anchoring.anchors import Corpus, enforce
from language.negation import negations_in
from language.words import is_word

MOST_REVERTED = 1.0
ALL = "ALL"


def predict(rows: Rows, folder: Path) -> Iterator[Sequence[Prediction]]:
    """Take each wrong hypothesis for the raw text and what was said for its cleaning."""
    for row in rows:
        heard, alternatives = row["hyp"], row.get("nbest", ())
        yield ({"id": row["id"], **_enforced(row, heard, alternatives)},) if heard != row["ref"] else ()


def _enforced(row: Row, heard: str, alternatives: Sequence[str]) -> Prediction:
    kept = enforce(heard, row["ref"], Corpus(), alternatives=alternatives)
    return {"text": kept.text, "reverted": sorted(set(kept.reverted)), "strange": sorted(_strange(row))}


def _strange(row: Row) -> Iterator[str]:
    """The kinds of facts that the correction brings or takes though no hypothesis says so: these are to be reverted."""
    said, heard, known = row["ref"], row["hyp"], (row["hyp"], *row.get("nbest", ()))
    if more_in(set(numbers_of(said)), chain(*map(numbers_of, known))) or more_in(numbers_of(heard), numbers_of(said)):
        yield "number"
    if more_in(_rare(said), chain(*map(_rare, known))):
        yield "name"
    if len(negations_in(said)) != len(negations_in(heard)):
        yield "negation"


def _rare(text: str) -> set[str]:
    """The words, letters that spell one joined, that stand in no word list."""
    return {word for word in compared(text) if word.isalpha() and not is_word(word)}


def score(rows: Rows, predictions: Sequence[Prediction]) -> Scored:
    """Score by source: good corrections that were reverted, in part or whole, and so for those with a foreign fact."""
    sources, counts = {row["id"]: row["set"] for row in rows}, defaultdict[str, Counts](Counter)
    for one in predictions:
        kind = "foreign" if one["strange"] else "good"
        for source in (sources[one["id"]], ALL):
            counts[source].update({kind: 1, f"{kind} reverted": bool(one["reverted"])})
    lines = [_line(source, each) for source, each in sorted(counts.items())]
    reverted = percent(counts[ALL]["good reverted"], counts[ALL]["good"])
    return Scored(lines, (Bar("reverted %", reverted, Threshold(most=MOST_REVERTED)),))


def _line(source: str, counts: Counts) -> Line:
    figures = {
        "good": counts["good"],
        "reverted": counts["good reverted"],
        "reverted %": percent(counts["good reverted"], counts["good"]),
        "foreign": counts["foreign"],
        "caught %": percent(counts["foreign reverted"], counts["foreign"]),
    }
    return Line(source, figures)
