"""How sound travels on a line."""

from enum import StrEnum


class LineSound(StrEnum):
    """The sound of a line, both ways; mono, without a header."""

    MU_LAW_8K = "mu-law, 8,000 Hz, one byte a sample"
    PCM16_16K = "16-bit little-endian, 16,000 Hz"

    @property
    def rate_hz(self) -> int:
        """Samples a second."""
        return 8_000 if self is LineSound.MU_LAW_8K else 16_000

    @property
    def sample_bytes(self) -> int:
        """Bytes of a sample."""
        return 1 if self is LineSound.MU_LAW_8K else 2

    @property
    def content_type(self) -> str:
        """The media type of an utterance in this sound, as a turn names it."""
        return "audio/basic" if self is LineSound.MU_LAW_8K else "audio/L16;rate=16000;endianness=little-endian"
