"""eSpeak NG's program, a process a sentence."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from domain.errors import ConfigError, ProviderError
from ports.text_to_speech import Speech, Tier
from providers.espeak.process import PROVIDER
from providers.synthesis.decoding import WavSound, decode
from providers.synthesis.iterating import ended
from providers.synthesis.programs import Programs
from providers.synthesis.words import sayable


class EspeakProgram:
    """The program with one voice."""

    tier = Tier.LOCAL

    def __init__(self, voice: str, programs: Programs) -> None:
        self.name = f"{PROVIDER}:{voice}"
        self._programs = programs

    async def speak(self, text: str) -> AsyncIterator[Speech]:
        """Synthesise one sentence (see ports.text_to_speech)."""
        if not (line := sayable(text)):
            return
        pieces = decode(PROVIDER, self._programs.sound(line), WavSound())
        async with ended(pieces):
            async for piece in pieces:
                yield piece

    async def close(self) -> None:
        """Kill what runs."""
        await self._programs.close()


@asynccontextmanager
async def open_espeak_program(
    program: str, voice: str, words_a_minute: int, time_limit: timedelta, at_once: int
) -> AsyncIterator[EspeakProgram]:
    """Offer a voice of the program at this path until the end of the block.

    Raises:
        ConfigError: it has no such voice.
    """
    command = (program, "--stdin", "--stdout", "-b", "1", "-v", voice, "-s", str(words_a_minute))
    speaking = EspeakProgram(voice, Programs(PROVIDER, command, time_limit, at_once))
    try:
        await _try(speaking)
        yield speaking
    finally:
        await speaking.close()


async def _try(voice: EspeakProgram) -> None:
    """Say one word into the void: a voice that is not there should be known before anybody listens."""
    try:
        async for _ in voice.speak("yes"):
            pass
    except ProviderError as error:
        raise ConfigError(f"eSpeak NG has no voice for {voice.name}; `espeak-ng --voices` lists its voices.") from error
