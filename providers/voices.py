"""Several voices as one: when one fails, the next says the rest of the sentence."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import ConfigError, Fault, ProviderError
from ports.clock import Clock, SystemClock
from ports.text_to_speech import Speech, TextToSpeech, Tier
from providers.synthesis.iterating import ended
from providers.synthesis.telling import Pace, Telling

PROVIDER = "voices"
REST = timedelta(seconds=30)


@dataclass(frozen=True)
class Fallback:
    """One voice gave up; `successor` is None when no other was left, or nothing was left to say."""

    failed: str
    successor: str | None
    fault: Fault
    words_said: int


OnFallback = Callable[[Fallback], None]


class FailoverVoice:
    """The first of its voices that is not resting speaks; one that failed rests for a while.

    A sentence keeps the rate of its first sound. It goes on at the first word that was not surely said: the word in
    progress is said again, and a voice whose pace is known leaves none out. When all rest, the one that rested
    longest is tried first: better a doubtful voice than none.
    """

    def __init__(
        self,
        voices: Sequence[TextToSpeech],
        *,
        clock: Clock | None = None,
        on_fallback: OnFallback = lambda _: None,
        rest: timedelta = REST,
    ) -> None:
        """Take the voices in the order of preference.

        Raises:
            ConfigError: there are none.
        """
        if not voices:
            raise ConfigError("There is no voice to speak with; name at least one.")
        self._voices = tuple(voices)
        self._clock = clock or SystemClock()
        self._on_fallback = on_fallback
        self._rest = rest
        self._awake_at: dict[int, datetime] = {}
        self._paces = tuple(Pace() for _ in voices)

    @property
    def name(self) -> str:
        """The name of the voice that would speak now."""
        return self._voices[self._order()[0]].name

    @property
    def tier(self) -> Tier:
        """The tier of the voice that would speak now."""
        return self._voices[self._order()[0]].tier

    async def speak(self, text: str) -> AsyncIterator[Speech]:
        """Synthesise one sentence, by as many voices as it takes.

        Raises:
            ProviderUnavailable, ProviderRejected: every voice failed; the last one's error.
        """
        telling = Telling(text)
        order = self._order()
        for place, successor in zip(order, [*order[1:], None], strict=True):
            if telling.is_over:
                return
            pieces = self._tell(telling, place, successor)
            async with ended(pieces):
                async for piece in pieces:
                    yield piece

    async def _tell(self, telling: Telling, place: int, successor: int | None) -> AsyncIterator[Speech]:
        """Have one voice say what is left; its sound until it failed is passed on whole.

        Raises:
            ProviderUnavailable, ProviderRejected: it failed before the end, and there is no successor.
        """
        pieces = telling.hear(self._voices[place].speak(telling.begin(self._paces[place])))
        failure: ProviderError | None = None
        try:
            async with ended(pieces):
                async for piece in pieces:
                    yield piece
        except ProviderError as error:
            failure = error
        for tail in telling.drain():
            yield tail
        if failure is None:
            self._told(place, telling)
        else:
            self._fell(place, successor, failure, telling)

    def _told(self, place: int, telling: Telling) -> None:
        """Note that a voice came to the end: it is well again, and shows how fast it speaks."""
        self._paces[place].learn(telling)
        self._awake_at.pop(place, None)
        telling.finish()

    def _fell(self, place: int, successor: int | None, failure: ProviderError, telling: Telling) -> None:
        """Note a failure, let the voice rest if not the text was to blame, and raise it if words are left unsaid."""
        if failure.fault is not Fault.BLOCKED:
            self._awake_at[place] = self._clock.now() + self._rest
        said = telling.keep_rest()
        following = None if telling.is_over or successor is None else self._voices[successor].name
        self._on_fallback(Fallback(self._voices[place].name, following, failure.fault, said))
        if successor is None and not telling.is_over:
            raise failure

    def _order(self) -> list[int]:
        """Put those awake first, as preferred, then the resting ones, the one soonest awake first."""
        now = self._clock.now()
        resting = {place: awake_at for place, awake_at in self._awake_at.items() if awake_at > now}
        awake = [place for place in range(len(self._voices)) if place not in resting]
        return awake + sorted(resting, key=lambda place: resting[place])

    async def close(self) -> None:
        """Close every voice."""
        for voice in self._voices:
            await voice.close()
