"""A line's words before they are a turn: recognised while it is not certain that they are all, or a turn at all."""

import asyncio

import structlog

from domain.conversation import CallContext
from domain.errors import LineClosed, ParleyError, ProviderError
from domain.playbook import Playbook
from language.back_channel import is_back_channel
from language.spelling import is_spelling
from language.unfinished import is_short_answer, is_unfinished
from nodes.transcribe import TELEPHONE_HZ, hint_for
from ports.speech_to_text import Anticipation, RecognitionHint, Samples, SpeechToText
from ports.telephony import Line
from sessions.service import Parley
from sessions.tasks import OwnedTasks
from speech.barge_in import Words
from speech.endpointing import NOTHING_KNOWN, TurnSoFar
from speech.utterance import decode, for_recognition

log = structlog.get_logger(__name__)


class Recognising:
    """One line's part in recognition, with the hint that its turns will give; `ahead` where the engine allows it.

    Owns what recognises ahead, until `end`.
    """

    def __init__(self, stt: SpeechToText, ahead: Anticipation | None, playbook: Playbook, line: Line) -> None:
        self._stt = stt
        self._ahead = ahead
        self._playbook = playbook
        self._line = line
        self._start = line.start
        self._hint = self._hint_in(CallContext())
        self._tasks = OwnedTasks()
        self._expecting: asyncio.Task[None] | None = None
        self.so_far = NOTHING_KNOWN
        """What the words say of a turn that may be over, as soon as they are known."""

    async def prepare(self, parley: Parley) -> None:
        """Learn what the call is about, and have the engine make ready for its words."""
        try:
            state = await parley.get_session_state(self._start.session_id, tenant_id=self._start.tenant_id)
        except ParleyError as error:  # what is expected by the playbook alone will do
            log.warning("call_context_not_read", session_id=self._start.session_id, code=error.code)
            return
        self._hint = self._hint_in(CallContext.model_validate(state["call_context"]))
        if self._ahead is not None:
            await self._ahead.prepare(self._hint)

    def expect(self, data: bytes) -> None:
        """Begin to recognise what may be all that is said; `so_far` tells what came of it."""
        self.drop()
        if self._ahead is not None:
            self._expecting = self._tasks.start(self._expect(self._ahead, data), "expected words")

    def drop(self) -> None:
        """Expect no words any more."""
        self.so_far = NOTHING_KNOWN
        if self._expecting is not None:
            self._expecting.cancel()

    async def end(self) -> None:
        """Expect nothing more, and wait until nothing is."""
        self.drop()
        await self._tasks.finish(within=0)

    async def weigh(self, data: bytes, *, question_open: bool) -> Words:
        """Recognise a short sound over our own words and weigh it; an engine that fails hears none."""
        words = await self.recognise(data)
        if not words:
            return Words.NONE
        return Words.BACK_CHANNEL if is_back_channel(words, question_open) else Words.REAL

    async def recognise(self, data: bytes) -> str:
        """Recognise a sound of the line; an engine that fails hears nothing."""
        try:
            return (await self._stt.transcribe(await self._samples(data), self._hint)).text
        except ProviderError:
            return ""

    async def _expect(self, ahead: Anticipation, data: bytes) -> None:
        expected = await ahead.expect(await self._samples(data), self._hint)
        if expected is None:
            return
        try:
            words = (await asyncio.shield(expected)).text
        except ProviderError:  # whoever recognises ahead has said so, and the turn will ask again
            return
        self.so_far = _judged(words)
        await self._show(words)

    async def _show(self, words: str) -> None:
        """Show what was understood so far."""
        try:
            if words:
                await self._line.show(words, final=False)
        except LineClosed:  # whoever listens to the line finds that out as well
            return

    async def _samples(self, data: bytes) -> Samples:
        return await asyncio.to_thread(_ready, data, self._start.sound.content_type)

    def _hint_in(self, context: CallContext) -> RecognitionHint:
        return hint_for(self._playbook, context, narrowband=self._start.sound.rate_hz <= TELEPHONE_HZ)


def _judged(words: str) -> TurnSoFar:
    return TurnSoFar(unfinished=is_unfinished(words), spelling=is_spelling(words), short_answer=is_short_answer(words))


def _ready(data: bytes, content_type: str) -> Samples:
    return for_recognition(decode(data, content_type))
