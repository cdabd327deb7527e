"""Sound and hints on their way out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.deepgram.hear_sound import Encoder, WireSound, choose_sound
from providers.hearing.hints import choose_phrases
from providers.hearing.sound import build_wav, is_audible, seconds_of
from speech.g711 import decode_mu_law
from speech.pcm import from_pcm16
from speech.wav import open_wav, read_wav


def tone(seconds: float = 0.5) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    time = np.arange(int(seconds * 16_000)) / 16_000
    return np.asarray(0.5 * np.sin(2 * np.pi * 440 * time), np.float32)


@pytest.mark.parametrize("seconds", [0.0, 0.1, 1.00003])
def test_a_wav_file_can_be_read_again(seconds: float) -> None:
    sound = tone(seconds)
    shape, data = open_wav(build_wav(sound))
    pcm = read_wav(shape, data)
    assert (shape.tag, shape.channels, shape.rate_hz, shape.bits) == (1, 1, 16_000, 16)
    assert pcm.samples == pytest.approx(sound, abs=1 / 32_000)
    assert len(build_wav(sound)) == 44 + 2 * len(sound)
    assert seconds_of(sound) == pytest.approx(seconds, abs=0.001)


def test_silence_is_not_worth_sending() -> None:
    assert is_audible("engine", tone())
    assert not is_audible("engine", np.zeros(16_000, np.float32))
    assert not is_audible("engine", np.zeros(0, np.float32))


@given(st.lists(st.integers(0, 3_000), max_size=8), st.sampled_from(WireSound))
def test_pieces_join_without_a_seam(sizes: list[int], sound: WireSound) -> None:
    whole, pieces = Encoder(sound), Encoder(sound)
    samples = tone()
    cuts = np.cumsum(sizes)
    joined = b"".join(pieces.push(piece) for piece in np.split(samples, cuts)) + pieces.finish()
    assert joined == whole.push(samples) + whole.finish()


@pytest.mark.parametrize(("sound", "delay"), [(WireSound.WIDE, 0), (WireSound.TELEPHONE, 15), (WireSound.MU_LAW, 15)])
def test_the_sound_arrives_as_it_left(sound: WireSound, delay: int) -> None:
    encoder = Encoder(sound)
    data = encoder.push(tone()) + encoder.finish()
    sent = from_pcm16(decode_mu_law(data) if sound is WireSound.MU_LAW else np.frombuffer(data, "<i2"))
    expected = tone()[:: 16_000 // sound.rate_hz]
    assert len(sent) >= len(expected)
    middle = slice(100, len(expected) - 100)
    shifted = np.stack([sent[delay + lag : delay + lag + len(expected)][middle] for lag in (0, 1)])
    assert np.abs(shifted - expected[middle]).max(axis=1).min() < 0.1


@pytest.mark.parametrize(
    ("narrowband", "mu_law", "sound"),
    [
        (False, False, WireSound.WIDE),
        (True, False, WireSound.TELEPHONE),
        (True, True, WireSound.MU_LAW),
        (False, True, WireSound.MU_LAW),
    ],
)
def test_a_telephone_needs_no_more_than_its_own_rate(narrowband: bool, mu_law: bool, sound: WireSound) -> None:
    assert choose_sound(narrowband=narrowband, mu_law=mu_law) is sound


@given(st.lists(st.text(max_size=20)), st.integers(0, 100), st.integers(0, 10))
def test_a_hint_keeps_to_its_limits(phrases: list[str], characters: int, most: int) -> None:
    chosen = choose_phrases(phrases, characters, most)
    known = list(dict.fromkeys(phrase.strip() for phrase in phrases if phrase.strip()))
    assert chosen == known[: len(chosen)]
    assert len(chosen) <= most
    assert len(", ".join(chosen)) <= characters
    assert len(chosen) in (most, len(known)) or len(", ".join(known[: len(chosen) + 1])) + 2 > characters
