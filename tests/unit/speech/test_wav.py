"""WAV files as they really come, and those that are refused."""

import struct
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from speech.pcm import Pcm
from speech.wav import open_wav, read_wav
from tests.unit.speech.wav_files import A_LAW, FLOAT, MU_LAW, PCM, chunk, extensible, fmt, riff, wav

FORMAT = chunk(b"fmt ", fmt(PCM, 1, 8_000, 16))
HALVES = struct.pack("<3h", 0, 16_384, -16_384)


def read(data: bytes) -> Pcm:
    return read_wav(*open_wav(data))


@pytest.mark.parametrize(
    ("tag", "bits", "sound"),
    [
        (PCM, 8, bytes([128, 192, 64])),
        (PCM, 16, HALVES),
        (PCM, 24, bytes([0, 0, 0, 0, 0, 0x40, 0, 0, 0xC0])),
        (PCM, 32, struct.pack("<3i", 0, 1 << 30, -1 << 30)),
        (FLOAT, 32, struct.pack("<3f", 0, 0.5, -0.5)),
        (FLOAT, 64, struct.pack("<3d", 0, 0.5, -0.5)),
    ],
)
def test_every_width_is_read_at_its_scale(tag: int, bits: int, sound: bytes) -> None:
    pcm = read(wav(sound, tag, bits=bits, rate_hz=22_050))
    assert pcm.samples.tolist() == [0, 0.5, -0.5]
    assert pcm.samples.dtype == np.float32
    assert pcm.rate_hz == 22_050


@pytest.mark.parametrize(("tag", "loudest"), [(MU_LAW, 32_124), (A_LAW, 32_256)])
def test_telephone_codes_are_read(tag: int, loudest: int) -> None:
    code = {MU_LAW: b"\x80\x00", A_LAW: b"\xaa\x2a"}[tag]
    assert read(wav(code, tag, bits=8)).samples.tolist() == [loudest / 32_768, -loudest / 32_768]


@pytest.mark.parametrize(("bits", "valid"), [(16, 16), (24, 20), (32, 24)])
def test_extensible_files_are_read_by_their_container(bits: int, valid: int) -> None:
    half = (1 << bits - 2).to_bytes(bits // 8, "little")
    shape = chunk(b"fmt ", extensible(PCM, 1, 48_000, bits, valid))
    assert read(riff(shape, chunk(b"data", half))).samples.tolist() == [0.5]


def test_extensible_float_is_read() -> None:
    shape = chunk(b"fmt ", extensible(FLOAT, 1, 48_000, 32, 32))
    assert read(riff(shape, chunk(b"data", struct.pack("<f", 0.25)))).samples.tolist() == [0.25]


def test_channels_are_averaged() -> None:
    assert read(wav(struct.pack("<4h", 16_384, 0, 8_192, -8_192), channels=2)).samples.tolist() == [0.25, 0]


def test_other_chunks_are_passed_over_odd_ones_too() -> None:
    data = riff(chunk(b"LIST", b"odd"), FORMAT, chunk(b"fact", b"\0" * 4), chunk(b"data", HALVES), chunk(b"id3 ", b"x"))
    assert len(read(data).samples) == 3


@pytest.mark.parametrize("claimed", [0xFFFFFFFF, 0, 1_000_000])
def test_a_data_chunk_that_does_not_know_its_size_ends_with_the_file(claimed: int) -> None:
    assert len(read(riff(FORMAT, chunk(b"data", HALVES, size=claimed))).samples) == 3


def test_an_empty_data_chunk_before_another_is_empty() -> None:
    assert len(read(riff(FORMAT, chunk(b"data", b""), chunk(b"LIST", b"INFOxxxx"))).samples) == 0


@pytest.mark.parametrize("size", [0, 4, 0xFFFFFFFF])
def test_the_size_of_the_whole_is_not_believed(size: int) -> None:
    assert len(read(riff(FORMAT, chunk(b"data", HALVES), size=size)).samples) == 3


def test_rf64_is_read() -> None:
    data = riff(chunk(b"ds64", b"\0" * 28), FORMAT, chunk(b"data", HALVES, size=0xFFFFFFFF), magic=b"RF64")
    assert len(read(data).samples) == 3


@pytest.mark.parametrize("sound", [HALVES + b"\1", HALVES[:5] + b"\0\1"])
def test_half_a_sample_at_the_end_is_left_out(sound: bytes) -> None:
    assert len(read(wav(sound)).samples) == 3


def test_a_wrong_block_size_is_not_believed() -> None:
    lying = struct.pack("<HHIIHH", PCM, 1, 8_000, 0, 0, 16)
    assert len(read(riff(chunk(b"fmt ", lying), chunk(b"data", HALVES))).samples) == 3


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "does not begin"),
        (b"ID3\x04" + b"\0" * 40, "does not begin"),
        (b"RIFX" + riff(FORMAT)[4:], "does not begin"),
        (riff(chunk(b"data", HALVES)), "no format chunk"),
        (riff(FORMAT), "no data chunk"),
        (riff(chunk(b"fmt ", b"\1\0"), chunk(b"data", HALVES)), "cut off"),
        (wav(HALVES, channels=0), "0 channels"),
        (wav(HALVES, rate_hz=0), "0 Hz"),
        (wav(HALVES, rate_hz=400_000), "400,000 Hz"),
        (wav(HALVES, bits=12 * 8), "96-bit"),
        (wav(HALVES, tag=0x55), "0x0055"),
        (wav(struct.pack("<f", float("nan")), FLOAT, bits=32), "finite"),
        (wav(struct.pack("<d", 1e300), FLOAT, bits=64), "finite"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(data: bytes, says: str) -> None:
    with pytest.raises(InvalidInput, match=says) as refused:
        read(data)
    assert refused.value.field == "audio"
    assert "Send 16-bit PCM" in refused.value.message


@given(st.binary(max_size=200), st.integers(0, 60))
def test_no_file_does_worse_than_be_refused(noise: bytes, at: int) -> None:
    data = wav(HALVES * 4)
    with suppress(InvalidInput):
        assert np.isfinite(read(data[:at] + noise + data[at + len(noise) :]).samples).all()
