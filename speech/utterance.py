"""One utterance as it arrives over HTTP or a socket: checked, decoded, and made ready for a recogniser."""

from email.message import Message

import numpy as np

from domain.errors import InvalidInput, TooLarge
from speech.g711 import decode_a_law, decode_mu_law
from speech.pcm import Pcm, from_pcm16
from speech.resample import Signal, resample_whole
from speech.wav import check_rate, open_wav, read_wav, refuse

MAX_AUDIO_BYTES = 10_000_000
MAX_AUDIO_SECONDS = 120
RECOGNITION_RATE_HZ = 16_000

_TELEPHONE_RATE_HZ = 8_000
_WAV_TYPES = frozenset({"audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"})
_G711_TYPES = {"audio/basic": decode_mu_law, "audio/pcmu": decode_mu_law, "audio/pcma": decode_a_law}
_BYTE_ORDERS = {"big-endian": ">i2", "little-endian": "<i2"}


def decode(data: bytes, content_type: str) -> Pcm:
    """Decode one utterance.

    Types: audio/wav (and its aliases); audio/basic and audio/PCMU (mu-law), audio/PCMA (A-law), 8,000 Hz unless
    `rate` says otherwise; audio/L16 with `rate`, and `channels` if not one (they are averaged), most significant byte
    first as RFC 2586 has it unless `endianness=little-endian`. Part of a sample at the end is left out; nothing at all
    is zero seconds.

    Raises:
        InvalidInput: an unknown type, a missing or impossible parameter, or sound that contradicts its type.
        TooLarge: over 10,000,000 bytes or 120 seconds.
    """
    if len(data) > MAX_AUDIO_BYTES:
        raise TooLarge(f"The audio has {len(data):,} bytes; {MAX_AUDIO_BYTES:,} is the most.", field="audio")
    declared = Message()
    declared["content-type"] = content_type
    kind = declared.get_content_type()
    _check_once(declared)
    if kind in _WAV_TYPES:
        return _decode_wav(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        raise refuse(f"a WAV file was sent as {kind}; name it audio/wav")
    if kind in _G711_TYPES:
        return _decode_g711(data, declared)
    if kind == "audio/l16":
        return _decode_l16(data, declared)
    raise InvalidInput(
        f"Audio of type {kind!r} is not read here. Send audio/wav, audio/basic, audio/PCMU, audio/PCMA or audio/L16.",
        field="audio",
    )


def _decode_wav(data: bytes) -> Pcm:
    shape, sound = open_wav(data)
    _check_length(len(sound) // shape.frame_bytes, shape.rate_hz)
    return read_wav(shape, sound)


def _decode_g711(data: bytes, declared: Message) -> Pcm:
    rate_hz = _number(declared, "rate", _TELEPHONE_RATE_HZ)
    check_rate(rate_hz)
    _check_length(len(data), rate_hz)
    return Pcm(from_pcm16(_G711_TYPES[declared.get_content_type()](data)), rate_hz)


def _decode_l16(data: bytes, declared: Message) -> Pcm:
    rate_hz, channels = _number(declared, "rate"), _number(declared, "channels", 1)
    check_rate(rate_hz)
    if not 1 <= channels <= 8:
        raise refuse(f"audio/L16 with {channels} channels")
    order = _BYTE_ORDERS.get(str(declared.get_param("endianness", "big-endian")).lower())
    if order is None:
        raise refuse("endianness is big-endian or little-endian")
    frames = len(data) // (2 * channels)
    _check_length(frames, rate_hz)
    values = np.frombuffer(data, order, frames * channels).reshape(frames, channels)
    return Pcm(from_pcm16(values).mean(axis=1, dtype=np.float32), rate_hz)


def _check_once(declared: Message) -> None:
    """Refuse a parameter that is given twice, since it is anyone's guess which one is meant."""
    names = [name.lower() for name, _ in declared.get_params([])[1:]]
    if len(set(names)) < len(names):
        raise refuse(f"{declared.get_content_type()} names a parameter twice")


def _number(declared: Message, name: str, default: int | None = None) -> int:
    """Read a whole number out of the content type's parameters."""
    value = declared.get_param(name)
    if value is None and default is not None:
        return default
    if not (isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 9):
        raise refuse(f"{declared.get_content_type()} needs {name}=<whole number> in its content type")
    return int(value)


def _check_length(frames: int, rate_hz: int) -> None:
    if frames > MAX_AUDIO_SECONDS * rate_hz:
        raise TooLarge(
            f"The audio lasts {frames / rate_hz:.0f} seconds; {MAX_AUDIO_SECONDS} is the most.", field="audio"
        )


def for_recognition(pcm: Pcm) -> Signal:
    """Make sound ready for a recogniser: 16,000 Hz mono, no constant offset, within -1..1."""
    if not len(pcm.samples):
        return pcm.samples
    centred = pcm.samples - pcm.samples.mean(dtype=np.float64).astype(np.float32)
    return np.clip(resample_whole(centred, pcm.rate_hz, RECOGNITION_RATE_HZ), -1.0, 1.0)
