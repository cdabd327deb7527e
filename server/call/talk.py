"""The turns of one call: the caller's words go to the service, its answers to the mouth."""

from collections.abc import Mapping
from contextlib import aclosing, suppress
from functools import partial
from typing import Any

import structlog

from domain.errors import RequestError, Unavailable
from domain.playbook import Playbook
from domain.turn import TurnResult
from language.sentences import split_sentences
from language.spelling import asks_for_spelling
from ports.telephony import Line
from server.call.filler import Filler
from server.call.heard import HeardWords
from server.call.mouth import Mouth
from server.call.opening import business_of, first_words
from server.call.outcome import awaiting_consent, ends_call, may_be_recorded, recorded, transferred
from server.call.turns import SESSION_OVER, Turn, Turns
from sessions.handover import Handover, handover_in
from sessions.service import Parley
from speech.barge_in import BargeIn, Verdict, Words
from speech.playout import Sentence

log = structlog.get_logger(__name__)


class Talk:
    """One line's part of a session's conversation."""

    def __init__(self, parley: Parley, playbook: Playbook, line: Line, mouth: Mouth, heard: HeardWords) -> None:
        self._parley = parley
        self._playbook = playbook
        self._line = line
        self._start = line.start
        self._mouth = mouth
        self._heard = heard
        self._turns = Turns(parley, playbook, line.start)
        self._running: str | None = None
        self._spoken_over: str | None = None
        """The turn during which the caller spoke on: its answer waits until it is known whether they said anything."""
        self._interrupted = False
        self._last = ""
        self._held: frozenset[str] = frozenset()
        self._barge = BargeIn()
        self._filler = Filler(mouth, playbook.manners.fillers)
        self.ended = False
        self.handover: Handover | None = None
        """To whom the caller is to be handed when all has been said."""

    @property
    def speaking(self) -> bool:
        """True while we say something, or are about to."""
        return self._mouth.speaking or (self._running is not None and not self._interrupted)

    @property
    def question_open(self) -> bool:
        """True when what we said last was a question."""
        return self._last.rstrip().endswith("?")

    @property
    def asks_consent(self) -> bool:
        """True while something waits for the caller's word, which commits."""
        return bool(self._held)

    @property
    def expects_spelling(self) -> bool:
        """True when we asked for something that is said letter by letter or digit by digit."""
        return self.question_open and asks_for_spelling(self._last)

    async def begin(self) -> None:
        """Greet the caller; after a line that was lost, ask for a moment and go on where that one stopped."""
        manners = self._playbook.manners
        if not self._start.resumed:
            self.say(await first_words(self._parley, self._start, self._playbook))
        else:
            state = await self._parley.get_session_state(self._start.session_id, tenant_id=self._start.tenant_id)
            self._held = frozenset(consent["function_name"] for consent in state["held_consents"])
            unheard = await self._parley.speaking.unheard(self._start.tenant_id, self._start.session_id)
            self.say(manners.resumed)
            if unheard is not None:
                self._heard.resume(unheard.turn_id, unheard.heard)
                rest = unheard.said.removeprefix(unheard.heard).strip()
                self._say_all(unheard.turn_id, rest or unheard.said)

    def say(self, text: str) -> None:
        """Say words of our own that answer nothing: they are a turn of the agent, kept when the database takes it."""
        self._begin(self._keep(text), text)

    async def introduce(self) -> None:
        """Say who is calling and why, to a machine that screens calls; who detects it has to find these words kept."""
        text = self._playbook.manners.introduce(await business_of(self._parley, self._start))
        turn_id = self._keep(text)
        with suppress(Unavailable):
            await self._heard.settled()
        self._begin(turn_id, text)

    async def hand_over(self) -> None:
        """Hand the caller to a person; when that cannot be done, say so and go on."""
        handover, self.handover = self.handover, None
        if handover is None or not await transferred(handover, self._line.transfer):
            self.say(self._playbook.manners.not_transferred)

    async def part(self) -> None:
        """Say nothing more but that the call is over."""
        await self._mouth.hush()
        self.say(self._playbook.manners.closed)

    async def overhear(self, voiced: bool, samples: int) -> None:
        """Take a moment of the line while we speak, or have just been stopped: it may stop us, or let us go on."""
        if self.speaking or self._barge.interrupted:
            await self._obey(self._barge.frame(voiced, samples))

    def await_words(self) -> None:
        """Take it that what the caller has said will be recognised: where it stopped us, its words decide."""
        if self._interrupted:
            self._barge.await_words()

    async def judge(self, words: Words) -> Verdict | None:
        """Take what the caller's words over ours amount to, and do what follows."""
        verdict = self._barge.words(words, final=True)
        await self._obey(verdict)
        return verdict

    async def _obey(self, verdict: Verdict | None) -> None:
        match verdict:
            case Verdict.INTERRUPT:
                await self.interrupt()
            case Verdict.RESUME:
                self._go_on()

    async def interrupt(self) -> None:
        """Be silent, since the caller speaks: nothing of what was to be said leaves any more."""
        if not self.speaking:
            return
        self._interrupted = True
        self._filler.answered()
        await self._mouth.hush()
        self._spoken_over = self._running
        if self._running is not None:
            await self._turns.interrupt(self._running)

    async def take(self, turn: Turn) -> None:
        """Have a turn run and say its answer; when nothing was said after all, go on with what was interrupted."""
        try:
            await self._run(turn)
        except SESSION_OVER:
            self._heard.refused.set()
        except RequestError as error:
            log.error("turn_refused", session_id=self._start.session_id, code=error.code)
            self.say(self._playbook.manners.trouble)

    def _go_on(self) -> None:
        """Say the rest of what was stopped for nothing."""
        self._interrupted = False
        for sentence in self._heard.unheard():
            self._mouth.say(sentence)

    def close(self) -> None:
        """End the session once all that was heard is kept: the call is over."""
        self._heard.cut()
        self._heard.keep(self._turns.close)

    async def _run(self, turn: Turn) -> None:
        self._running = turn_id = self._turns.new_id()
        self._filler.thinking()
        try:
            await self._heard.settled()
            async with aclosing(self._turns.answer(turn_id, **self._given(turn))) as news:
                async for item in news:
                    await self._tell(item["event"], item["data"])
        finally:
            self._filler.answered()
            self._running = None

    async def _tell(self, event: str, data: Any) -> None:
        """Take news of the running turn."""
        match event:
            case "sentence":
                if data.n == 0:
                    self._begin_answer(data.turn_id)
                self._say(data)
            case "node":
                await self._passed(data["node"], data["update"])
            case "result":
                await self._decided(data)

    async def _passed(self, node: str, update: Mapping[str, Any]) -> None:
        """Take what a node of the running turn has brought."""
        if node == "transcribe" and update.get("raw_text"):
            if self._interrupted and self._running != self._spoken_over:
                await self.judge(Words.REAL)
            await self._line.show(update["raw_text"], final=True)
        elif update.get("planned"):
            self._filler.looking_up()

    async def _decided(self, result: TurnResult) -> None:
        """See what the turn means for the call; say so where it cannot be done."""
        self._heard.all_said(result["turn_id"])
        if not result["raw_text"]:
            await self.judge(Words.NONE)
            return
        self.ended = ends_call(result)
        self._held = awaiting_consent(self._held, result)
        self.handover = handover_in(result["function_calls"], self._playbook.manners) or self.handover
        if may_be_recorded(result, self._playbook) and not await recorded(self._line.record):
            self.say(self._playbook.manners.not_recorded)

    def _begin_answer(self, turn_id: str) -> None:
        """With the first words of a new answer, what was cut off before is over."""
        self._filler.answered()
        if self._interrupted and self._spoken_over == turn_id:
            return
        if self._interrupted:
            self._heard.cut()
        self._interrupted, self._barge = False, BargeIn()

    def _given(self, turn: Turn) -> dict[str, Any]:
        if turn.sound is None:
            return {"raw_text": turn.words}
        return {"audio": turn.sound.data, "audio_type": self._start.sound.content_type}

    def _keep(self, text: str) -> str:
        turn_id = self._turns.new_id()
        self._heard.keep(partial(self._turns.keep, turn_id, text))
        return turn_id

    def _begin(self, turn_id: str, text: str) -> None:
        self._begin_answer(turn_id)
        self._say_all(turn_id, text)

    def _say_all(self, turn_id: str, text: str) -> None:
        for n, sentence in enumerate(split_sentences(text)):
            self._say(Sentence(turn_id, n, sentence))
        self._heard.all_said(turn_id)

    def _say(self, sentence: Sentence) -> None:
        self._last = sentence.text
        self._heard.will_say(sentence)
        if not self._interrupted:
            self._mouth.say(sentence)
