"""Read WAV files as they really come: streamed, truncated, extensible, or with sizes that lie."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.errors import InvalidInput
from speech.g711 import decode_a_law, decode_mu_law
from speech.pcm import Pcm, from_integers, from_pcm16
from speech.resample import Signal

_PCM, _FLOAT, _A_LAW, _MU_LAW, _EXTENSIBLE = 0x0001, 0x0003, 0x0006, 0x0007, 0xFFFE
_UNKNOWN_SIZE: Final = 0xFFFFFFFF
_MAX_CHANNELS = 32
MIN_RATE_HZ, MAX_RATE_HZ = 4_000, 192_000

_WANTED = "Send 16-bit PCM, mono, 8,000 or 16,000 Hz."


@dataclass(frozen=True)
class WavFormat:
    """What the `fmt ` chunk says; `bits` is the width of one sample as it is stored."""

    tag: int
    channels: int
    rate_hz: int
    bits: int

    @property
    def frame_bytes(self) -> int:
        """Bytes of one sample on every channel."""
        return self.channels * self.bits // 8


def refuse(problem: str) -> InvalidInput:
    """Build the error for sound that cannot be used: what is wrong, and what to send instead."""
    return InvalidInput(f"The audio cannot be used: {problem}. {_WANTED}", field="audio")


def open_wav(data: bytes) -> tuple[WavFormat, bytes]:
    """Find a WAV file's format and its sound, without decoding it.

    A data chunk that claims more than there is, or does not know its size, ends with the file.

    Raises:
        InvalidInput: not a WAV file, or one without format or sound, or in a format this does not read.
    """
    if data[:4] not in (b"RIFF", b"RF64") or data[8:12] != b"WAVE":
        raise refuse("it does not begin as a WAV file does")
    chunks = dict(reversed(list(_chunks(data))))
    if b"fmt " not in chunks:
        raise refuse("the WAV file has no format chunk")
    if b"data" not in chunks:
        raise refuse("the WAV file has no data chunk")
    return _parse_format(chunks[b"fmt "]), chunks[b"data"]


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Walk the chunks from the first; the last may be shorter than it claims."""
    at = 12
    while at + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        at += 8
        if name == b"data" and _runs_to_the_end(data, at, size):
            size = len(data) - at
        yield name, data[at : at + size]
        at += size + size % 2


def _runs_to_the_end(data: bytes, at: int, size: int) -> bool:
    """Recognise what writers to a pipe leave behind: all ones, or a zero that sound follows."""
    return size == _UNKNOWN_SIZE or (size == 0 and not data[at : at + 4].isalpha())


def _parse_format(chunk: bytes) -> WavFormat:
    """Read and check the `fmt ` chunk (Microsoft's WAVEFORMATEX and WAVEFORMATEXTENSIBLE)."""
    if len(chunk) < 16:
        raise refuse("the WAV file's format chunk is cut off")
    tag, channels, rate_hz, _, block, bits = struct.unpack_from("<HHIIHH", chunk)
    if tag == _EXTENSIBLE and len(chunk) >= 26:
        (tag,) = struct.unpack_from("<H", chunk, 24)
    if not 1 <= channels <= _MAX_CHANNELS:
        raise refuse(f"the WAV file declares {channels} channels")
    check_rate(rate_hz)
    stored = block // channels * 8
    if not bits <= stored < bits + 8 and tag != _EXTENSIBLE:
        stored = -(-bits // 8) * 8
    if (tag, stored) not in _READERS:
        raise refuse(f"the WAV file holds {bits}-bit sound of format {tag:#06x}, which is not read here")
    return WavFormat(tag, channels, rate_hz, stored)


def check_rate(rate_hz: int) -> None:
    """Refuse a sample rate that no sound has.

    Raises:
        InvalidInput: outside 4,000 to 192,000 Hz.
    """
    if not MIN_RATE_HZ <= rate_hz <= MAX_RATE_HZ:
        raise refuse(f"a sample rate of {rate_hz:,} Hz is outside {MIN_RATE_HZ:,} to {MAX_RATE_HZ:,} Hz")


def read_wav(shape: WavFormat, sound: bytes) -> Pcm:
    """Decode the sound of a WAV file; channels are averaged, a last incomplete frame is left out.

    Raises:
        InvalidInput: a float sample is infinite or not a number.
    """
    whole = len(sound) // shape.frame_bytes * shape.frame_bytes
    samples = _READERS[shape.tag, shape.bits](sound[:whole])
    if not np.isfinite(samples).all():
        raise refuse("a sample is not a finite number")
    mono = samples.reshape(-1, shape.channels).mean(axis=1, dtype=np.float32)
    return Pcm(mono, shape.rate_hz)


def _read_24_bit(sound: bytes) -> Signal:
    """Widen three-byte little-endian integers to four, scaled with a zero low byte."""
    wide = np.zeros((len(sound) // 3, 4), np.uint8)
    wide[:, 1:] = np.frombuffer(sound, np.uint8).reshape(-1, 3)
    return from_integers(wide.view("<i4").ravel(), 32)


def _read_8_bit(sound: bytes) -> Signal:
    """Eight-bit WAV is unsigned, with silence at 128."""
    return from_integers(np.frombuffer(sound, np.uint8).astype(np.int16) - 128, 8)


def _read_float(kind: str, sound: bytes) -> Signal:
    """Floats are full scale at 1; louder is clipped when it is used."""
    values: NDArray[np.floating] = np.frombuffer(sound, kind)
    with np.errstate(over="ignore"):
        return values.astype(np.float32)


_READERS: dict[tuple[int, int], Callable[[bytes], Signal]] = {
    (_PCM, 8): _read_8_bit,
    (_PCM, 16): lambda sound: from_pcm16(np.frombuffer(sound, "<i2")),
    (_PCM, 24): _read_24_bit,
    (_PCM, 32): lambda sound: from_integers(np.frombuffer(sound, "<i4"), 32),
    (_FLOAT, 32): lambda sound: _read_float("<f4", sound),
    (_FLOAT, 64): lambda sound: _read_float("<f8", sound),
    (_A_LAW, 8): lambda sound: from_pcm16(decode_a_law(sound)),
    (_MU_LAW, 8): lambda sound: from_pcm16(decode_mu_law(sound)),
}
