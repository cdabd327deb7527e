"""reply: what a playbook that speaks answers, sentence by sentence as a model finds it, or by its built-in replier.

A sentence is heard as soon as it leaves, so each passes its gates first. What a sentence takes for done that is not
spoils those that follow: then the replier says the rest.
"""

from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Any

from langgraph.runtime import Runtime
from langgraph.types import StreamWriter

from domain.errors import Fault, ProviderError, Unavailable
from domain.playbook import Conversation, Playbook
from language.anchoring.anchors import Corpus
from language.sentences import SentenceStream, split_sentences
from language.spoken.voice_text import MOST_WORDS, count_words, shortened, voice_text
from nodes.answers import check_finish
from nodes.asking import Asked, stream_once
from nodes.reading import conversation_of, playbook_of
from nodes.replying_consent import question_for, unasked
from nodes.replying_facts import calls_of, held_in, receipts_of, reply_corpus
from nodes.replying_gates import Gates, Objection
from nodes.replying_request import REPLY, reply_request
from nodes.state import RunContext, TurnState, is_low
from nodes.storable import storable
from nodes.weight import read_words
from ports.chat_model import ChatModel, ChatRequest
from ports.store import TurnStore

LONG_SENTENCE = 20
"""Words after which an opening sentence may begin to be said before it is complete."""


@dataclass(frozen=True)
class Reply:
    """Reply by the model, held to what was said and done, or by the playbook's replier; without either, not at all.

    Sentences leave through LangGraph's custom stream as {sentence: n from 0, text}.
    """

    model: ChatModel | None
    turns: TurnStore
    playbooks: Mapping[str, Playbook]

    async def __call__(self, state: TurnState, runtime: Runtime[RunContext]) -> dict[str, Any]:
        """Return the reply, which is exactly the sentences that left, or None."""
        playbook = playbook_of(self.playbooks, state)
        words = state.get("cleaned_text") or ""
        if words.strip() and is_low(state.get("stt")):
            mouth = Mouth(runtime.stream_writer)
            mouth.say_all(playbook.manners.not_understood)
            return mouth.update()
        told = replace(conversation_of(state, words), calls=calls_of(state), held=held_in(playbook, state))
        answer = _Answer(playbook, state, told, Mouth(runtime.stream_writer))
        if self.model is None or REPLY not in playbook.prompts or not words.strip():
            await answer.by_rule()
        else:
            await answer.by_model(self.model, self.turns)
        answer.ask_for_consent()
        return answer.mouth.update()


@dataclass
class Mouth:
    """What has been said of one reply, and what went wrong in it."""

    write: StreamWriter
    said: list[str] = field(default_factory=list)
    degraded: list[str] = field(default_factory=list)
    served: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All that was said."""
        return " ".join(self.said)

    def say(self, sentence: str) -> None:
        """Let a sentence out."""
        self.write({"sentence": len(self.said), "text": sentence})
        self.said.append(sentence)

    def say_all(self, text: str) -> None:
        """Let words of our own out, sentence by sentence."""
        for sentence in map(voice_text, split_sentences(storable(text))):
            if sentence:
                self.say(sentence)

    def blame(self, fault: str) -> None:
        """Note what went wrong."""
        if fault not in self.degraded:
            self.degraded.append(fault)

    def update(self) -> dict[str, Any]:
        """What the node returns."""
        degraded = [f"{REPLY}:{fault}" for fault in self.degraded]
        return {"reply": self.text or None, "degraded": degraded, "served": self.served}


@dataclass
class _Answer:
    """One reply in the making."""

    playbook: Playbook
    state: TurnState
    told: Conversation
    mouth: Mouth
    over: bool = False
    """Whether the model has nothing more to say that anybody is to hear."""
    _open: str = ""
    """What was said of a sentence that is not complete yet."""

    async def by_rule(self) -> None:
        """Say what the playbook's replier makes of the turn."""
        replier = self.playbook.replier
        if replier is not None:
            self.mouth.say_all(await read_words(self.state, lambda: replier(self.told) or ""))

    async def by_model(self, model: ChatModel, turns: TurnStore) -> None:
        """Say what the model answers and the gates let through; where that is nothing, the replier speaks."""
        request = reply_request(self.playbook, self.state, self.told.calls, self.told.held)
        gates = await self._gates(turns, request)
        try:
            await self._listen(model, turns, request, gates)
        except ProviderError as error:
            self.mouth.blame(error.fault.value)
        except Unavailable:
            if not self.mouth.said:
                raise
            self.mouth.blame("unkept")  # it has been heard: to ask again would say it twice
        if not self.mouth.said:
            if not self.mouth.degraded:
                self.mouth.blame(Fault.EMPTY.value)
            await self._fall_back()

    async def _listen(self, model: ChatModel, turns: TurnStore, request: ChatRequest, gates: Gates) -> None:
        """Take sentences as they come. The answer is heard to its end, though not said: it is kept as a whole."""
        sentences = SentenceStream(LONG_SENTENCE)
        async with aclosing(stream_once(model, request, self.state, turns)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Asked):
                    self.mouth.served = {REPLY: piece.served(self.playbook.prompt(REPLY).label)}
                    check_finish(piece.answer)
                    continue
                for sentence in sentences.push(storable(piece)):
                    await self._take(sentence, gates)
        for sentence in sentences.flush():
            await self._take(sentence, gates)

    async def _take(self, sentence: str, gates: Gates) -> None:
        text = voice_text(sentence)
        if self.over or not text:
            return
        if objection := await gates.objection(text, self._open, self.mouth.text):
            await self._object(objection)
            return
        room = MOST_WORDS - count_words(self.mouth.text)
        if count_words(text) > room:
            self.mouth.blame(Fault.OVERLONG.value)
            self.over = True
            if self.mouth.said:
                return
            text = shortened(text, room)
        self.mouth.say(text)
        self._open = "" if text[-1] in ".!?…" else text

    async def _object(self, objection: Objection | Fault) -> None:
        """Drop the sentence; after a false claim, a refusal or an echo the model is not listened to any more.

        What a false claim or an echo has spoilt is left to the replier.
        """
        self.mouth.blame(objection.value)
        if objection is Objection.UNANCHORED:
            return
        self.over = True
        if objection in (Objection.UNBACKED, Fault.ECHO):
            await self._fall_back()

    async def _fall_back(self) -> None:
        before = len(self.mouth.said)
        await self.by_rule()
        if len(self.mouth.said) > before:
            self.mouth.blame("fallback")

    def ask_for_consent(self) -> None:
        """End with the question that a held call waits for, unless it was asked."""
        held = unasked(self.playbook, self.told.held, self.mouth.text)
        if held is not None and (question := question_for(self.playbook, held)):
            self.mouth.say_all(question)

    async def _gates(self, turns: TurnStore, request: ChatRequest) -> Gates:
        receipts = receipts_of(self.playbook, self.state)
        corpus = await read_words(self.state, lambda: reply_corpus(self.state, receipts))

        async def everything() -> Corpus:
            session, turn = self.state["session"], self.state["turn"]
            earlier = await turns.earlier_texts(session["tenant_id"], session["session_id"], turn["seq"])
            return await read_words(self.state, lambda: reply_corpus(self.state, receipts, earlier))

        return Gates(receipts, corpus, everything, request.system)
