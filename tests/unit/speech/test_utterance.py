"""Utterances of every type, at their limits, and made ready for recognition."""

import struct

import numpy as np
import pytest

from domain.errors import InvalidInput, TooLarge
from speech.g711 import encode_a_law, encode_mu_law
from speech.pcm import Pcm, from_pcm16, is_silent, is_sound, to_pcm16
from speech.utterance import MAX_AUDIO_BYTES, decode, for_recognition
from tests.unit.speech.wav_files import wav

TONE = (8_000 * np.sin(np.arange(800) / 5)).astype(np.int16)


@pytest.mark.parametrize("kind", ["audio/wav", "audio/x-wav", "Audio/WAVE", "audio/vnd.wave; codec=1"])
def test_wav_goes_by_several_names(kind: str) -> None:
    pcm = decode(wav(TONE.astype("<i2").tobytes(), rate_hz=16_000), kind)
    assert (pcm.rate_hz, pcm.seconds) == (16_000, 0.05)


@pytest.mark.parametrize("kind", ["audio/basic", "audio/PCMU", "audio/pcmu;rate=8000"])
def test_mu_law_has_8_000_samples_a_second(kind: str) -> None:
    pcm = decode(encode_mu_law(TONE), kind)
    assert pcm.rate_hz == 8_000
    assert np.abs(pcm.samples - TONE / 32_768).max() < 0.02


def test_a_law_is_read_at_another_rate_if_it_says_so() -> None:
    pcm = decode(encode_a_law(TONE), "audio/PCMA;rate=16000")
    assert pcm.rate_hz == 16_000
    assert np.abs(pcm.samples - TONE / 32_768).max() < 0.02


@pytest.mark.parametrize(
    ("order", "parameter"), [(">i2", ""), (">i2", ";endianness=big-endian"), ("<i2", ";endianness=little-endian")]
)
def test_l16_is_in_network_order_unless_it_says_otherwise(order: str, parameter: str) -> None:
    pcm = decode(TONE.astype(order).tobytes() + b"\0", f"audio/L16; rate=16000{parameter}")
    assert np.array_equal(pcm.samples, TONE.astype(np.float32) / 32_768)


def test_l16_channels_are_averaged() -> None:
    assert decode(struct.pack(">2h", 8_192, -8_192), "audio/L16;rate=8000;channels=2").samples.tolist() == [0]


@pytest.mark.parametrize(
    ("data", "kind", "says"),
    [
        (b"", "text/plain", "text/plain"),
        (b"", "audio/mpeg", "audio/mpeg"),
        (b"\0\0", "audio/L16", "rate="),
        (b"\0\0", "audio/L16;rate=fast", "rate="),
        (b"\0\0", "audio/L16;rate=-8000", "rate="),
        (b"\0\0", "audio/L16;rate=8000;channels=9", "9 channels"),
        (b"\0\0", "audio/L16;rate=8000;endianness=middle", "endianness"),
        (b"\0\0", "audio/basic;rate=7", "7 Hz"),
        (wav(b"\0\0"), "audio/basic", "name it audio/wav"),
        (b"\0\0", "audio/wav", "does not begin"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(data: bytes, kind: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says) as refused:
        decode(data, kind)
    assert refused.value.field == "audio"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (bytes(MAX_AUDIO_BYTES + 1), "audio/wav"),
        (bytes(8_000 * 120 + 1), "audio/basic"),
        (bytes(2 * (8_000 * 120 + 1)), "audio/L16;rate=8000"),
        (wav(bytes(2 * (8_000 * 120 + 1))), "audio/wav"),
    ],
)
def test_more_than_the_limits_is_too_large(data: bytes, kind: str) -> None:
    with pytest.raises(TooLarge) as refused:
        decode(data, kind)
    assert refused.value.field == "audio"


def test_the_limit_itself_is_allowed() -> None:
    assert decode(bytes(8_000 * 120), "audio/basic").seconds == 120


@pytest.mark.parametrize("kind", ["audio/basic", "audio/L16;rate=8000"])
def test_nothing_is_an_utterance_of_no_length(kind: str) -> None:
    pcm = decode(b"", kind)
    assert pcm.seconds == 0
    assert len(for_recognition(pcm)) == 0


def test_recognition_gets_16_000_hz_without_offset_and_within_full_scale() -> None:
    loud = 3 * np.sin(np.arange(8_000) / 3) + 0.5
    ready = for_recognition(Pcm(loud.astype(np.float32), 8_000))
    assert len(ready) == 16_000
    assert ready.dtype == np.float32
    assert abs(float(ready.mean())) < 0.01
    assert float(np.abs(ready).max()) == 1.0
    assert is_sound(ready)


@pytest.mark.parametrize("level", [0.0, 0.0009, -0.25])
def test_silence_is_silent_whatever_its_offset(level: float) -> None:
    assert is_silent(np.full(1_600, level).astype(np.float32))


def test_sound_is_not_silent() -> None:
    assert not is_silent(from_pcm16(TONE))


@pytest.mark.parametrize(
    "samples",
    [np.zeros((2, 2), np.float32), np.zeros(2), np.array([np.nan], np.float32), np.array([np.inf], np.float32)],
)
def test_what_is_not_one_channel_of_finite_floats_is_not_sound(
    samples: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
) -> None:
    assert not is_sound(samples)


def test_samples_round_to_16_bits_and_clip() -> None:
    assert to_pcm16(np.array([-2, -1, 0.50001, 1, 2], np.float32)).tolist() == [
        -32_768,
        -32_768,
        16_384,
        32_767,
        32_767,
    ]
