"""eSpeak NG's program, a process a sentence."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from domain.errors import ConfigError, ProviderError
from providers.espeak.process import PROVIDER
from providers.synthesis.decoding import WavSound
from providers.synthesis.program_voice import ProgramVoice
from providers.synthesis.programs import Programs


@asynccontextmanager
async def open_espeak_program(
    program: str, voice: str, words_a_minute: int, time_limit: timedelta, at_once: int
) -> AsyncIterator[ProgramVoice]:
    """Offer a voice of the program at this path until the end of the block.

    Raises:
        ConfigError: it has no such voice.
    """
    command = (program, "--stdin", "--stdout", "-b", "1", "-v", voice, "-s", str(words_a_minute))
    programs = Programs(PROVIDER, command, time_limit, at_once)
    speaking = ProgramVoice(voice, programs, programs.sound, WavSound)
    try:
        await _try(speaking)
        yield speaking
    finally:
        await speaking.close()


async def _try(voice: ProgramVoice) -> None:
    """Say one word into the void: a voice that is not there should be known before anybody listens."""
    try:
        async for _ in voice.speak("yes"):
            pass
    except ProviderError as error:
        raise ConfigError(f"eSpeak NG has no voice for {voice.name}; `espeak-ng --voices` lists its voices.") from error
