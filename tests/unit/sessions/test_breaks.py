"""Turns that break: how long they rest, which are hopeless, and when they are forgotten."""

import pytest

from domain.errors import Unavailable
from domain.turn import TurnResult
from ports.records import TurnReceipt
from sessions.breaks import LONGEST_REST_SECONDS, MOST, Breaks
from sessions.ending import CLOSE_SECONDS
from sessions.waiting import Turn

DOOMED, ENDED, ERASED = ((("demo", "s"), turn_id) for turn_id in ("doomed", "ended", "erased"))
MISTAKE = RuntimeError("a mistake")


class Records:
    """Remembers one open turn and one that has ended."""

    async def turn(self, tenant_id: str, session_id: str, turn_id: str) -> TurnReceipt | None:
        """Find a turn."""
        found: Turn = (tenant_id, session_id), turn_id
        if found == ERASED:
            return None
        result = TurnResult(turn_id=turn_id) if found == ENDED else None  # type: ignore[typeddict-item]
        return TurnReceipt(seq=1, turn_id=turn_id, created=False, result=result)


@pytest.fixture
def breaks() -> Breaks:
    return Breaks(Records())  # type: ignore[arg-type]


def test_only_what_waiting_cannot_help_is_hopeless(breaks: Breaks) -> None:
    for _ in range(MOST * 2):
        breaks.count(DOOMED, Unavailable())
    for _ in range(MOST - 1):
        breaks.count(DOOMED, MISTAKE)
    assert not breaks.hopeless(DOOMED)
    assert breaks.count(DOOMED, MISTAKE) == MOST * 3
    assert breaks.hopeless(DOOMED)
    assert not breaks.hopeless(ENDED)


def test_it_rests_longer_each_time_and_closing_waits_for_all_of_it(breaks: Breaks) -> None:
    rests = []
    for _ in range(MOST):
        breaks.count(DOOMED, MISTAKE)
        rests.append(breaks.rest(DOOMED))
    assert rests == sorted(rests)
    assert sum(rests) < CLOSE_SECONDS


def test_it_may_break_as_often_as_it_likes(breaks: Breaks) -> None:
    for _ in range(2_000):
        breaks.count(DOOMED, Unavailable())
    assert breaks.rest(DOOMED) == LONGEST_REST_SECONDS


async def test_what_has_ended_is_forgotten(breaks: Breaks) -> None:
    for turn in (DOOMED, ENDED, ERASED):
        for _ in range(MOST):
            breaks.count(turn, MISTAKE)
    await breaks.forget_ended()
    assert [breaks.hopeless(turn) for turn in (DOOMED, ENDED, ERASED)] == [True, False, False]
    assert [breaks.count(turn, MISTAKE) for turn in (DOOMED, ENDED, ERASED)] == [MOST + 1, 1, 1]
    breaks.forget(DOOMED)
    assert not breaks.hopeless(DOOMED)
