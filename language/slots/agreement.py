"""What several hypotheses of a recogniser, and several tries of a caller, agree on.

A hypothesis weighs one over its rank. A value that was heard in an earlier try too is believed; one heard for the
first time needs most of the weight, no near rival, and no other value in an earlier try. Else the agent asks again.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

_FLOOR, _RIVAL, _REPEATED = 0.5, 0.6, 0.3


class Heard(NamedTuple):
    """A value that one hypothesis gives, and whether its words are plain."""

    value: str
    certain: bool = True


class Hearing(NamedTuple):
    """What the hypotheses of one try give: how much of their weight each value has, and the plain ones."""

    weights: Mapping[str, float]
    certain: frozenset[str]


Reader = Callable[[str], Heard | None]


def agreed(tries: Sequence[Sequence[str]], read: Reader, *, floor: float = _FLOOR) -> str | None:
    """The value that the last of some tries gives, None where the caller should be asked again.

    Each try is its hypotheses, best first. `floor` is the share of the weight that a value needs at its first hearing.
    """
    hearings = [hearing(hypotheses, read) for hypotheses in tries]
    if not hearings or not hearings[-1].weights:
        return None
    now = hearings[-1].weights
    earlier = total_weights(hearings[:-1])
    certain = frozenset[str]().union(*(one.certain for one in hearings))
    best = max(now, key=lambda value: now[value])
    again = [value for value in now if value in earlier and _repeats(value, best, now, certain)]
    if again:
        return max(again, key=lambda value: now[value] + earlier[value])
    rivals = [weight for value, weight in now.items() if value != best]
    alone = not earlier and best in certain and now[best] >= floor
    return best if alone and all(weight <= _RIVAL * now[best] for weight in rivals) else None


def total_weights(hearings: Sequence[Hearing]) -> dict[str, float]:
    """How much weight each value has in all of some tries."""
    values = [value for one in hearings for value in one.weights]
    return {value: sum(one.weights.get(value, 0.0) for one in hearings) for value in dict.fromkeys(values)}


def hearing(hypotheses: Sequence[str], read: Reader) -> Hearing:
    """Weigh what the hypotheses of one try give; the weights of all hypotheses, read or not, add up to 1."""
    total = sum(1 / rank for rank in range(1, len(hypotheses) + 1))
    found, certain = dict[str, float](), set[str]()
    for rank, hypothesis in enumerate(hypotheses, 1):
        if heard := read(hypothesis):
            found[heard.value] = found.get(heard.value, 0.0) + 1 / rank / total
            certain.update({heard.value} if heard.certain else ())
    return Hearing(found, frozenset(certain))


def _repeats(value: str, best: str, now: Mapping[str, float], certain: frozenset[str]) -> bool:
    """Whether a value of an earlier try has weight enough in this one to be the same again."""
    if now[value] < now[best] / 2:
        return False
    return value in certain or (value == best and now[value] >= _REPEATED)
