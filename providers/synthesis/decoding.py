"""Bytes as a service or program sends them, cut anywhere, into stretches of sound."""

import struct
from collections.abc import AsyncIterator
from typing import Final, Protocol

import numpy as np

from domain.errors import Fault, InvalidInput, ProviderUnavailable
from ports.text_to_speech import Speech
from providers.synthesis.iterating import ended
from speech.framing import WholeSamples
from speech.g711 import decode_mu_law
from speech.pcm import from_pcm16
from speech.wav import WavFormat, open_wav, read_wav

_CHUNKS_AT = 12
_CHUNK_HEAD = struct.Struct("<4sI")
_LARGEST_HEADER = 1 << 16
_UNKNOWN_SIZES: Final = frozenset({0, 0xFFFFFFFF})


class SoundDecoder(Protocol):
    """One sentence's bytes, pushed as they come."""

    def push(self, data: bytes) -> Speech | None:
        """Return the sound that these bytes complete, None if they complete none (InvalidInput)."""
        ...


class PcmSound:
    """Bare 16-bit little-endian samples, one channel."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._whole = WholeSamples(2)

    def push(self, data: bytes) -> Speech | None:
        """Return the whole samples there are; an odd byte waits for its other half."""
        samples = np.frombuffer(self._whole.push(data), "<i2")
        return Speech(from_pcm16(samples), self._rate_hz) if len(samples) else None


class MuLawSound:
    """Bare mu-law, one channel, one byte a sample."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz

    def push(self, data: bytes) -> Speech | None:
        """Return all samples."""
        return Speech(from_pcm16(decode_mu_law(data)), self._rate_hz) if data else None


class WavSound:
    """A WAV file as a stream: its header first, then sound as far as the header says."""

    def __init__(self) -> None:
        self._header = b""
        self._format: WavFormat | None = None
        self._whole = WholeSamples(1)
        self._left = 0

    def push(self, data: bytes) -> Speech | None:
        """Return the whole frames there are, mixed to one channel.

        Raises:
            InvalidInput: no WAV file, or one in a format that is not read here.
        """
        if self._format is None:
            data = self._read_header(data)
        if self._format is None:
            return None
        data = data[: self._left]
        self._left -= len(data)
        pcm = read_wav(self._format, self._whole.push(data))
        return Speech(pcm.samples, pcm.rate_hz) if len(pcm.samples) else None

    def _read_header(self, data: bytes) -> bytes:
        """Gather bytes until the sound begins; return what is sound of them."""
        self._header += data
        found = _find_sound(self._header)
        if found is None:
            return b""
        begin, size = found
        self._format, _ = open_wav(self._header[:begin])
        self._whole = WholeSamples(self._format.frame_bytes)
        self._left = 1 << 62 if size in _UNKNOWN_SIZES else size
        return self._header[begin:]


def _find_sound(data: bytes) -> tuple[int, int] | None:
    """Find where a WAV file's sound begins and its size in bytes as declared; None: not yet to be seen (InvalidInput).

    `open_wav` says what is wrong with a header that will not do.
    """
    if len(data) < _CHUNKS_AT:
        return None
    at = _CHUNKS_AT
    while at + _CHUNK_HEAD.size <= len(data) and data[:4] == b"RIFF":
        name, size = _CHUNK_HEAD.unpack_from(data, at)
        at += _CHUNK_HEAD.size
        if name == b"data":
            return at, size
        at += size + size % 2
    if data[:4] != b"RIFF" or len(data) > _LARGEST_HEADER:
        open_wav(data[:_CHUNKS_AT])
    return None


class SniffedSound:
    """Sound that was asked for bare, from servers of which some send a WAV file all the same."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._held = b""
        self._decoder: SoundDecoder | None = None

    def push(self, data: bytes) -> Speech | None:
        """Return the sound that these bytes complete; the first four decide what it is (InvalidInput)."""
        if self._decoder is None:
            self._held += data
            if len(self._held) < 4:
                return None
            self._decoder = WavSound() if self._held.startswith(b"RIFF") else PcmSound(self._rate_hz)
            data, self._held = self._held, b""
        return self._decoder.push(data)


async def decode(provider: str, chunks: AsyncIterator[bytes], decoder: SoundDecoder) -> AsyncIterator[Speech]:
    """Decode one sentence's bytes as they come.

    Raises:
        ProviderUnavailable: the bytes are no sound, or there were none.
    """
    heard = False
    async with ended(chunks):
        async for chunk in chunks:
            try:
                speech = decoder.push(chunk)
            except InvalidInput:
                raise ProviderUnavailable(provider, Fault.MALFORMED, f"{provider}: what came is no sound") from None
            if speech is not None:
                heard = True
                yield speech
    if not heard:
        raise ProviderUnavailable(provider, Fault.EMPTY, f"{provider}: no sound came")
