"""How sound travels to Deepgram, and the way there from the port's samples."""

from enum import Enum

from ports.speech_to_text import Samples
from providers.hearing.sound import RATE_HZ
from speech.g711 import encode_mu_law
from speech.pcm import to_pcm16
from speech.resample import Resampler


class WireSound(Enum):
    """Raw sound, mono: Deepgram's name for the encoding, and samples a second."""

    WIDE = ("linear16", 16_000)
    TELEPHONE = ("linear16", 8_000)
    MU_LAW = ("mulaw", 8_000)

    @property
    def encoding(self) -> str:
        """Deepgram's name for it."""
        return self.value[0]

    @property
    def rate_hz(self) -> int:
        """Samples a second."""
        return self.value[1]


def choose_sound(*, narrowband: bool, mu_law: bool) -> WireSound:
    """Send no more than there is: a telephone's sound holds nothing that 8,000 samples a second cannot carry.

    Mu-law halves the bytes again, at the price of rounding what the telephone has rounded once.
    """
    if mu_law:
        return WireSound.MU_LAW
    return WireSound.TELEPHONE if narrowband else WireSound.WIDE


class Encoder:
    """The sound of one stream, whose pieces join without a click."""

    def __init__(self, sound: WireSound) -> None:
        self._mu_law = sound is WireSound.MU_LAW
        self._resampler = Resampler(RATE_HZ, sound.rate_hz)

    def push(self, samples: Samples) -> bytes:
        """Encode the next samples; what the filter holds back comes with later ones."""
        return self._encode(self._resampler.push(samples))

    def finish(self) -> bytes:
        """Encode what the filter held back."""
        return self._encode(self._resampler.flush())

    def _encode(self, samples: Samples) -> bytes:
        pcm = to_pcm16(samples)
        return encode_mu_law(pcm) if self._mu_law else pcm.astype("<i2").tobytes()
