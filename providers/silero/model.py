"""The blocking half: Silero's network, run over one frame of many lines at a time."""

from collections.abc import Sequence
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from domain.errors import ConfigError
from providers.silero.runtime import Session, open_session
from speech.framing import RATE_HZ
from speech.resample import Signal

FRAME_SAMPLES = 256
_CONTEXT = 32
"""Samples of the frame before that the network sees again."""
_STATE = 128
_FILE = "data/silero_vad.onnx"


class Memory(NamedTuple):
    """What a line carries from one frame to the next: 32 samples of sound, a state of [2, 1, 128]."""

    context: Signal
    state: NDArray[np.float32]


class Heard(NamedTuple):
    """What the network makes of one frame: the probability of speech, and what it remembers.

    Of a frame with a sample that is no finite number it makes nothing: the probability is not a number either.
    """

    probability: float
    memory: Memory


def begin_memory() -> Memory:
    """Return what is remembered before the first frame."""
    return Memory(np.zeros(_CONTEXT, np.float32), np.zeros((2, 1, _STATE), np.float32))


class Model:
    """A loaded network; every call is complete in itself."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rate = np.array(RATE_HZ, np.int64)

    def listen(self, memories: Sequence[Memory], frames: Sequence[Signal]) -> list[Heard]:
        """Hear the next frame of 256 samples of each line; a line's result does not depend on its company.

        Raises:
            RuntimeError: the network could not be run.
        """
        pieces = chain.from_iterable((memory.context, frame) for memory, frame in zip(memories, frames, strict=True))
        sound = np.concatenate(list(pieces)).reshape(len(frames), _CONTEXT + FRAME_SAMPLES)
        broken = _silence_broken(sound)
        state = np.concatenate([memory.state for memory in memories], axis=1)
        probabilities, states = self._session.run({"input": sound, "state": state, "sr": self._rate})
        probabilities[broken] = np.nan
        contexts = sound[:, -_CONTEXT:]
        return [
            Heard(probability, Memory(contexts[row], states[:, row : row + 1]))
            for row, probability in enumerate(probabilities.ravel().tolist())
        ]


def _silence_broken(sound: NDArray[np.float32]) -> NDArray[np.intp]:
    """Put silence where a row has samples that are no finite numbers; returns those rows."""
    (broken,) = np.nonzero(~np.logical_and.reduce(np.isfinite(sound), axis=1))
    sound[broken] = 0
    return broken


def find_model() -> Path | None:
    """Find the network in the package `silero-vad`, whose code, which needs torch, is not imported."""
    spec = find_spec("silero_vad")
    places = spec.submodule_search_locations if spec else None
    return next((path for place in places or () if (path := Path(place) / _FILE).is_file()), None)


def load_model(path: Path | None = None) -> Model:
    """Load the network from a file, or from where `find_model` finds it; never over a network.

    Raises:
        ConfigError: it is not installed, or is not Silero's network.
    """
    chosen = path or find_model()
    if chosen is None or not chosen.is_file():
        missing = f"{chosen} is no file" if chosen else "the package silero-vad is not installed"
        raise ConfigError(
            f"Silero's voice activity has no model: {missing}. Install it with: pip install --no-deps silero-vad "
            "(torch is not needed), give the path of a silero_vad.onnx, or choose another detector."
        )
    return Model(open_session(chosen))
