"""Phrases that are said in every call, kept as sound."""

from collections import OrderedDict
from collections.abc import AsyncIterator, Collection

from ports.text_to_speech import Speech, TextToSpeech, Tier
from providers.synthesis.iterating import ended

LIMIT_BYTES = 16 << 20
"""Some eight minutes at 8,000 Hz."""


class CachedVoice:
    """A voice that synthesises the named phrases once and then knows them by heart; all else goes through.

    A phrase is kept only when it was said to its end by one voice, and only for that voice: where `voice` changes
    its name, it is said anew. Over `limit_bytes`, the phrase unused for longest is forgotten.
    """

    def __init__(self, voice: TextToSpeech, phrases: Collection[str], *, limit_bytes: int = LIMIT_BYTES) -> None:
        self._voice = voice
        self._phrases = frozenset(phrases)
        self._limit_bytes = limit_bytes
        self._kept: OrderedDict[tuple[str, str], tuple[Speech, ...]] = OrderedDict()
        self._kept_bytes = 0

    @property
    def name(self) -> str:
        """The voice's own name."""
        return self._voice.name

    @property
    def tier(self) -> Tier:
        """The voice's own tier."""
        return self._voice.tier

    @property
    def kept_bytes(self) -> int:
        """How much sound is held."""
        return self._kept_bytes

    async def speak(self, text: str) -> AsyncIterator[Speech]:
        """Say one sentence, from memory if it is kept there (see ports.text_to_speech)."""
        key = (self._voice.name, text)
        if key in self._kept:
            self._kept.move_to_end(key)
            for piece in self._kept[key]:
                yield piece
            return
        said: list[Speech] = []
        pieces = self._voice.speak(text)
        async with ended(pieces):
            async for piece in pieces:
                if text in self._phrases:
                    said.append(piece)
                yield piece
        if said and self._voice.name == key[0]:
            self._keep(key, tuple(said))

    async def warm(self) -> None:
        """Synthesise every phrase that is not kept yet, so that no caller waits for it.

        Raises:
            ProviderUnavailable, ProviderRejected: the voice failed; what was said before stays.
        """
        for phrase in sorted(self._phrases):
            if (self._voice.name, phrase) not in self._kept:
                async for _ in self.speak(phrase):
                    pass

    def _keep(self, key: tuple[str, str], said: tuple[Speech, ...]) -> None:
        if key in self._kept or _bytes_of(said) > self._limit_bytes:
            return
        self._kept[key] = said
        self._kept_bytes += _bytes_of(said)
        while self._kept_bytes > self._limit_bytes:
            _, forgotten = self._kept.popitem(last=False)
            self._kept_bytes -= _bytes_of(forgotten)

    async def close(self) -> None:
        """Forget everything and close the voice."""
        self._kept.clear()
        self._kept_bytes = 0
        await self._voice.close()


def _bytes_of(said: tuple[Speech, ...]) -> int:
    return sum(piece.samples.nbytes for piece in said)
