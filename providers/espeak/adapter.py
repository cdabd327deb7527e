"""eSpeak NG behind the text-to-speech port: the program where it is installed, else the library of its wheel.

eSpeak NG is GPL-3: either way it runs in a process of its own and is never loaded into this one.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from domain.errors import ConfigError
from providers.espeak.process import WorkerOptions
from providers.espeak.program import open_espeak_program
from providers.espeak.warm import EspeakLibrary, open_espeak_library
from providers.synthesis.program_voice import ProgramVoice

PROGRAM = "espeak-ng"
WHEEL = "espeakng_loader"
REMEDY = (
    "Install it (Debian and Ubuntu: apt install espeak-ng; macOS: brew install espeak-ng), or its library "
    "(pip install espeakng-loader), or choose another voice."
)
LIBRARY_FILES = ("libespeak-ng.so", "libespeak-ng.dylib", "espeak-ng.dll")


@asynccontextmanager
async def open_espeak(
    voice: str = "en-us",
    *,
    words_a_minute: int = 165,
    program: str = PROGRAM,
    time_limit: timedelta = timedelta(seconds=5),
    at_once: int = 4,
) -> AsyncIterator[ProgramVoice | EspeakLibrary]:
    """Offer a voice of the program, or of the wheel's library where there is no program, until the end of the block.

    Raises:
        ConfigError: neither is installed, or there is no such voice.
        ProviderUnavailable: the library's worker would not start.
    """
    path = which(program)
    if path is not None:
        async with open_espeak_program(path, voice, words_a_minute, time_limit, at_once) as speaking:
            yield speaking
        return
    async with open_espeak_library(wheel_options(voice, words_a_minute, time_limit)) as library:
        yield library


def wheel_options(voice: str, words_a_minute: int, time_limit: timedelta) -> WorkerOptions:
    """Find library and data in the wheel espeakng-loader, without importing it.

    Raises:
        ConfigError: it is not installed, or holds no library.
    """
    spec = find_spec(WHEEL)
    folder = Path(spec.origin).parent if spec is not None and spec.origin else None
    library = next((folder / name for name in LIBRARY_FILES if (folder / name).is_file()), None) if folder else None
    if folder is None or library is None:
        raise ConfigError(f"eSpeak NG is not installed. {REMEDY}")
    data = str(folder / "espeak-ng-data")
    return WorkerOptions(str(library), data, voice, words_a_minute, time_limit.total_seconds())
