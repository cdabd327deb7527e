"""How rows are judged. A row is counted; every score is a ratio of two counts, for a row or summed over all rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Levenshtein

from domain.conversation import CallContext
from evals.arguments import same_arguments
from evals.datasets import Duty
from language.anchors import Corpus, Kind, unanchored
from language.tokens import tokens

Counts = Mapping[str, float]


@dataclass(frozen=True)
class Metric:
    """A score `over`/`under`; `best` is the value of a faultless row, None where the row's difficulty is measured."""

    name: str
    over: str
    under: str
    best: float | None
    says: str

    def of(self, counts: Counts) -> float | None:
        """The score, or None where nothing could be scored."""
        return counts[self.over] / counts[self.under] if counts[self.under] else None


@dataclass(frozen=True)
class Evaluator:
    """What is counted in a row (inputs, outputs, expected), and the scores made of it."""

    count: Callable[[Mapping[str, Any], Mapping[str, Any], Any], Counts]
    metrics: Sequence[Metric]

    def row(self, inputs: dict[str, Any], outputs: dict[str, Any], reference_outputs: dict[str, Any]) -> dict[str, Any]:
        """Score one row, as LangSmith calls it."""
        return self._feedback(self.count(inputs, outputs, reference_outputs["expected"]))

    def summary(
        self,
        inputs: list[dict[str, Any]],
        outputs: list[dict[str, Any]],
        reference_outputs: list[dict[str, Any]],
    ) -> dict[str, Any]:
        """Score all rows, as LangSmith calls it."""
        rows = zip(inputs, outputs, reference_outputs, strict=True)
        return self._feedback(total(self.count(given, made, due["expected"]) for given, made, due in rows))

    def loss(self, counts: Counts) -> float:
        """How far a row is from a faultless one; 0 is faultless."""
        scores = ((metric.best, metric.of(counts)) for metric in self.metrics)
        return sum(abs(score - best) for best, score in scores if best is not None and score is not None)

    def _feedback(self, counts: Counts) -> dict[str, Any]:
        return {"results": [{"key": metric.name, "score": metric.of(counts)} for metric in self.metrics]}


def total(rows: Iterable[Counts]) -> Counts:
    """Sum the counts of rows."""
    summed: Counter[str] = Counter()
    for row in rows:
        for name, count in row.items():
            summed[name] += count  # type: ignore[assignment]
    return summed


def _cleaning(inputs: Mapping[str, Any], outputs: Mapping[str, Any], expected: str) -> Counts:
    raw, cleaned = inputs["raw"], outputs["actual"]
    before, after = _edits(raw, expected), _edits(cleaned, expected)
    return {
        "rows": 1,
        "words": len(tokens(expected)),
        "before": before,
        "after": after,
        "exact": after == 0,
        "harmed": after > before,
        "invented": _invented(inputs, cleaned),
        "answered": _answered(outputs),
    }


def _edits(text: str, expected: str) -> int:
    """Words to insert, delete or replace; case and punctuation are no words."""
    return Levenshtein.distance(*([word.folded for word in tokens(each)] for each in (text, expected)))


def _invented(inputs: Mapping[str, Any], cleaned: str) -> int:
    """Numbers that are not in the raw words, and names that are nowhere in the call."""
    raw, context = inputs["raw"], CallContext(**inputs["context"])
    call = Corpus.of((raw, *context.texts, *(said["text"] for said in inputs["history"])))
    numbers = [span for span in unanchored(cleaned, Corpus.of((raw,))) if span.kind is Kind.NUMBER]
    names = [span for span in unanchored(cleaned, call) if span.kind is Kind.NAME]
    return len(numbers) + len(names)


def _deciding(_: Mapping[str, Any], outputs: Mapping[str, Any], expected: Sequence[Sequence[Any]]) -> Counts:
    made = [(name, arguments) for name, arguments in outputs["actual"]]
    named = (Counter(name for name, _ in made) & Counter(name for name, _ in expected)).total()
    whole = sum(any(name == other and same_arguments(given, due) for name, given in made) for other, due in expected)
    return {
        "rows": 1,
        "calls": len(made) + len(expected),
        "named": 2 * named,
        "whole": 2 * whole,
        "silent": not expected,
        "kept_silent": not expected and not made,
        "stopped": outputs["stopped"],
        "answered": _answered(outputs),
    }


def _consenting(_: Mapping[str, Any], outputs: Mapping[str, Any], expected: str) -> Counts:
    verdict = outputs["actual"]
    grant = expected == "granted"
    return {
        "rows": 1,
        "right": verdict == expected,
        "consented": grant,
        "missed": grant and verdict != "granted",
        "withheld": not grant,
        "false_grants": not grant and verdict == "granted",
    }


def _answered(outputs: Mapping[str, Any]) -> bool:
    """True unless the rules had to stand in for the model."""
    return not any(reason.endswith(":fallback") for reason in outputs["degraded"])


_ANSWERED = Metric("answered", "answered", "rows", 1, "rows the engine answered itself; the rest fell back to rules")

EVALUATORS: Mapping[Duty, Evaluator] = {
    Duty.CLEAN: Evaluator(
        _cleaning,
        (
            Metric("wer_before", "before", "words", None, "word error rate of the raw words: how hard the rows are"),
            Metric("wer", "after", "words", 0, "word error rate of the cleaned words"),
            Metric("exact", "exact", "rows", 1, "rows with every word right"),
            Metric("harmed", "harmed", "rows", 0, "rows that cleaning made worse"),
            Metric("invented", "invented", "rows", 0, "numbers and names nobody said, per row"),
            _ANSWERED,
        ),
    ),
    Duty.DECIDE: Evaluator(
        _deciding,
        (
            Metric("call_f1", "named", "calls", 1, "the right function, F1 over all calls"),
            Metric("arguments_f1", "whole", "calls", 1, "the right function with every argument right, F1"),
            Metric("no_call", "kept_silent", "silent", 1, "rows without a fact in which nothing was called"),
            Metric("stopped", "stopped", "rows", 0, "calls stopped for a bad argument or one nobody said, per row"),
            _ANSWERED,
        ),
    ),
    Duty.CONSENT: Evaluator(
        _consenting,
        (
            Metric("false_grant", "false_grants", "withheld", 0, "no consent was given, and the act would run"),
            Metric("missed", "missed", "consented", 0, "consent was given, and not seen"),
            Metric("right", "right", "rows", 1, "granted, refused or held, as it should be"),
        ),
    ),
}
