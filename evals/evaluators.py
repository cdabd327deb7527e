"""How rows are judged. A row is counted; every score is a ratio of two counts, for a row or summed over all rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from langsmith.evaluation import EvaluationResult, EvaluationResults
from langsmith.schemas import Example, Run

from evals.calls.counts import count_call, count_replies
from evals.counts import Counts, count_cleaning, count_consent, count_decision
from evals.duty import Duty
from evals.reporting.explained import explain_call, explain_replies, explain_turn


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
    explain: Callable[[Mapping[str, Any], Mapping[str, Any], Any], Iterator[tuple[str, str]]] = explain_turn
    """Says in words what came of a row (inputs, outputs, expected): (name, words)."""

    def row(self, run: Run, example: Example | None) -> EvaluationResults:
        """Score one row, as LangSmith asks."""
        return self._feedback(self._counted(run, example))

    def summary(self, runs: Sequence[Run], examples: Sequence[Example]) -> EvaluationResults:
        """Score all rows, as LangSmith asks."""
        return self._feedback(total(map(self._counted, runs, examples)))

    def loss(self, counts: Counts) -> float:
        """How far a row is from a faultless one; 0 is faultless."""
        scores = ((metric.best, metric.of(counts)) for metric in self.metrics)
        return sum(abs(score - best) for best, score in scores if best is not None and score is not None)

    def _counted(self, run: Run, example: Example | None) -> Counts:
        inputs, reference = (example.inputs, example.outputs) if example else (None, None)
        return self.count(inputs or {}, run.outputs or {}, (reference or {})["expected"])

    def _feedback(self, counts: Counts) -> EvaluationResults:
        scores = [EvaluationResult(key=metric.name, score=metric.of(counts)) for metric in self.metrics]
        return EvaluationResults(results=scores)


def total(rows: Iterable[Counts]) -> Counts:
    """Sum the counts of rows."""
    counted = list(rows)
    return {name: sum(row[name] for row in counted) for name in (counted[0] if counted else {})}


_ANSWERED = Metric("answered", "answered", "rows", 1, "rows the engine answered itself; the rest fell back to rules")

EVALUATORS: Mapping[Duty, Evaluator] = {
    Duty.CLEAN: Evaluator(
        count_cleaning,
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
        count_decision,
        (
            Metric("call_f1", "named", "calls", 1, "the right function, F1 over all calls"),
            Metric("arguments_f1", "whole", "calls", 1, "the right function with every argument right, F1"),
            Metric("no_call", "kept_silent", "silent", 1, "rows without a fact in which nothing was called"),
            Metric("stopped", "stopped", "rows", 0, "calls stopped for a bad argument or one nobody said, per row"),
            _ANSWERED,
        ),
    ),
    Duty.CONSENT: Evaluator(
        count_consent,
        (
            Metric("false_grant", "false_grants", "withheld", 0, "no consent was given, and the act would run"),
            Metric("missed", "missed", "consented", 0, "consent was given, and not seen"),
            Metric("right", "right", "rows", 1, "granted, refused or held, as it should be"),
        ),
    ),
    Duty.CALLS: Evaluator(
        count_call,
        (
            Metric("right", "right", "due", 1, "values of the final dataset that are what they should be"),
            Metric("wrong", "wrong", "due", 0, "values that are something else"),
            Metric("missing", "missing", "due", 0, "values that were said and not learnt"),
            Metric("invented", "invented", "learnt", 0, "values learnt that were not due, of all learnt"),
            Metric("undue", "undue", "rows", 0, "what cannot be taken back, done and not due, per call"),
            Metric("acts", "right_acts", "acts", 1, "what cannot be taken back, done as often as it was due, F1"),
            Metric("consents", "right_consents", "consents", 1, "gated calls granted, refused or held as due, F1"),
            Metric("faultless", "faultless", "rows", 1, "calls without any fault"),
            _ANSWERED,
        ),
        explain_call,
    ),
    Duty.REPLIES: Evaluator(
        count_replies,
        (
            Metric("length", "words", "most_words", None, "words of a reply, of the most that are said at once"),
            Metric("spoken", "spoken", "wanted", 1, "turns with words that got a reply"),
            Metric("told", "told", "due", 1, "what a reply had to say that it said"),
            Metric("unwanted", "unwanted", "replies", 0, "words said that must not be, per reply"),
            Metric("long", "long", "replies", 0, "replies longer than can be listened to"),
            Metric("marked", "marked", "replies", 0, "sentences that cannot be spoken as they are, per reply"),
            Metric("invented", "invented", "replies", 0, "sentences with a fact from nowhere, per reply"),
            Metric("unbacked", "unbacked", "replies", 0, "sentences that say something is done that is not, per reply"),
            _ANSWERED,
        ),
        explain_replies,
    ),
}
