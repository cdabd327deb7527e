"""What is said on the simulated line: mu-law, one byte a sample at 8,000 Hz."""

from pathlib import Path

import numpy as np

from speech.framing import RATE_HZ
from speech.g711 import decode_mu_law, encode_mu_law
from speech.pcm import to_pcm16
from speech.resample import resample_whole
from speech.wav import open_wav, read_wav

SILENT = 0xFF
"""The code of the sample 0."""

_LOUDEST_SILENCE = 33
"""16-bit samples up to here, -60 dBFS, are silence."""

_QUIET_CODES = bytes(np.flatnonzero(np.abs(decode_mu_law(bytes(range(256)))) <= _LOUDEST_SILENCE).astype(np.uint8))


def is_quiet(sound: bytes) -> bool:
    """Tell whether nothing in mu-law sound is louder than -60 dBFS."""
    return not sound.strip(_QUIET_CODES)


def to_mu_law(sound: bytes) -> bytes:
    """Return a WAV file's sound as the line carries it; what is no WAV file is mu-law already.

    Raises:
        InvalidInput: a WAV file that cannot be read.
    """
    if sound[:4] not in (b"RIFF", b"RF64") or sound[8:12] != b"WAVE":
        return sound
    pcm = read_wav(*open_wav(sound))
    return encode_mu_law(to_pcm16(resample_whole(pcm.samples, pcm.rate_hz, RATE_HZ)))


def load_sound(path: Path) -> bytes:
    """Read a file of sound, WAV or bare mu-law, as the line carries it.

    Raises:
        InvalidInput: a WAV file that cannot be read.
        OSError: no such file.
    """
    return to_mu_law(path.read_bytes())
