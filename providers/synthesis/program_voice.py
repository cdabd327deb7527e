"""A voice that is a program: one process a sentence."""

from collections.abc import AsyncIterator, Callable

from ports.text_to_speech import Speech, Tier
from providers.synthesis.decoding import SoundDecoder, decode
from providers.synthesis.iterating import ended
from providers.synthesis.programs import Programs
from providers.synthesis.words import sayable


class ProgramVoice:
    """One voice. `sound` has a sentence spoken by one of the programs, and `decoder` reads what comes of it."""

    tier = Tier.LOCAL

    def __init__(
        self,
        voice: str,
        programs: Programs,
        sound: Callable[[str], AsyncIterator[bytes]],
        decoder: Callable[[], SoundDecoder],
    ) -> None:
        self.name = f"{programs.provider}:{voice}"
        self._programs = programs
        self._sound = sound
        self._decoder = decoder

    async def speak(self, text: str) -> AsyncIterator[Speech]:
        """Synthesise one sentence (see ports.text_to_speech)."""
        if not (line := sayable(text)):
            return
        pieces = decode(self._programs.provider, self._sound(line), self._decoder())
        async with ended(pieces):
            async for piece in pieces:
                yield piece

    async def close(self) -> None:
        """Kill what runs."""
        await self._programs.close()
