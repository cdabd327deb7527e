"""A voice that is somebody's service: one sentence, one request."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from ports.text_to_speech import Speech, Tier
from providers.synthesis.decoding import SoundDecoder, decode
from providers.synthesis.iterating import ended
from providers.synthesis.web import Question, Service
from providers.synthesis.words import sayable


@dataclass(frozen=True)
class RemoteVoice:
    """A service's voice: `question` asks for one sentence, `decoder` reads one sentence's answer."""

    name: str
    service: Service
    question: Callable[[str], Question]
    decoder: Callable[[], SoundDecoder]
    tier: Tier = Tier.PREMIUM

    async def speak(self, text: str) -> AsyncIterator[Speech]:
        """Synthesise one sentence as its sound arrives (see ports.text_to_speech)."""
        if not (line := sayable(text)):
            return
        pieces = decode(self.service.provider, self.service.ask(self.question(line)), self.decoder())
        async with ended(pieces):
            async for piece in pieces:
                yield piece

    async def close(self) -> None:
        """Free the connections."""
        await self.service.client.aclose()
