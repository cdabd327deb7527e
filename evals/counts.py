"""What is counted in a row, from its inputs, what the engine made of them, and what was expected."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz.distance import Levenshtein

from domain.conversation import CallContext
from evals.arguments import same_arguments
from language.anchoring.anchors import Corpus, Kind, unanchored
from language.tokens import tokens

Counts = Mapping[str, float]


def count_cleaning(inputs: Mapping[str, Any], outputs: Mapping[str, Any], expected: str) -> Counts:
    """Count words to correct before and after, harm done and facts invented in one cleaned text."""
    raw, cleaned = inputs["raw"], outputs["actual"]
    before, after = _edits(raw, expected), _edits(cleaned, expected)
    return {
        "rows": 1,
        "words": len(tokens(expected)),
        "before": before,
        "after": after,
        "exact": after == 0,
        "harmed": after > before,
        "invented": _invented(inputs, cleaned, expected),
        "answered": answered(outputs),
    }


def _edits(text: str, expected: str) -> int:
    """Words to insert, delete or replace; case and punctuation are no words."""
    return Levenshtein.distance(*([word.folded for word in tokens(each)] for each in (text, expected)))


def _invented(inputs: Mapping[str, Any], cleaned: str, expected: str) -> int:
    """Numbers that were not said in this turn, and names that are nowhere in the call; what was meant was said."""
    said, context = (inputs["raw"], expected), CallContext(**inputs["context"])
    call = Corpus.of((*said, *context.texts, *(earlier["text"] for earlier in inputs["history"])))
    numbers = [span for span in unanchored(cleaned, Corpus.of(said)) if span.kind is Kind.NUMBER]
    names = [span for span in unanchored(cleaned, call) if span.kind is Kind.NAME]
    return len(numbers) + len(names)


def count_decision(_: Mapping[str, Any], outputs: Mapping[str, Any], expected: Sequence[Sequence[Any]]) -> Counts:
    """Count the calls that were right, by name and as a whole, and the silence that was due."""
    made = [(name, arguments) for name, arguments in outputs["actual"]]
    named = (Counter(name for name, _ in made) & Counter(name for name, _ in expected)).total()
    whole = _matched(made, expected)
    return {
        "rows": 1,
        "calls": len(made) + len(expected),
        "named": 2 * named,
        "whole": 2 * whole,
        "silent": not expected,
        "kept_silent": not expected and not made,
        "stopped": outputs["stopped"],
        "answered": answered(outputs),
    }


def _matched(made: Sequence[tuple[str, Any]], expected: Sequence[Sequence[Any]]) -> int:
    """Count the expected calls that were made, each call for one of them."""
    left = list(made)
    for name, due in expected:
        match = next((call for call in left if call[0] == name and same_arguments(call[1], due)), None)
        if match is not None:
            left.remove(match)
    return len(made) - len(left)


def count_consent(_: Mapping[str, Any], outputs: Mapping[str, Any], expected: str) -> Counts:
    """Count false grants among what was not consented to, and misses among what was."""
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


def answered(outputs: Mapping[str, Any]) -> bool:
    """True unless the rules had to stand in for the model."""
    return not any(reason.endswith(":fallback") for reason in outputs["degraded"])
