"""Chunks of any size into frames of one size: what does not fill a frame waits for the next chunk."""

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


class Framer:
    """A stream of samples cut into frames; every sample leaves once, in order."""

    def __init__(self, frame_samples: int) -> None:
        """Prepare frames of `frame_samples` samples.

        Raises:
            ValueError: a frame has no samples.
        """
        if frame_samples < 1:
            raise ValueError(f"a frame has at least one sample, not {frame_samples}")
        self._size = frame_samples
        self.reset()

    def reset(self) -> None:
        """Forget what has not filled a frame."""
        self._held: Signal = np.zeros(0, np.float32)

    def push(self, chunk: Signal) -> list[Signal]:
        """Return the frames that this chunk completes; they are copies of it and of what was held."""
        line = np.concatenate((self._held, chunk), dtype=np.float32)
        end = len(line) - len(line) % self._size
        self._held = line[end:]
        return [line[at : at + self._size] for at in range(0, end, self._size)]

    def flush(self) -> Signal | None:
        """End the stream: return what is held, filled up with silence; None if nothing is."""
        held = self._held
        self.reset()
        return np.pad(held, (0, self._size - len(held))) if len(held) else None


def is_frame(frame: Signal, frame_samples: int) -> bool:
    """Tell whether this is one whole frame of finite mono samples."""
    return len(frame) == frame_samples and is_sound(frame)
