"""A line that loses, holds up and repeats: by chance, and the same chance each time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.twilio_simulator.wire import Chance, Wire

CHANCES = st.floats(0, 1)


def _sent(chance: Chance, count: int) -> list[str]:
    """Send messages 20 ms apart, and wait for those that are late."""
    arrived: list[str] = []
    for number in range(count):
        now = number * 160
        arrived += chance.due(now) + chance.send("media", str(number), now)
    return arrived + chance.due(10**9)


@given(CHANCES, CHANCES, CHANCES, st.integers())
def test_every_message_meets_one_fate_and_the_same_again(drop: float, delay: float, twice: float, seed: int) -> None:
    wire = Wire(drop=drop, delay=delay, duplicate=twice)
    chance = Chance(wire, seed)
    arrived = _sent(chance, 100)
    assert len(arrived) == 100 - chance.count.dropped + chance.count.duplicated
    assert arrived == _sent(Chance(wire, seed), 100)


def test_what_is_held_up_comes_late_and_is_not_lost() -> None:
    arrived = _sent(Chance(Wire(delay=0.2), 1), 200)
    assert sorted(arrived, key=int) == [str(number) for number in range(200)]
    assert arrived != sorted(arrived, key=int)


def test_other_events_and_a_perfect_line_are_left_alone() -> None:
    chance = Chance(Wire(drop=1, events=frozenset({"mark"})), 0)
    assert chance.send("media", "m", 0) == ["m"]
    assert chance.send("mark", "m", 0) == []
    assert Chance(Wire(), 0).send("media", "m", 0) == ["m"]


def test_frames_are_even_unless_asked() -> None:
    assert {Chance(Wire(), 0).frame() for _ in range(10)} == {160}
    uneven = Chance(Wire(uneven=True), 0)
    lengths = [uneven.frame() for _ in range(300)]
    assert min(lengths) >= 1
    assert max(lengths) <= 320
    assert len(set(lengths)) > 50


@pytest.mark.parametrize("wrong", [{"drop": 1.5}, {"delay": -0.1}, {"late_seconds": -1.0}, {"frame": 0}])
def test_impossible_lines_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"chance|frame"):
        Wire(**wrong)  # type: ignore[arg-type]
