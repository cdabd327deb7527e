"""What the caller has heard of each turn, kept as it is proven."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import chain, repeat

import structlog

from domain.errors import Unavailable
from server.call.turns import SESSION_OVER
from sessions.speaking import Speaking
from speech.playout import Sentence

RETRY_SECONDS = (0.2, 1.0, 3.0)
"""Pauses between tries to keep something; the last one is repeated."""
SETTLED_SECONDS = 15.0
"""How long a turn waits until what was heard before it is kept."""
FLUSH_SECONDS = 60.0
"""How long the end of a call waits for a database that is away."""

Keep = Callable[[], Awaitable[None]]

log = structlog.get_logger(__name__)


@dataclass
class _Spoken:
    """One turn's words: those to be heard, those proven, and whether all of them are known."""

    said: list[Sentence] = field(default_factory=list)
    heard: list[Sentence] = field(default_factory=list)
    before: str = ""
    whole: bool = False

    @property
    def text(self) -> str:
        return " ".join(filter(None, (self.before, *(sentence.text for sentence in self.heard))))


class HeardWords:
    """One call's turns that are spoken. One task keeps them, in order, so that nobody waits for the database."""

    def __init__(self, speaking: Speaking, tenant_id: str, session_id: str) -> None:
        self._speaking = speaking
        self._tenant_id = tenant_id
        self._session_id = session_id
        self._turns: dict[str, _Spoken] = {}
        self._work: asyncio.Queue[Keep] = asyncio.Queue()
        self._doing: Keep | None = None
        self.refused = asyncio.Event()
        """Set once the session takes no more: it was closed or erased elsewhere."""

    def keep(self, work: Keep) -> None:
        """Have something kept after all that came before; doing it again must change nothing."""
        self._work.put_nowait(work)

    def resume(self, turn_id: str, heard: str) -> None:
        """Go on with a turn of which some was heard on a line that is gone."""
        self._turns[turn_id] = _Spoken(before=heard)

    def will_say(self, sentence: Sentence) -> None:
        """Note a sentence that is to be said."""
        if sentence.turn_id not in self._turns:
            self._turns[sentence.turn_id] = _Spoken()
            self.keep(lambda: self._speaking.started(self._tenant_id, self._session_id, sentence.turn_id))
        self._turns[sentence.turn_id].said.append(sentence)

    def expect(self, turn_id: str) -> None:
        """Note a turn of which something was to be said, whether it ever is or not."""
        self._turns.setdefault(turn_id, _Spoken())

    def all_said(self, turn_id: str) -> None:
        """Note that no more sentences of a turn will come."""
        if (spoken := self._turns.get(turn_id)) is not None:
            spoken.whole = True
            self._finish_if_heard(turn_id, spoken)

    def proven(self, sentence: Sentence) -> None:
        """Note a sentence that was certainly heard."""
        spoken = self._turns.get(sentence.turn_id)
        if spoken is None:
            return
        spoken.heard.append(sentence)
        text = spoken.text
        if not self._finish_if_heard(sentence.turn_id, spoken):
            self.keep(lambda: self._speaking.heard(self._tenant_id, self._session_id, sentence.turn_id, text))

    def unsaid(self, sentence: Sentence) -> None:
        """Note a sentence that no voice could say: it is not waited for, and was not heard."""
        spoken = self._turns.get(sentence.turn_id)
        if spoken is not None and sentence in spoken.said:
            spoken.said.remove(sentence)
            self._finish_if_heard(sentence.turn_id, spoken)

    def unheard(self) -> list[Sentence]:
        """What was to be said and is not proven, in order."""
        return [sentence for spoken in self._turns.values() for sentence in spoken.said[len(spoken.heard) :]]

    def cut(self, part: Sentence | None = None) -> None:
        """End every turn that is being said where it was cut off: with `part` of a sentence, where that is known."""
        for turn_id, spoken in list(self._turns.items()):
            if part is not None and part.turn_id == turn_id:
                spoken.heard.append(part)
            self._finish(turn_id, spoken.text, interrupted=True)

    async def run(self) -> None:
        """Keep what there is to be kept, until cancelled."""
        while True:
            self._doing = await self._work.get()
            await self._keep_one(self._doing)
            self._doing = None

    async def settled(self) -> None:
        """Wait until everything so far is kept; `run` must be running (Unavailable: the database is away)."""
        try:
            async with asyncio.timeout(SETTLED_SECONDS):
                await self._work.join()
        except TimeoutError as error:
            raise Unavailable("What was heard is not kept yet.") from error

    async def flush(self) -> None:
        """Keep what is left once `run` has ended; what it was about to keep is kept again, which changes nothing."""
        try:
            async with asyncio.timeout(FLUSH_SECONDS):
                await self._keep_rest()
        except TimeoutError:
            log.error("heard_words_lost", session_id=self._session_id, left=self._work.qsize() + 1)

    async def _keep_rest(self) -> None:
        if self._doing is not None:
            await self._keep_one(self._doing)
            self._doing = None
        while not self._work.empty():
            await self._keep_one(self._work.get_nowait())

    async def _keep_one(self, work: Keep) -> None:
        """Keep one thing; a database that is away is waited for, and what an ended session refuses is dropped."""
        for pause in chain(RETRY_SECONDS, repeat(RETRY_SECONDS[-1])):
            try:
                await work()
                break
            except Unavailable:
                await asyncio.sleep(pause)
            except SESSION_OVER as error:
                log.warning("session_takes_no_more", session_id=self._session_id, code=error.code)
                self.refused.set()
                break
        self._work.task_done()

    def _finish_if_heard(self, turn_id: str, spoken: _Spoken) -> bool:
        if spoken.whole and len(spoken.heard) == len(spoken.said):
            self._finish(turn_id, spoken.text, interrupted=False)
            return True
        return False

    def _finish(self, turn_id: str, text: str, *, interrupted: bool) -> None:
        del self._turns[turn_id]
        self.keep(
            lambda: self._speaking.finished(self._tenant_id, self._session_id, turn_id, text, interrupted=interrupted)
        )
