"""Answers cut off at random bytes: what is kept as heard was heard, and lacks only what no mark could prove."""

import asyncio

import pytest

from bench.voice.cuts import Cut, Cuts, make_cuts
from bench.voice.virtual_time import VirtualLoop
from speech.playout import Playout, Sentence

CUTS = 500


@pytest.fixture(scope="module")
def cuts() -> Cuts:
    return make_cuts(range(CUTS), seed=7)


def test_no_word_is_claimed_that_was_not_played(cuts: Cuts) -> None:
    assert len(cuts.outcomes) == CUTS
    assert {outcome.cut for outcome in cuts.outcomes} == set(Cut)
    assert cuts.unplayed == 0


def test_at_most_one_sentence_was_played_in_part_and_is_not_claimed(cuts: Cuts) -> None:
    assert cuts.most_fragments == 1


def test_after_a_hang_up_nothing_whole_is_missing(cuts: Cuts) -> None:
    """Every mark that was reached comes before the news of the hang-up; over a clear it may still be on its way."""
    hung_up = [outcome for outcome in cuts.outcomes if outcome.cut is Cut.HANG_UP]
    assert max(outcome.unproven for outcome in hung_up) == 1


def test_the_cuts_tell_a_bookkeeping_that_believes_every_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    def forget_nothing(playout: Playout) -> list[Sentence]:
        return []

    monkeypatch.setattr(Playout, "cleared", forget_nothing)
    assert make_cuts(range(200), seed=7).unplayed > 0


def test_virtual_time_leaps_to_what_waits() -> None:
    async def wait_an_hour() -> float:
        await asyncio.sleep(3_600)
        return asyncio.get_running_loop().time()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        assert runner.run(wait_an_hour()) == pytest.approx(3_600)


def test_virtual_time_says_when_nothing_will_ever_come() -> None:
    async def wait_for_nobody() -> None:
        await asyncio.Event().wait()

    loop = VirtualLoop()
    waiting = loop.create_task(wait_for_nobody())
    with pytest.raises(RuntimeError, match="for nothing that will come"):
        loop.run_until_complete(waiting)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        loop.run_until_complete(waiting)
    loop.close()
