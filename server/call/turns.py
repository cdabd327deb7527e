"""The turns of one line, as they are put to the service."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import structlog

from domain.errors import NotFound, SessionClosed, Unavailable
from domain.playbook import Playbook
from language.sentences import split_sentences
from ports.records import TurnReceipt
from ports.telephony import LineStart
from server.call.ear import Utterance
from sessions.service import Parley
from speech.playout import Sentence

TRIES = 3
"""How often a turn that is kept but could not be run is asked for, before the caller is told."""
SESSION_OVER = (SessionClosed, NotFound)
"""How a session answers that was closed or erased elsewhere."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Turn:
    """What the caller did: said something, or pressed keys. `over_ours` when it was short and we were speaking."""

    sound: Utterance | None = None
    words: str | None = None
    over_ours: bool = False


class Turns:
    """Numbers the turns that are made on one line, and has them run."""

    def __init__(self, parley: Parley, playbook: Playbook, start: LineStart) -> None:
        self._parley = parley
        self._playbook = playbook
        self._stream_id = start.stream_id
        self._session_id = start.session_id
        self._tenant_id = start.tenant_id
        self._numbers = count(1)

    def new_id(self) -> str:
        """Name the next turn."""
        return f"{self._stream_id}-{next(self._numbers)}"

    async def keep(self, turn_id: str, text: str) -> None:
        """Keep words of our own that answer nothing as a turn of the agent; again changes nothing."""
        await self._parley.process_turn(
            self._session_id,
            tenant_id=self._tenant_id,
            speaker=self._playbook.agent,
            raw_text=text,
            turn_id=turn_id,
            aloud=True,
        )

    async def answer(self, turn_id: str, **given: Any) -> AsyncGenerator[dict[str, Any], None]:
        """Run a turn of the caller's words or sound, `given` as `Parley.stream_turn` takes them, and yield its news.

        A turn that is kept but not done yet is asked for again; however often, each Sentence of its reply comes once,
        as {event: sentence}, and all of them before {event: result}, which is the last.

        Raises:
            SessionClosed, NotFound, Conflict, InvalidInput, TooLarge: the turn was not taken.
            Unavailable: nor was it the last time that it was asked for.
        """
        asked = _Asked(turn_id, given)
        while not asked.done:
            async with aclosing(self._try(asked)) as news:
                async for item in news:
                    yield item

    async def interrupt(self, turn_id: str) -> None:
        """Give up a turn that runs; one that cannot be stopped now ends by itself."""
        try:
            await self._parley.interrupt_turn(self._session_id, turn_id, tenant_id=self._tenant_id)
        except (Unavailable, NotFound) as error:
            log.warning("turn_not_stopped", session_id=self._session_id, code=error.code)

    async def close(self) -> None:
        """End the session: the call is over."""
        await self._parley.close_session(self._session_id, tenant_id=self._tenant_id)

    async def _try(self, asked: "_Asked") -> AsyncGenerator[dict[str, Any], None]:
        """Ask for a turn once, and wait where another try is worth it (Unavailable: there were enough)."""
        asked.tries += 1
        try:
            async with aclosing(self._news(asked)) as news:
                async for item in news:
                    yield item
            asked.done = True
        except Unavailable as error:
            if asked.tries == TRIES:
                raise
            await asyncio.sleep(error.retry_after)

    async def _news(self, asked: "_Asked") -> AsyncGenerator[dict[str, Any], None]:
        """Tell what an earlier try has not (Unavailable: the turn is still open)."""
        running = self._parley.stream_turn(
            self._session_id,
            tenant_id=self._tenant_id,
            speaker=self._playbook.caller,
            turn_id=asked.turn_id,
            aloud=True,
            **asked.given,
        )
        async with aclosing(running) as items:
            async for item in items:
                if isinstance(item["data"], TurnReceipt):
                    raise Unavailable("The turn is still open.")
                for text in asked.unsaid(item):
                    yield {"event": "sentence", "data": asked.say(text)}
                if item["event"] != "sentence":
                    yield item


@dataclass
class _Asked:
    """A turn that is asked for, perhaps more than once, and which sentences of its reply were yielded."""

    turn_id: str
    given: Mapping[str, Any]
    said: list[str] = field(default_factory=list)
    tries: int = 0
    done: bool = False

    def unsaid(self, item: Mapping[str, Any]) -> list[str]:
        """The sentences that come next: the one that is told, or what the result has beyond those that were."""
        match item:
            case {"event": "sentence", "data": {"sentence": n, "text": text}} if n == len(self.said):
                return [text]
            case {"event": "result", "data": {"reply": str(reply)}} if reply.startswith(before := " ".join(self.said)):
                return split_sentences(reply[len(before) :])
        return []

    def say(self, text: str) -> Sentence:
        """Count the next sentence."""
        self.said.append(text)
        return Sentence(self.turn_id, len(self.said) - 1, text)
