"""What is said on a call in words, sent to whoever speaks it, and what of it was heard."""

import asyncio
from collections.abc import Sequence

import structlog

from ports.telephony import LineStart
from server.call.heard import HeardWords
from server.call.relayed import RelayedWords
from sessions.speaking import Speaking
from sessions.tasks import end
from speech.playout import Sentence

log = structlog.get_logger(__name__)


class Aloud:
    """One call's words. Owns the task that keeps what was heard, from its making to `close`."""

    def __init__(self, speaking: Speaking, start: LineStart) -> None:
        self._heard = HeardWords(speaking, start.tenant_id, start.session_id)
        self._keeping = asyncio.create_task(self._heard.run(), name=f"heard words of {start.session_id}")
        self._words = RelayedWords()
        self._quiet = asyncio.Event()
        self.keep = self._heard.keep
        self.cut = self._heard.cut
        self.resume = self._heard.resume
        self.all_said = self._heard.all_said
        self.settled = self._heard.settled

    def send(self, sentence: Sentence) -> str:
        """Note a sentence that is sent, and return its words."""
        self._heard.will_say(sentence)
        self._words.sent(sentence, _now())
        return sentence.text

    def answered(self, text: str) -> None:
        """Take words of the caller's, which prove that ours before them were heard."""
        self._prove(self._words.answered(text, _now()))

    def played(self, text: str) -> None:
        """Take words of ours that have been played."""
        self._prove(self._words.played(text))

    def interrupted(self, text: str, running: str | None) -> None:
        """Take what was heard before the caller spoke over us; no more of it, or of a turn that runs, is said."""
        whole, part = self._words.interrupted(text)
        self._prove(whole)
        self._quiet.set()
        if running is not None:
            self._heard.expect(running)
        self._heard.cut(part)

    async def heard_out(self) -> None:
        """Wait until the last words have been heard, or for as long as it takes to say them."""
        self._quiet.clear()
        if not self._words.waiting:
            return
        try:
            async with asyncio.timeout(self._words.seconds_left(_now())):
                await self._quiet.wait()
        except TimeoutError:
            log.info("not_heard_out")

    async def close(self) -> None:
        """Keep what is left to be kept."""
        await end(self._keeping)
        await self._heard.flush()

    def _prove(self, sentences: Sequence[Sentence]) -> None:
        for sentence in sentences:
            self._heard.proven(sentence)
        if not self._words.waiting:
            self._quiet.set()


def _now() -> float:
    return asyncio.get_running_loop().time()
