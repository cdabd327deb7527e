"""A few words for a caller who would otherwise wait in silence. They are no part of any answer, and kept nowhere."""

import asyncio
from collections.abc import Iterable
from itertools import cycle

from server.call.mouth import Mouth
from speech.playout import Sentence

THINKING_SECONDS = 3.0
"""So long nobody minds an answer that is being thought about."""
LOOKING_UP_SECONDS = 0.8
"""So long after it is known that something has to be looked up or done."""
NO_TURN = ""


class Filler:
    """One line's fillers, in turn; at most one of them before each answer."""

    def __init__(self, mouth: Mouth, words: Iterable[str]) -> None:
        self._mouth = mouth
        self._words = cycle(words)
        self._timer: asyncio.TimerHandle | None = None

    def thinking(self) -> None:
        """An answer has begun to be thought about."""
        self._after(THINKING_SECONDS)

    def looking_up(self) -> None:
        """There is something to be done before the answer."""
        if self._timer is not None:
            self._after(LOOKING_UP_SECONDS)

    def answered(self) -> None:
        """The answer is there, or nobody waits for one any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _after(self, seconds: float) -> None:
        self.answered()
        self._timer = asyncio.get_running_loop().call_later(seconds, self._say)

    def _say(self) -> None:
        self._timer = None
        if not self._mouth.speaking and (words := next(self._words, "")):
            self._mouth.say(Sentence(NO_TURN, 0, words))
