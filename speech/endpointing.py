"""How long a silence has to last until a turn is over, from what is known of the turn so far."""

from dataclasses import dataclass

SHORTEST, USUAL, LONGEST, PATIENT = 0.3, 0.6, 0.8, 1.2
"""Seconds: after a whole short answer, as a rule, when a turn seems not to be over, and while more is sure to come."""


@dataclass(frozen=True)
class TurnSoFar:
    """What is known of a turn that may be over.

    `unfinished`, `spelling` and `short_answer` are what its words say (`language.unfinished`), where a recogniser gives
    words before the end. `expects_spelling` is known without them: we asked for a number, a name or an address.
    `over` is a model's probability that the speaker is done, where there is such a model.
    """

    unfinished: bool = False
    spelling: bool = False
    short_answer: bool = False
    expects_spelling: bool = False
    over: float | None = None


NOTHING_KNOWN = TurnSoFar()


def hold_seconds(turn: TurnSoFar = NOTHING_KNOWN) -> float:
    """Choose how long to wait in silence: 0.3 to 0.8 s, and 1.2 s while more is sure to come.

    What words say outweighs what was expected; a whole short answer has nothing spelt in it.
    """
    if turn.spelling or turn.unfinished:
        return PATIENT
    if turn.short_answer:
        return SHORTEST
    if turn.expects_spelling:
        return PATIENT
    if turn.over is None or not 0 <= turn.over <= 1:
        return USUAL
    return LONGEST - (LONGEST - SHORTEST) * turn.over
