"""Ways to bring a line's sound to a recogniser's rate and a voice's sound to the line, 20 ms at a time."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

import numpy as np
import soxr

from domain.sound import LineSound
from speech.g711 import decode_mu_law, encode_mu_law
from speech.line_sound import LineDecoder, LineEncoder
from speech.pcm import from_pcm16, to_pcm16
from speech.resample import Resampler, Signal

LINE_HZ = LineSound.MU_LAW_8K.rate_hz
OURS, SOXR, AUDIOOP = "ours", "soxr's stream", "audioop"

Change = Callable[[Signal], Signal]
"""A stream's change of rate, chunk by chunk."""
Inward = Callable[[bytes], object]
"""mu-law in, samples at the recogniser's rate out, chunk by chunk."""
Outward = Callable[[Signal], bytes]
"""A voice's samples in, mu-law out, chunk by chunk."""


@dataclass(frozen=True)
class Way:
    """One way; each call of a builder begins a stream. Rates in Hz."""

    name: str
    build_change: Callable[[int, int], Change]
    build_inward: Callable[[int], Inward]
    build_outward: Callable[[int], Outward]


def find_ways() -> list[Way]:
    """Return every way that this Python offers, ours first."""
    ways = [
        Way(OURS, lambda from_hz, to_hz: Resampler(from_hz, to_hz).push, _our_inward, _our_outward),
        Way(SOXR, _soxr_change, _soxr_inward, _soxr_outward),
    ]
    audioop = find_audioop()
    return ways if audioop is None else [*ways, _audioop_way(audioop)]


def find_audioop() -> ModuleType | None:
    """Import the standard library's audioop; None from Python 3.13 on."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            return import_module("audioop")
        except ModuleNotFoundError:
            return None


def _our_inward(to_hz: int) -> Inward:
    decoder, resampler = LineDecoder(LineSound.MU_LAW_8K), Resampler(LINE_HZ, to_hz)
    return lambda data: resampler.push(decoder.push(data))


def _our_outward(from_hz: int) -> Outward:
    return LineEncoder(LineSound.MU_LAW_8K, from_hz).push


def _soxr_change(from_hz: int, to_hz: int) -> Change:
    stream = soxr.ResampleStream(from_hz, to_hz, 1, "float32")
    return lambda samples: np.asarray(stream.resample_chunk(samples), np.float32)


def _soxr_inward(to_hz: int) -> Inward:
    change = _soxr_change(LINE_HZ, to_hz)
    return lambda data: change(from_pcm16(decode_mu_law(data)))


def _soxr_outward(from_hz: int) -> Outward:
    change = _soxr_change(from_hz, LINE_HZ)
    return lambda samples: encode_mu_law(to_pcm16(change(samples)))


def _audioop_way(audioop: ModuleType) -> Way:
    """The standard library's: a linear change of rate with its state carried along, on 16-bit samples."""

    def convert(from_hz: int, to_hz: int) -> Callable[[bytes], bytes]:
        state = None

        def push(pcm: bytes) -> bytes:
            nonlocal state
            converted, state = audioop.ratecv(pcm, 2, 1, from_hz, to_hz, state)
            return bytes(converted)

        return push

    def change(from_hz: int, to_hz: int) -> Change:
        push = convert(from_hz, to_hz)
        return lambda samples: from_pcm16(np.frombuffer(push(to_pcm16(samples).tobytes()), np.int16))

    def inward(to_hz: int) -> Inward:
        push = convert(LINE_HZ, to_hz)
        return lambda data: push(audioop.ulaw2lin(data, 2))

    def outward(from_hz: int) -> Outward:
        push = convert(from_hz, LINE_HZ)
        return lambda samples: bytes(audioop.lin2ulaw(push(to_pcm16(samples).tobytes()), 2))

    return Way(AUDIOOP, change, inward, outward)
