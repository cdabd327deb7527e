"""Sound on its way out: whether it is worth sending, and as a file."""

import struct

from domain.errors import Fault, ProviderRejected
from ports.speech_to_text import Samples
from speech.pcm import is_silent, is_sound, to_pcm16

RATE_HZ = 16_000

_PCM, _MONO, _BYTES = 1, 1, 2


def seconds_of(samples: Samples) -> float:
    """Tell how long samples of the port's rate last."""
    return len(samples) / RATE_HZ


def check_sound(provider: str, samples: Samples) -> None:
    """Refuse what no engine can use.

    Raises:
        ProviderRejected: the samples are not one channel of finite float32.
    """
    if not is_sound(samples):
        raise ProviderRejected(provider, Fault.BAD_AUDIO, "samples must be mono, float32 and finite")


def is_audible(provider: str, samples: Samples) -> bool:
    """Tell whether there is anything to hear; silence is not sent, for it costs money and gets words invented for it.

    Raises:
        ProviderRejected: the samples are not one channel of finite float32.
    """
    check_sound(provider, samples)
    return not is_silent(samples)


def build_wav(samples: Samples) -> bytes:
    """Write a WAV file: 16-bit PCM, mono, 16,000 Hz."""
    sound = to_pcm16(samples).astype("<i2").tobytes()
    shape = struct.pack("<IHHIIHH", 16, _PCM, _MONO, RATE_HZ, RATE_HZ * _BYTES, _BYTES, 8 * _BYTES)
    body = b"WAVEfmt " + shape + b"data" + struct.pack("<I", len(sound)) + sound
    return b"RIFF" + struct.pack("<I", len(body)) + body
