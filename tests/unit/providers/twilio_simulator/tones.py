"""Sound for calls."""

import io
import wave

import numpy as np

from speech.g711 import encode_mu_law


def tone(seconds: float, rate_hz: int = 8_000, hz: float = 400) -> bytes:
    """A tone as 16-bit samples."""
    wave_form = 8_000 * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)
    return wave_form.astype("<i2").tobytes()


def loud(seconds: float) -> bytes:
    """A tone in mu-law."""
    return encode_mu_law(np.frombuffer(tone(seconds), "<i2").astype(np.int16))


def wav(seconds: float, rate_hz: int) -> bytes:
    """A tone as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate_hz)
        out.writeframes(tone(seconds, rate_hz))
    return file.getvalue()
