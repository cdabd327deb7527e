"""Piper behind the text-to-speech port.

Piper is GPL-3: it is run as a program and never imported.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from domain.errors import ConfigError
from providers.synthesis.decoding import PcmSound
from providers.synthesis.program_voice import ProgramVoice
from providers.synthesis.programs import Programs, find_program

PROVIDER = "piper"
REMEDY = "Install it (pip install piper-tts, in an environment of its own if you like), or choose another voice."


@asynccontextmanager
async def open_piper(
    voice: Path,
    *,
    program: str = "piper",
    time_limit: timedelta = timedelta(seconds=10),
    at_once: int = 2,
) -> AsyncIterator[ProgramVoice]:
    """Offer a voice on disk, an .onnx file with its .onnx.json beside it, until the end of the block.

    The next sentence's process loads the voice while this one speaks.

    Raises:
        ConfigError: Piper is not installed, or the voice is not there or not whole.
    """
    path = find_program(program, REMEDY)
    rate_hz = await asyncio.to_thread(_load_rate, voice)
    command = (path, "--model", str(voice), "--output-raw")
    programs = Programs(PROVIDER, command, time_limit, at_once, spare=True)

    def sound(text: str) -> AsyncIterator[bytes]:
        return programs.sound(" ".join(text.split()))  # Piper takes one line for one text

    piper = ProgramVoice(voice.stem, programs, sound, lambda: PcmSound(rate_hz))
    try:
        programs.prepare()
        yield piper
    finally:
        await piper.close()


def _load_rate(voice: Path) -> int:
    """Read a voice's sample rate out of the file beside it."""
    described = voice.with_name(f"{voice.name}.json")
    if not voice.is_file():
        raise ConfigError(f"There is no Piper voice at {voice}; download one (python -m piper.download_voices).")
    try:
        rate_hz = json.loads(described.read_text(encoding="utf-8"))["audio"]["sample_rate"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"The Piper voice needs {described} beside it, with its sample rate.") from error
    if not isinstance(rate_hz, int) or rate_hz <= 0:
        raise ConfigError(f"{described} names a sample rate that is none: {rate_hz!r}")
    return rate_hz
