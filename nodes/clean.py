"""clean: what the speaker meant to say, in the speaker's own voice, with nothing that nobody said.

With a model, deciding may start while cleaning still runs: the decision is drafted from the words as the built-in
cleaner reads them, and `decide_tools` accepts the draft if the model's cleaning means the same.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.errors import Fault, ProviderError
from domain.playbook import Playbook
from language.anchoring.anchors import Enforced, enforce
from language.meaning import same_meaning
from nodes.answers import usable_words
from nodes.asking import ask_once
from nodes.deciding import Proposals, ask_for_calls
from nodes.prompting import clean_request
from nodes.reading import corpus_of, own_words, playbook_of
from nodes.state import TurnState, is_low
from nodes.weight import read_words
from ports.chat_model import ChatModel
from ports.store import TurnStore


@dataclass(frozen=True)
class _Reading:
    text: str
    degraded: list[str]
    served: dict[str, Any]


_Both = tuple[_Reading, Proposals | Fault | None]


@dataclass(frozen=True)
class Clean:
    """Clean the words by the model, held to what was said, or by rule: the rules only leave out and respell."""

    model: ChatModel | None
    turns: TurnStore
    playbooks: Mapping[str, Playbook]
    speculate: bool = True
    overlap: bool = True
    """Whether draft and cleaning run side by side; a replay, which waits for no model, asks for no draft in vain."""

    async def __call__(self, state: TurnState) -> dict[str, Any]:
        """Return cleaned_text and, when a model was asked ahead, draft_calls."""
        if state.get("cleaned_text") is not None:
            return {}
        playbook = playbook_of(self.playbooks, state)
        rules = await read_words(state, lambda: own_words(state))
        if self.model is None or not rules.strip():
            return {"cleaned_text": rules}
        if not (self.speculate and playbook.tools and not is_low(state.get("stt"))):
            return _update(await self._by_model(self.model, playbook, state, rules))
        return await self._both(self.model, playbook, state, rules)

    async def _both(self, model: ChatModel, playbook: Playbook, state: TurnState, rules: str) -> dict[str, Any]:
        reading, draft = await (self._at_once if self.overlap else self._in_turn)(model, playbook, state, rules)
        update = _update(reading)
        if draft is None:
            return update
        if isinstance(draft, Fault):
            return update | {"draft_fault": draft.value}
        calls = [{"name": call.name, "arguments": dict(call.arguments)} for call in draft.calls]
        served = update["served"] | {"decide": draft.served | {"speculative": True}}
        return update | {"drafted_from": rules, "draft_calls": calls, "served": served}

    async def _at_once(self, model: ChatModel, playbook: Playbook, state: TurnState, rules: str) -> _Both:
        try:
            async with asyncio.TaskGroup() as group:
                cleaning = group.create_task(self._by_model(model, playbook, state, rules))
                drafting = group.create_task(self._draft(model, playbook, state, rules))
                reading = await cleaning
                fits = same_meaning(reading.text, rules)
                if not fits:
                    drafting.cancel()
        except ExceptionGroup as broken:  # what broke says whether the node is tried again; the group does not
            raise broken.exceptions[0] from None
        return reading, drafting.result() if fits else None

    async def _in_turn(self, model: ChatModel, playbook: Playbook, state: TurnState, rules: str) -> _Both:
        reading = await self._by_model(model, playbook, state, rules)
        if not same_meaning(reading.text, rules):
            return reading, None
        return reading, await self._draft(model, playbook, state, rules)

    async def _draft(self, model: ChatModel, playbook: Playbook, state: TurnState, words: str) -> Proposals | Fault:
        try:
            return await ask_for_calls(model, playbook, state, words, self.turns)
        except ProviderError as error:
            return error.fault

    async def _by_model(self, model: ChatModel, playbook: Playbook, state: TurnState, rules: str) -> _Reading:
        request = clean_request(playbook, state)
        try:
            asked = await ask_once(model, request, state, self.turns)
            words = usable_words(request, asked.answer, state["raw_text"], rules)
        except ProviderError as error:
            return _Reading(rules, [f"clean:{error.fault}", "clean:fallback"], {})
        enforced = await self._anchored(state, words)
        degraded = ["clean:anchors"] if enforced.reverted else []
        return _Reading(enforced.text, degraded, {"clean": asked.served(playbook.prompt("clean").label)})

    async def _anchored(self, state: TurnState, words: str) -> Enforced:
        """Revert what nobody said; a suspicion is checked against the whole call before it counts."""
        raw = state["raw_text"]
        enforced = await read_words(state, lambda: enforce(raw, words, corpus_of(state)))
        if not enforced.reverted:
            return enforced
        session, turn = state["session"], state["turn"]
        earlier = await self.turns.earlier_texts(session["tenant_id"], session["session_id"], turn["seq"])
        return await asyncio.to_thread(lambda: enforce(raw, words, corpus_of(state, earlier)))


def _update(reading: _Reading) -> dict[str, Any]:
    return {"cleaned_text": reading.text, "degraded": reading.degraded, "served": reading.served}
