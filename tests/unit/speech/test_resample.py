"""The resampler one way: splits, tones, stop band, delay, lengths."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from speech.resample import Resampler, Signal, design_filter, resample_whole

RATES = [(8_000, 16_000), (16_000, 8_000), (22_050, 8_000), (24_000, 8_000), (44_100, 8_000), (48_000, 16_000)]
TELEPHONE = [pair for pair in RATES if 8_000 in pair]
# None is a multiple of 50 Hz: a tone that repeats every 20 ms would hide a click at every chunk.
TONES = [313.0, 1_004.0, 1_333.3, 2_211.7, 2_987.0]


def tone(hertz: float, rate_hz: int, seconds: float = 1.0) -> Signal:
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate_hz)) / rate_hz)).astype(np.float32)


def sinad_db(signal: Signal, hertz: float, rate_hz: int) -> float:
    """Signal to noise and distortion: what the best-fitting sine leaves over."""
    steady = signal[rate_hz // 50 :].astype(np.float64)
    angle = 2 * np.pi * hertz * np.arange(len(steady)) / rate_hz
    basis = np.stack([np.sin(angle), np.cos(angle)], axis=1)
    fitted = basis @ np.linalg.lstsq(basis, steady, rcond=None)[0]
    return float(10 * np.log10((fitted @ fitted) / ((steady - fitted) @ (steady - fitted))))


def response_db(from_hz: int, to_hz: int, hertz: list[float]) -> NDArray[np.float64]:
    """Gain of the filter that serves these rates."""
    divisor = int(np.gcd(from_hz, to_hz))
    up = to_hz // divisor
    taps = design_filter(up, from_hz // divisor)
    turns = np.exp(-2j * np.pi * np.outer(hertz, np.arange(len(taps))) / (up * from_hz))
    return np.asarray(20 * np.log10(np.abs(turns @ taps) / up))


@pytest.mark.parametrize(("from_hz", "to_hz"), RATES)
@settings(max_examples=20, deadline=None)
@given(cuts=st.lists(st.integers(0, 3_000), max_size=12), seed=st.integers(0, 9))
def test_any_split_gives_the_same_bits(from_hz: int, to_hz: int, cuts: list[int], seed: int) -> None:
    sound = np.random.default_rng(seed).standard_normal(3_000).astype(np.float32)
    whole = Resampler(from_hz, to_hz).push(sound)
    parts = Resampler(from_hz, to_hz)
    pieces = [parts.push(piece) for piece in np.split(sound, sorted(cuts))]
    assert np.array_equal(whole, np.concatenate(pieces))


@pytest.mark.parametrize("size", [1, 7, 80, 160])
def test_chunks_of_one_size_give_the_same_bits(size: int) -> None:
    sound = np.random.default_rng(0).standard_normal(1_600).astype(np.float32)
    stream = Resampler(8_000, 16_000)
    pieces = [stream.push(sound[at : at + size]) for at in range(0, len(sound), size)]
    assert np.array_equal(Resampler(8_000, 16_000).push(sound), np.concatenate(pieces))


@pytest.mark.parametrize(("from_hz", "to_hz"), RATES)
def test_a_long_stream_gives_the_same_bits_in_pieces_of_any_length(from_hz: int, to_hz: int) -> None:
    sound = np.random.default_rng(0).standard_normal(20_000).astype(np.float32)
    whole = Resampler(from_hz, to_hz).push(sound)
    for size in (160, 999, 4_096, 9_000):
        stream = Resampler(from_hz, to_hz)
        pieces = [stream.push(sound[at : at + size]) for at in range(0, len(sound), size)]
        assert np.array_equal(whole, np.concatenate(pieces))


@pytest.mark.parametrize(("from_hz", "to_hz"), RATES)
def test_every_twenty_milliseconds_have_their_exact_length(from_hz: int, to_hz: int) -> None:
    stream = Resampler(from_hz, to_hz)
    chunk = np.zeros(from_hz // 50, np.float32)
    assert {len(stream.push(chunk)) for _ in range(9)} == {to_hz // 50}


@pytest.mark.parametrize("hertz", TONES)
@pytest.mark.parametrize(("from_hz", "to_hz"), TELEPHONE)
def test_a_tone_stays_a_tone_in_chunks(from_hz: int, to_hz: int, hertz: float) -> None:
    stream = Resampler(from_hz, to_hz)
    sound = tone(hertz, from_hz)
    size = from_hz // 50
    heard = np.concatenate([stream.push(sound[at : at + size]) for at in range(0, len(sound), size)])
    assert sinad_db(heard, hertz, to_hz) >= 75


@pytest.mark.parametrize(("from_hz", "to_hz"), TELEPHONE)
def test_the_telephone_band_passes_and_images_do_not(from_hz: int, to_hz: int) -> None:
    assert np.ptp(response_db(from_hz, to_hz, [float(f) for f in range(300, 3_401, 10)])) <= 0.05
    assert response_db(from_hz, to_hz, [4_600.0])[0] <= -55
    above = [float(f) for f in range(5_000, max(from_hz, to_hz) // 2, 25)]
    assert response_db(from_hz, to_hz, above).max() <= -80


@pytest.mark.parametrize(("from_hz", "to_hz"), RATES)
def test_the_delay_is_short_and_as_stated(from_hz: int, to_hz: int) -> None:
    stream = Resampler(from_hz, to_hz)
    assert stream.delay <= 0.002
    click = np.zeros(from_hz // 10, np.float32)
    click[from_hz // 100] = 1.0
    peak = int(np.abs(stream.push(click)).argmax()) / to_hz
    assert peak == pytest.approx((from_hz // 100) / from_hz + stream.delay, abs=1 / to_hz)


def test_flush_returns_the_rest_and_begins_anew() -> None:
    stream = Resampler(8_000, 16_000)
    sound = tone(1_004.0, 8_000, 0.1)
    first = np.concatenate([stream.push(sound), stream.flush()])
    assert np.array_equal(first, np.concatenate([stream.push(sound), stream.flush()]))
    assert np.abs(first[-4:]).max() < 1e-3 < np.abs(first[-60:]).max()


def test_equal_rates_change_nothing() -> None:
    sound = tone(1_004.0, 8_000)
    assert np.array_equal(Resampler(8_000, 8_000).push(sound), sound)
    assert Resampler(8_000, 8_000).delay == 0
    assert resample_whole(sound, 8_000, 8_000) is sound


def test_nothing_gives_nothing() -> None:
    assert len(Resampler(8_000, 16_000).push(np.zeros(0, np.float32))) == 0
    assert len(resample_whole(np.zeros(0, np.float32), 8_000, 16_000)) == 0


@pytest.mark.parametrize(("from_hz", "to_hz"), [(0, 8_000), (8_000, -1)])
def test_impossible_rates_are_refused(from_hz: int, to_hz: int) -> None:
    with pytest.raises(ValueError, match="positive"):
        Resampler(from_hz, to_hz)


@pytest.mark.parametrize("hertz", TONES)
def test_a_whole_utterance_keeps_its_tone_its_length_and_its_time(hertz: float) -> None:
    heard = resample_whole(tone(hertz, 8_000), 8_000, 16_000)
    assert len(heard) == 16_000
    inner = slice(1_000, 15_000)
    assert np.abs(heard - tone(hertz, 16_000))[inner].max() < 1e-3
