"""Utterances out of probabilities: where they begin and end, and that no voice is lost or heard twice."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from speech.framing import RATE_HZ
from speech.resample import Signal
from speech.turn_taking import OFF, ON, SpeechEnded, SpeechEvent, SpeechStarted, TurnRules, TurnTaking

FRAME = 256
PRE_ROLL = 1_600
SHORT = TurnRules(longest=2 * RATE_HZ)

PROBABILITIES = st.lists(
    st.tuples(st.sampled_from([0.0, 0.3, 0.49, 0.5, 0.6, 0.69, 0.7, 1.0]), st.integers(1, 30)), max_size=25
)


@dataclass
class Told:
    """What a line told, and the line itself: every sample is its own place."""

    started: list[int]
    ended: list[SpeechEnded]
    voiced: list[tuple[int, int]]
    """Stretches with a voice, as the rules for on and off have them."""


def place(start: int, samples: int) -> Signal:
    return np.arange(start, start + samples, dtype=np.float32)


def play(taking: TurnTaking, frames: list[float], sizes: int = FRAME) -> list[SpeechEvent]:
    return [event for p in frames for event in taking.push(place(taking.now, sizes), p)]


def run(frames: list[float], hold: float = 0.6, rules: TurnRules | None = None) -> Told:
    taking = TurnTaking(hold, rules)
    voiced: list[tuple[int, int]] = []
    events: list[SpeechEvent] = []
    for probability in frames:
        start, was = taking.now, taking.voiced
        events += taking.push(place(start, FRAME), probability)
        if taking.voiced:
            voiced = [*voiced[:-1], (voiced[-1][0], taking.now)] if was else [*voiced, (start, taking.now)]
    events += taking.finish()
    return Told(
        [event.at_sample for event in events if isinstance(event, SpeechStarted)],
        [event for event in events if isinstance(event, SpeechEnded)],
        voiced,
    )


def spread(runs: list[tuple[float, int]]) -> list[float]:
    return [probability for probability, count in runs for _ in range(count)]


def test_an_utterance_has_its_pre_roll_and_ends_after_the_hold() -> None:
    told = run([0.0] * 20 + [0.9] * 10 + [0.0] * 40)
    (ended,) = told.ended
    assert told.started == [20 * FRAME]
    assert ended.at_sample == 20 * FRAME - PRE_ROLL
    assert ended.voice_end == 30 * FRAME
    assert 0.6 * RATE_HZ <= ended.end_sample - ended.voice_end < 0.6 * RATE_HZ + FRAME
    assert np.array_equal(ended.samples, place(ended.at_sample, len(ended.samples)))
    assert not ended.cut


def test_a_voice_from_the_first_sample_on_has_no_pre_roll() -> None:
    told = run([0.9] * 10)
    assert told.started == [0]
    assert (told.ended[0].at_sample, told.ended[0].end_sample) == (0, 10 * FRAME)


def test_a_click_is_no_voice() -> None:
    assert run([0.0] * 5 + [1.0] * 2 + [0.0] * 30).started == []


def test_a_voice_comes_at_seven_tenths_and_stays_down_to_a_half() -> None:
    assert run([0.69] * 50).started == []
    assert run([ON] * 3 + [OFF] * 100).ended[0].voice_end == 103 * FRAME
    assert run([ON] * 10 + [0.49] * 100).ended[0].voice_end == 10 * FRAME


def test_no_number_is_silence() -> None:
    assert run([float("nan")] * 20).started == []


def test_the_hold_may_change_while_somebody_speaks() -> None:
    taking = TurnTaking(hold=0.6)
    play(taking, [0.9] * 10)
    taking.hold = 1.2
    assert play(taking, [0.0] * 30) == []
    taking.hold = 0.3
    (ended,) = play(taking, [0.0])
    assert isinstance(ended, SpeechEnded)
    assert not taking.speaking


def test_a_pause_shorter_than_the_hold_is_inside_the_utterance() -> None:
    assert len(run([0.9] * 10 + [0.0] * 18 + [0.9] * 10 + [0.0] * 30).ended) == 1
    assert len(run([0.9] * 10 + [0.0] * 19 + [0.9] * 10 + [0.0] * 30).ended) == 2


def test_a_minute_is_cut_and_nothing_is_lost() -> None:
    told = run([0.9] * 4_000)
    assert told.started[0] == 0
    assert [ended.cut for ended in told.ended] == [True, True, False]
    assert all(60 * RATE_HZ <= len(ended.samples) < 60 * RATE_HZ + FRAME for ended in told.ended[:2])
    assert np.array_equal(np.concatenate([ended.samples for ended in told.ended]), place(0, 4_000 * FRAME))
    assert told.started[1:] == [ended.end_sample for ended in told.ended[:-1]]


def test_silence_after_a_cut_is_no_utterance() -> None:
    frames = -(-SHORT.longest // FRAME)
    told = run([0.9] * frames + [0.0] * 50, rules=SHORT)
    assert [ended.cut for ended in told.ended] == [True]
    assert len(told.started) == 1


@given(PROBABILITIES, st.sampled_from([0.0, 0.3, 0.6, 1.2]), st.sampled_from([SHORT, None]))
def test_every_voice_is_in_one_utterance_and_no_sample_in_two(
    runs: list[tuple[float, int]], hold: float, rules: TurnRules | None
) -> None:
    told = run(spread(runs), hold, rules)
    assert len(told.started) == len(told.ended)
    for ended in told.ended:
        assert np.array_equal(ended.samples, place(ended.at_sample, len(ended.samples)))
        assert ended.at_sample <= ended.voice_end <= ended.end_sample
    assert all(first.end_sample <= second.at_sample for first, second in pairwise(told.ended))
    assert all(0 <= start - ended.at_sample <= PRE_ROLL for start, ended in zip(told.started, told.ended, strict=True))
    for start, end in told.voiced:
        inside = sum(max(0, min(end, one.end_sample) - max(start, one.at_sample)) for one in told.ended)
        assert inside == end - start or (end - start < (rules or TurnRules()).onset and inside == 0)


@given(PROBABILITIES)
def test_the_size_of_a_frame_moves_nothing_by_more_than_a_frame(runs: list[tuple[float, int]]) -> None:
    frames = spread(runs)
    coarse, fine = TurnTaking(), TurnTaking()
    whole = play(coarse, frames) + coarse.finish()
    halves = play(fine, [p for p in frames for _ in range(2)], FRAME // 2) + fine.finish()
    assert [type(event) for event in whole] == [type(event) for event in halves]
