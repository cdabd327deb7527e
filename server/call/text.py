"""A call led in words: the carrier hears and speaks, and watches for silence; turns and heard words are the same."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, suppress
from functools import partial
from typing import Any

import structlog

from domain.errors import RequestError, Unavailable
from domain.playbook import Playbook
from domain.turn import TurnResult
from language.call_screening import is_screening
from language.sentences import split_sentences
from ports.telephony import Carrier, LineStart
from server.call.aloud import Aloud
from server.call.digits import Digits
from server.call.opening import business_of, first_words
from server.call.outcome import ends_call, may_be_recorded, recorded, transferred
from server.call.turns import SESSION_OVER, Turns
from sessions.handover import Handover, handover_in
from sessions.service import Parley
from sessions.tasks import to_the_end
from speech.playout import Sentence

Words = AsyncGenerator[str, None]

log = structlog.get_logger(__name__)


class RelayCall:
    """One call in words, from its making to `close`."""

    def __init__(self, start: LineStart, parley: Parley, playbook: Playbook, carrier: Carrier) -> None:
        self._start = start
        self._carrier = carrier
        self._parley = parley
        self._playbook = playbook
        self._aloud = Aloud(parley.speaking, start)
        self._digits = Digits()
        self._turns = Turns(parley, playbook, start)
        self._running: str | None = None
        self._handover: Handover | None = None
        self.ended = False

    async def begin(self) -> Words:
        """Greet the caller; after a line that was lost, go on where that one stopped."""
        manners = self._playbook.manners
        if not self._start.resumed:
            async for sentence in self._say(await first_words(self._parley, self._start, self._playbook)):
                yield sentence
            return
        unheard = await self._parley.speaking.unheard(self._start.tenant_id, self._start.session_id)
        async for sentence in self._say(manners.resumed):
            yield sentence
        if unheard is not None:
            self._aloud.resume(unheard.turn_id, unheard.heard)
            rest = unheard.said.removeprefix(unheard.heard).strip() or unheard.said
            for n, text in enumerate(split_sentences(rest)):
                yield self._aloud.send(Sentence(unheard.turn_id, n, text))
            self._aloud.all_said(unheard.turn_id)

    def on_prompt(self, text: str) -> Words:
        """Take the caller's words, which prove that ours before them were heard; the stream is the answer."""
        self._aloud.answered(text)
        if self._start.outbound and is_screening(text):
            return self._introduce()
        return self._answer(text)

    def on_digit(self, digit: str) -> Words:
        """Take a key; the stream is the answer to all that were pressed without a pause, or nothing."""
        return self._entered(self._digits.press(digit, _now()))

    def on_played(self, text: str) -> None:
        """Take words of ours that have been played."""
        self._aloud.played(text)

    async def on_interrupt(self, heard_text: str) -> None:
        """Keep what was heard of a turn that was stopped, and stop what of it still runs."""
        running, self._running = self._running, None
        self._aloud.interrupted(heard_text, running)
        if running is not None:
            await self._turns.interrupt(running)

    async def on_said(self) -> Words:
        """Hand the call over, if that was decided, when the words that say so were heard; say so if it cannot be."""
        if self._handover is None:
            return
        await self._aloud.heard_out()
        handover, self._handover = self._handover, None
        if not await self._transferred(handover):
            async for sentence in self._say(self._playbook.manners.not_transferred):
                yield sentence

    async def heard_out(self) -> None:
        """Wait until the last words have been heard, or for as long as it takes to say them."""
        await self._aloud.heard_out()

    async def close(self, *, over: bool) -> None:
        """Keep what was heard; the session ends with the call."""
        if over:
            self._aloud.cut()
            self._aloud.keep(self._turns.close)
        await to_the_end(self._aloud.close())

    async def _entered(self, digits: str | None) -> Words:
        while digits is None and (left := self._digits.left(_now())) is not None:
            await asyncio.sleep(left)
            digits = self._digits.pause(_now())
        if digits is not None:
            async for sentence in self._answer(" ".join(digits)):
                yield sentence

    async def _answer(self, words: str) -> Words:
        """Have a turn run and yield its answer, or say why there is none."""
        if not words.strip():
            return
        try:
            await self._aloud.settled()
            async with aclosing(self._replies(words)) as sentences:
                async for sentence in sentences:
                    yield sentence
        except RequestError as error:
            async for sentence in self._refused(error):
                yield sentence
        self._running = None

    async def _replies(self, words: str) -> Words:
        """Run a turn (RequestError: there is no answer)."""
        self._running = turn_id = self._turns.new_id()
        async with aclosing(self._turns.answer(turn_id, raw_text=words)) as news:
            async for item in news:
                async for sentence in self._told(item["event"], item["data"]):
                    yield sentence

    async def _told(self, event: str, data: Any) -> Words:
        """Take news of the running turn."""
        if event == "sentence":
            yield self._aloud.send(data)
        elif event == "result":
            self._aloud.all_said(data["turn_id"])
            async for sentence in self._decided(data):
                yield sentence

    async def _refused(self, error: RequestError) -> Words:
        """Say that a turn could not be run, or that the call is over since its session is."""
        log.error("turn_refused", session_id=self._start.session_id, code=error.code)
        manners = self._playbook.manners
        self.ended = isinstance(error, SESSION_OVER)
        async for sentence in self._say(manners.closed if self.ended else manners.trouble):
            yield sentence

    async def _decided(self, result: TurnResult) -> Words:
        """See what the turn means for the call; say so where it cannot be done."""
        self.ended = ends_call(result)
        self._handover = handover_in(result["function_calls"], self._playbook.manners) or self._handover
        if may_be_recorded(result, self._playbook) and not await recorded(self._record):
            async for sentence in self._say(self._playbook.manners.not_recorded):
                yield sentence

    async def _introduce(self) -> Words:
        """Say who is calling and why, to a machine that screens calls; who detects it has to find these words kept."""
        text = self._playbook.manners.introduce(await business_of(self._parley, self._start))
        turn_id = self._keep(text)
        with suppress(Unavailable):
            await self._aloud.settled()
        for sentence in self._sent(turn_id, text):
            yield sentence

    async def _record(self) -> None:
        await self._carrier.start_recording(self._start.call_id)

    async def _transferred(self, handover: Handover) -> bool:
        return await transferred(handover, lambda phone, _: self._carrier.transfer(self._start, phone))

    async def _say(self, text: str) -> Words:
        """Say words of our own that answer nothing: they are a turn of the agent."""
        for sentence in self._sent(self._keep(text), text):
            yield sentence

    def _keep(self, text: str) -> str:
        turn_id = self._turns.new_id()
        self._aloud.keep(partial(self._turns.keep, turn_id, text))
        return turn_id

    def _sent(self, turn_id: str, text: str) -> Iterator[str]:
        for n, sentence in enumerate(split_sentences(text)):
            yield self._aloud.send(Sentence(turn_id, n, sentence))
        self._aloud.all_said(turn_id)


def _now() -> float:
    return asyncio.get_running_loop().time()
