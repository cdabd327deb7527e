"""flite behind the text-to-speech port: it speaks a sentence as a whole, in 15 to 100 ms."""

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from domain.errors import ConfigError
from providers.synthesis.decoding import WavSound
from providers.synthesis.program_voice import ProgramVoice
from providers.synthesis.programs import Programs, find_program

PROVIDER = "flite"
REMEDY = "Install it (Debian and Ubuntu: apt install flite), or choose another voice."

_PIECE_BYTES = 8_192
_PATIENCE_SECONDS = 10


@asynccontextmanager
async def open_flite(
    voice: str = "slt",
    *,
    program: str = "flite",
    time_limit: timedelta = timedelta(seconds=5),
    at_once: int = 4,
) -> AsyncIterator[ProgramVoice]:
    """Offer one of flite's voices, by name or by the path of a .flitevox file, until the end of the block.

    Raises:
        ConfigError: flite is not installed, or has no such voice.
    """
    path = find_program(program, REMEDY)
    await asyncio.to_thread(_check_voice, path, voice)
    command = (path, "-voice", voice, "-f", "/dev/stdin", "-o", "/dev/stdout")
    programs = Programs(PROVIDER, command, time_limit, at_once)
    flite = ProgramVoice(Path(voice).stem, programs, lambda text: _sound(programs, text), WavSound)
    try:
        yield flite
    finally:
        await flite.close()


async def _sound(programs: Programs, text: str) -> AsyncIterator[bytes]:
    """Yield the WAV file that a program writes, once it has.

    flite wants files, not pipes, on both sides; those it gets have no name, so that nobody else can read them.
    """
    with TemporaryFile() as words, TemporaryFile() as sound:
        await asyncio.to_thread(_write, words, text)
        async with programs.running(words, sound) as process:
            await programs.ended(process)
        wav = await asyncio.to_thread(_read, sound)
    for start in range(0, len(wav), _PIECE_BYTES):
        yield wav[start : start + _PIECE_BYTES]


def _check_voice(program: str, voice: str) -> None:
    """Look for the voice: flite itself would say nothing and take another."""
    if Path(voice).is_file():
        return
    try:
        listing = subprocess.run(
            [program, "-lv"], capture_output=True, text=True, timeout=_PATIENCE_SECONDS, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise ConfigError(f"The program {program} does not run as flite does: {type(error).__name__}") from error
    voices = listing.partition(":")[2].split()
    if voice not in voices:
        raise ConfigError(f"flite has no voice {voice!r}; it has {', '.join(voices)}, or give a .flitevox file.")


def _write(file: IO[bytes], text: str) -> None:
    file.write(text.encode() + b"\n")
    file.flush()
    file.seek(0)


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()
