"""How long a silence is waited out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.endpointing import LONGEST, PATIENT, SHORTEST, USUAL, TurnSoFar, hold_seconds

TURNS = st.builds(
    TurnSoFar,
    unfinished=st.booleans(),
    spelling=st.booleans(),
    short_answer=st.booleans(),
    expects_spelling=st.booleans(),
    over=st.none() | st.floats(),
)


@pytest.mark.parametrize(
    ("turn", "seconds"),
    [
        (TurnSoFar(), USUAL),
        (TurnSoFar(unfinished=True), PATIENT),
        (TurnSoFar(spelling=True), PATIENT),
        (TurnSoFar(expects_spelling=True), PATIENT),
        (TurnSoFar(short_answer=True), SHORTEST),
        (TurnSoFar(short_answer=True, expects_spelling=True), SHORTEST),
        (TurnSoFar(short_answer=True, unfinished=True), PATIENT),
        (TurnSoFar(over=1.0), SHORTEST),
        (TurnSoFar(over=0.0), LONGEST),
        (TurnSoFar(over=float("nan")), USUAL),
        (TurnSoFar(over=1.0, spelling=True), PATIENT),
    ],
)
def test_what_is_known_decides(turn: TurnSoFar, seconds: float) -> None:
    assert hold_seconds(turn) == pytest.approx(seconds)


def test_nothing_known_is_the_rule() -> None:
    assert hold_seconds() == USUAL == 0.6


@given(TURNS)
def test_it_is_always_within_bounds(turn: TurnSoFar) -> None:
    assert SHORTEST - 1e-9 <= hold_seconds(turn) <= PATIENT


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_surer_a_model_the_shorter_the_wait(first: float, second: float) -> None:
    lower, higher = sorted((first, second))
    assert hold_seconds(TurnSoFar(over=higher)) <= hold_seconds(TurnSoFar(over=lower))
