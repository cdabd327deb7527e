"""What interrupts us, what does not, and what was a false alarm."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.barge_in import BargeIn, Verdict, Words

FRAME = 256
MS = 8
Heard = tuple[Words, bool]
Step = bool | Heard | None
"""A frame with a voice or without, words and whether they are final, or None where a recogniser begins."""

STEPS = st.lists(
    st.one_of(
        st.tuples(st.booleans(), st.integers(1, 80)).map(lambda run: [run[0]] * run[1]),
        st.tuples(st.sampled_from(Words), st.booleans()).map(lambda heard: [heard]),
        st.just([None]),
    ),
    max_size=30,
).map(lambda runs: [step for run in runs for step in run])


def act(barge_in: BargeIn, steps: Sequence[Step]) -> list[Verdict]:
    verdicts = [take(barge_in, step) for step in steps]
    return [verdict for verdict in verdicts if verdict is not None]


def take(barge_in: BargeIn, step: Step) -> Verdict | None:
    if step is None:
        barge_in.await_words()
        return None
    if isinstance(step, bool):
        return barge_in.frame(step, FRAME)
    return barge_in.words(step[0], final=step[1])


def voice(ms: int) -> list[Step]:
    return [True] * (ms * MS // FRAME)


def silence(ms: int) -> list[Step]:
    return [False] * -(-ms * MS // FRAME)


REAL: list[Step] = [(Words.REAL, False)]
REAL_AT_LAST: list[Step] = [(Words.REAL, True)]
HUM: list[Step] = [(Words.BACK_CHANNEL, False)]
HUM_AT_LAST: list[Step] = [(Words.BACK_CHANNEL, True)]
NOTHING: list[Step] = [(Words.NONE, True)]
RECOGNISED: list[Step] = [None]

INTERRUPT, IGNORE, RESUME = Verdict.INTERRUPT, Verdict.IGNORE, Verdict.RESUME


@pytest.mark.parametrize(
    ("steps", "verdicts"),
    [
        (silence(10_000), []),
        (voice(700), [INTERRUPT]),
        (voice(590), []),
        (voice(400) + silence(200) + voice(300), [INTERRUPT]),
        (voice(400) + silence(500) + voice(300), []),
        (voice(100) + REAL, [INTERRUPT]),
        (voice(100) + HUM, []),
        (voice(300) + silence(700) + HUM_AT_LAST, [IGNORE]),
        (voice(300) + silence(700) + NOTHING, [IGNORE]),
        (voice(300) + silence(700) + REAL_AT_LAST, [INTERRUPT]),
        (voice(300) + silence(2_100), [IGNORE]),
        (REAL, [INTERRUPT]),
        (HUM_AT_LAST + NOTHING, []),
        (voice(700) + silence(2_100), [INTERRUPT, RESUME]),
        (voice(700) + silence(1_900), [INTERRUPT]),
        (voice(700) + silence(700) + NOTHING, [INTERRUPT, RESUME]),
        (voice(700) + silence(700) + HUM_AT_LAST, [INTERRUPT, RESUME]),
        (voice(700) + REAL + silence(5_000), [INTERRUPT]),
        (voice(700) + silence(700) + REAL_AT_LAST + silence(5_000), [INTERRUPT]),
        (voice(700) + silence(700) + RECOGNISED + silence(9_000), [INTERRUPT]),
        (voice(700) + silence(700) + RECOGNISED + silence(9_000) + NOTHING, [INTERRUPT, RESUME]),
        (voice(700) + silence(700) + RECOGNISED + silence(9_000) + REAL_AT_LAST + silence(5_000), [INTERRUPT]),
        (voice(700) + RECOGNISED + voice(100) + NOTHING + silence(2_100), [INTERRUPT, RESUME]),
        (voice(300) + silence(700) + RECOGNISED + silence(9_000) + HUM_AT_LAST, [IGNORE]),
        (voice(700) + silence(1_000) + voice(200) + silence(1_900), [INTERRUPT]),
        (voice(700) + silence(2_100) + REAL_AT_LAST, [INTERRUPT, RESUME, INTERRUPT]),
        (voice(700) + silence(2_100) + voice(700), [INTERRUPT, RESUME, INTERRUPT]),
        (voice(300) + silence(400) + voice(100) + HUM_AT_LAST + voice(560), [INTERRUPT]),
    ],
)
def test_a_voice_is_judged_by_its_length_and_its_words(steps: list[Step], verdicts: list[Verdict]) -> None:
    assert act(BargeIn(), steps) == verdicts


@given(STEPS)
def test_we_stop_once_and_resume_only_what_was_stopped(steps: list[Step]) -> None:
    barge_in = BargeIn()
    stopped = False
    for step in steps:
        verdict = take(barge_in, step)
        assert verdict is not RESUME or stopped
        assert verdict is not INTERRUPT or not stopped
        assert verdict is not IGNORE or not stopped
        stopped = verdict is INTERRUPT or (stopped and verdict is not RESUME)
        assert barge_in.interrupted == stopped


@given(STEPS)
def test_real_words_always_stop_us_and_are_never_talked_over(steps: list[Step]) -> None:
    barge_in = BargeIn()
    act(barge_in, [*steps, *REAL])
    assert barge_in.interrupted
    assert RESUME not in act(barge_in, steps)


@given(st.lists(st.integers(1, 18), max_size=30), st.booleans())
def test_signs_of_listening_never_stop_us(bursts: list[int], heard: bool) -> None:
    steps: list[Step] = []
    for frames in bursts:
        steps += [True] * frames + silence(700) + (HUM_AT_LAST if heard else NOTHING)
    assert act(BargeIn(), steps) == [IGNORE] * len(bursts)


@given(STEPS)
def test_nothing_is_left_open_after_two_seconds_of_silence(steps: list[Step]) -> None:
    barge_in = BargeIn()
    act(barge_in, steps)
    settled = act(barge_in, silence(2_032))
    assert len(settled) <= 1
    assert act(barge_in, silence(10_000)) == []


@given(STEPS)
def test_a_long_voice_stops_us_whatever_came_before(steps: list[Step]) -> None:
    barge_in = BargeIn()
    act(barge_in, [*steps, *voice(700)])
    assert barge_in.interrupted
