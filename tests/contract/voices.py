"""Voices to run the suites of text-to-speech on: the real ones there are, and stand-ins for the others."""

import json
import shlex
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from ctypes.util import find_library
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from domain.errors import ProviderError
from ports.text_to_speech import Speech, TextToSpeech
from providers.espeak.process import WorkerOptions
from providers.piper.adapter import open_piper
from providers.synthesis.program_voice import ProgramVoice
from speech.g711 import Pcm16
from tests.contract import speaking_double

PATIENT = timedelta(seconds=20)

Samples = NDArray[np.float32]
Open = AbstractAsyncContextManager[TextToSpeech]


@dataclass(frozen=True)
class Double:
    """A stand-in for a program, and the file of its runs."""

    program: str
    log: Path

    def runs(self) -> list[dict[str, Any]]:
        """Every run so far: pid, arguments and text."""
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []


def write_double(folder: Path, name: str) -> Double:
    """Put a stand-in executable into a folder."""
    program, log = folder / name, folder / f"{name}.runs"
    words = (sys.executable, "-I", "-S", speaking_double.__file__, str(log))
    program.write_text(f'#!/bin/sh\nexec {shlex.join(words)} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return Double(str(program), log)


def write_piper_voice(folder: Path, rate_hz: object = speaking_double.RATE_HZ) -> Path:
    """Put what looks like a Piper voice into a folder."""
    voice = folder / "en_US-double-low.onnx"
    voice.write_bytes(b"no model")
    voice.with_name(f"{voice.name}.json").write_text(json.dumps({"audio": {"sample_rate": rate_hz}}), encoding="utf-8")
    return voice


@asynccontextmanager
async def open_piper_double(folder: Path, time_limit: timedelta = PATIENT) -> AsyncIterator[ProgramVoice]:
    """Piper's adapter on a stand-in program."""
    double = write_double(folder, "piper")
    async with open_piper(write_piper_voice(folder), program=double.program, time_limit=time_limit) as piper:
        yield piper


def has_program(name: str) -> bool:
    """Tell whether a real program is on this machine."""
    return shutil.which(name) is not None


def espeak_library() -> str | None:
    """Find eSpeak NG's library on this machine."""
    return find_library("espeak-ng")


def library_options(voice: str = "en-us", limit: timedelta = PATIENT) -> WorkerOptions:
    """Options for the machine's own library, which knows where its data is."""
    return WorkerOptions(espeak_library() or "", "", voice, 165, limit.total_seconds())


def hum(seconds: float, rate_hz: int) -> Pcm16:
    """Sound that is not silence and not the same at any two places near each other."""
    times = np.arange(int(seconds * rate_hz)) / rate_hz
    wave: Pcm16 = np.rint(9_000 * np.sin(2 * np.pi * (220 + 90 * times) * times)).astype(np.int16)
    return wave


async def collect(voice: TextToSpeech, text: str) -> list[Speech]:
    """Have a sentence said to its end."""
    return [piece async for piece in voice.speak(text)]


async def collect_until_failure(voice: TextToSpeech, text: str) -> tuple[list[Speech], ProviderError | None]:
    """Have a sentence said as far as it comes; return its sound and the failure."""
    pieces: list[Speech] = []
    try:
        async for piece in voice.speak(text):
            pieces.append(piece)
    except ProviderError as error:
        return pieces, error
    return pieces, None


def joined(pieces: list[Speech]) -> Samples:
    """All samples of a sentence."""
    return np.concatenate([piece.samples for piece in pieces]) if pieces else np.zeros(0, np.float32)


def loudness(pieces: list[Speech], seconds: float = 0.02) -> Samples:
    """How loud a sentence is, window by window."""
    samples, window = joined(pieces), int(seconds * pieces[0].rate_hz)
    windows = samples[: len(samples) // window * window].reshape(-1, window)
    levels: Samples = np.sqrt((windows**2).mean(axis=1)).astype(np.float32)
    return levels


async def first_piece(voice: TextToSpeech, text: str) -> Speech:
    """Hear the first sound of a sentence, and leave."""
    async with aclosing(cast("Any", voice.speak(text))) as pieces:
        first: Speech = await anext(pieces)
    return first
