"""Bytes cut anywhere become the same sound; what is no sound is said to be none."""

from collections.abc import AsyncIterator
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Fault, InvalidInput, ProviderUnavailable
from providers.espeak.frames import Frame, Kind, pack, read_frame
from providers.synthesis.decoding import MuLawSound, PcmSound, SniffedSound, SoundDecoder, WavSound, decode
from providers.synthesis.words import beats, count_words, sayable, unsaid
from speech.g711 import encode_mu_law
from speech.pcm import from_pcm16
from tests.loopback_voices_vendors import bare, wav_of

SAMPLES = np.arange(-1_000, 1_000, 7).astype(np.int16)
WAV = wav_of(SAMPLES, 22_050)
JUNK = b"LIST" + (5).to_bytes(4, "little") + b"INFO!\0"

cuts = st.lists(st.integers(0, 700), max_size=12).map(sorted)


def heard(decoder: SoundDecoder, data: bytes, places: list[int]) -> tuple[bytes, set[int]]:
    """Push bytes cut at these places; return all samples as bytes, and their rates."""
    ends = [*places, len(data)]
    pieces = [decoder.push(data[start:end]) for start, end in zip([0, *ends[:-1]], ends, strict=True)]
    found = [piece for piece in pieces if piece is not None]
    assert all(len(piece.samples) for piece in found)
    return b"".join(piece.samples.tobytes() for piece in found), {piece.rate_hz for piece in found}


@given(cuts)
def test_samples_may_be_cut_anywhere(places: list[int]) -> None:
    expected = from_pcm16(SAMPLES).tobytes()
    assert heard(PcmSound(24_000), bare(SAMPLES), places) == (expected, {24_000})
    assert heard(SniffedSound(24_000), bare(SAMPLES), places) == (expected, {24_000})
    assert heard(WavSound(), WAV, places) == (expected, {22_050})
    assert heard(SniffedSound(24_000), WAV, places) == (expected, {22_050})
    assert heard(MuLawSound(8_000), encode_mu_law(SAMPLES), places)[1] == {8_000}


@given(cuts)
def test_what_is_not_sound_in_a_wav_file_is_not_heard(places: list[int]) -> None:
    odd = WAV[:12] + JUNK + WAV[12:] + JUNK
    assert heard(WavSound(), odd, places)[0] == from_pcm16(SAMPLES).tobytes()


def test_an_odd_byte_at_the_end_is_no_sample() -> None:
    assert heard(PcmSound(8_000), bare(SAMPLES) + b"\x01", [])[0] == from_pcm16(SAMPLES).tobytes()


@pytest.mark.parametrize("data", [b"<html>no WAV file</html>", b"RIFF\0\0\0\0WAVE" + b"data\x04\0\0\0abcd", bytes(99)])
def test_what_is_no_wav_file_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        WavSound().push(data)


async def chunks(*found: bytes) -> AsyncIterator[bytes]:
    for chunk in found:
        yield chunk


@pytest.mark.parametrize(
    ("data", "fault"), [((), Fault.EMPTY), ((b"", b"\0"), Fault.EMPTY), ((b"no sound here",), Fault.MALFORMED)]
)
async def test_a_sentence_without_sound_is_a_failure(data: tuple[bytes, ...], fault: Fault) -> None:
    decoder = WavSound() if fault is Fault.MALFORMED else PcmSound(8_000)
    with pytest.raises(ProviderUnavailable) as raised:
        _ = [piece async for piece in decode("someone", chunks(*data), decoder)]
    assert (raised.value.provider, raised.value.fault) == ("someone", fault)


@given(st.sampled_from(list(Kind)), st.integers(0, 2**32 - 1), st.binary(), st.data())
def test_a_frame_is_read_as_it_was_written_or_not_at_all(
    kind: Kind, number: int, data: bytes, cut: st.DataObject
) -> None:
    packed = pack(Frame(kind, number, data))
    assert read_frame(BytesIO(packed)) == Frame(kind, number, data)
    assert read_frame(BytesIO(packed[: cut.draw(st.integers(0, len(packed) - 1))])) is None


@given(st.text())
def test_what_can_be_said_can_be_sent(text: str) -> None:
    said = sayable(text)
    said.encode()
    assert "\0" not in said
    assert bool(said) == any(character.isalnum() for character in text)
    assert len(said) in {0, len(text)}


@given(st.text(), st.floats(0, 100), st.floats(0.01, 0.3))
def test_what_is_left_unsaid_is_the_end_of_the_text(text: str, seconds: float, pace: float) -> None:
    rest = unsaid(text, seconds, pace)
    assert text.endswith(rest)
    assert count_words(rest) + count_words(text[: len(text) - len(rest)]) == count_words(text)
    assert len(unsaid(text, seconds + 1, pace)) <= len(rest)
    assert beats(unsaid(text, 0.0, pace)) == beats(text)
