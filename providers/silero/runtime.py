"""onnxruntime as it is used here: one session of one thread, and its errors as ours."""

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from domain.errors import ConfigError

INPUTS, OUTPUTS = ["input", "state", "sr"], ["output", "stateN"]

Errors = tuple[type[Exception], ...]


class Session:
    """A loaded network; safe to call from several threads."""

    def __init__(self, session: Any, errors: Errors) -> None:
        self._session = session
        self._errors = errors

    def run(self, feed: dict[str, NDArray[Any]]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the probabilities, one a row of `input`, and the next `state`.

        Raises:
            RuntimeError: the network could not be run.
        """
        try:
            probabilities, state = self._session.run(OUTPUTS, feed)
        except self._errors as error:
            raise RuntimeError(f"onnxruntime: {type(error).__name__}") from error
        return probabilities, state


def open_session(path: Path) -> Session:
    """Load Silero's network from a file, to run in one thread that sleeps between two frames.

    Raises:
        ConfigError: onnxruntime is not installed, or the file is no such network.
    """
    try:
        runtime = import_module("onnxruntime")
    except ImportError as error:
        raise ConfigError("Silero's voice activity runs on onnxruntime: pip install onnxruntime.") from error
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    errors = _errors()
    try:
        session = runtime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
    except errors as error:
        raise ConfigError(f"{path.name} cannot be loaded as Silero's network: {type(error).__name__}.") from error
    _check(path, session)
    return Session(session, errors)


def _check(path: Path, session: Any) -> None:
    """Refuse a network that takes or gives something else."""
    takes, gives = [one.name for one in session.get_inputs()], [one.name for one in session.get_outputs()]
    if (takes, gives) != (INPUTS, OUTPUTS):
        raise ConfigError(f"{path.name} is not Silero's network: it takes {takes} and gives {gives}.")


def _errors() -> Errors:
    """What onnxruntime raises: errors of its own, without a base in common or public names, and some of Python's."""
    state = vars(import_module("onnxruntime.capi.onnxruntime_pybind11_state"))
    own = (value for value in state.values() if isinstance(value, type) and issubclass(value, Exception))
    return (*own, RuntimeError, ValueError, OSError)
