"""Samples kept whole, and frames told from what is none."""

import numpy as np

from speech.pcm import is_sound
from speech.resample import Signal

RATE_HZ = 8_000
"""Samples a second on a telephone line, where voice activity is heard."""


class WholeSamples:
    """A stream of bytes cut between samples: a chunk that ends inside one leaves its beginning for the next."""

    def __init__(self, sample_bytes: int) -> None:
        """Expect samples of `sample_bytes` bytes: 1 for mu-law, 2 for 16-bit sound.

        Raises:
            ValueError: a sample has no bytes.
        """
        if sample_bytes < 1:
            raise ValueError(f"a sample has at least one byte, not {sample_bytes}")
        self._sample_bytes = sample_bytes
        self._held = b""

    def push(self, data: bytes) -> bytes:
        """Return the whole samples there are with this chunk, which may be none."""
        line = self._held + data
        end = len(line) - len(line) % self._sample_bytes
        self._held = line[end:]
        return line[:end]


def is_frame(frame: Signal, frame_samples: int) -> bool:
    """Tell whether this is one whole frame of finite mono samples."""
    return has_frame_shape(frame, frame_samples) and is_sound(frame)


def has_frame_shape(frame: Signal, frame_samples: int) -> bool:
    """Tell whether this is one whole frame of mono samples, finite or not."""
    return frame.shape == (frame_samples,) and frame.dtype == np.float32
