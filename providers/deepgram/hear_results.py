"""Deepgram's results as a recognition, or one by one as they come."""

from collections.abc import Iterable
from itertools import zip_longest
from math import fsum, isfinite

from ports.speech_to_text import Partial, Recognition, Segment
from providers.deepgram.hear_messages import Alternative, Results

_SAME_PLACE = 0.001
"""Seconds by which the ends of two stretches may miss each other."""


class Settled:
    """Which stretches are final, in whatever order their results arrive."""

    def __init__(self) -> None:
        self._finals: dict[float, Results] = {}

    @property
    def results(self) -> list[Results]:
        """The final ones, in the order in which they were said."""
        return [self._finals[start] for start in sorted(self._finals)]

    def take(self, results: Results) -> bool:
        """Keep final results; tell whether these say anything new: not a late guess, nor a final one again."""
        if self._covers(results):
            return False
        if results.is_final:
            self._finals[results.start] = results
        return True

    def _covers(self, results: Results) -> bool:
        return any(
            final.start - _SAME_PLACE <= results.start < final.end - _SAME_PLACE for final in self._finals.values()
        )


def partial_of(results: Results) -> Partial:
    """Say in the port's words what was heard in one stretch."""
    text = results.best.transcript.strip()
    confidence = _certainty([results.best]) if text else 0.0
    return Partial(text, confidence, results.is_final, results.start, results.end)


def recognition(finals: Iterable[Results], language: str | None) -> Recognition:
    """Put the final stretches of an utterance together, given in order; `language` where Deepgram names none.

    Confidence is Deepgram's own for each stretch, averaged by the number of its words.
    """
    spoken = [results for results in finals if results.best.transcript.strip()]
    if not spoken:
        return Recognition("", 0.0)
    heard = [results.best for results in spoken]
    named = next((best.languages[0] for best in heard if best.languages), language)
    return Recognition(
        text=_joined(heard),
        confidence=_certainty(heard),
        language=named,
        segments=tuple(Segment(r.best.transcript.strip(), r.start, r.end) for r in spoken),
        alternatives=_other_readings(spoken),
    )


def _joined(alternatives: Iterable[Alternative]) -> str:
    return " ".join(text for alternative in alternatives if (text := alternative.transcript.strip()))


def _certainty(alternatives: Iterable[Alternative]) -> float:
    weighted = [(max(len(a.transcript.split()), 1), _unit(a.confidence)) for a in alternatives]
    return fsum(weight * value for weight, value in weighted) / sum(weight for weight, _ in weighted)


def _unit(value: float) -> float:
    return min(max(value, 0.0), 1.0) if isfinite(value) else 0.0


def _other_readings(spoken: list[Results]) -> tuple[str, ...]:
    """Join the second readings of all stretches, then the third; a stretch with fewer stays with its best."""
    rows = list(zip_longest(*(results.channel.alternatives for results in spoken)))
    others = (_joined(other or results.best for other, results in zip(row, spoken, strict=True)) for row in rows[1:])
    best = _joined(results.best for results in spoken)
    return tuple(text for text in dict.fromkeys(others) if text != best)
