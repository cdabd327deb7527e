"""decide_tools: which calls the newest turn asks for. Its answer is the plan; the first plan wins."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.errors import ProviderError
from domain.playbook import Playbook
from domain.tool_call import PlannedCall, ProposedCall
from language.meaning import same_meaning
from nodes.deciding import ask_for_calls
from nodes.holding import answers_to_held
from nodes.planning import any_unanchored, plan_of, settled
from nodes.reading import conversation_of, corpus_of, playbook_of
from nodes.state import TurnState, is_low
from nodes.weight import read_words
from ports.chat_model import ChatModel
from ports.records import Words
from ports.store import TurnStore


@dataclass(frozen=True)
class _Decision:
    proposals: Sequence[ProposedCall]
    degraded: list[str] = field(default_factory=list)
    served: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DecideTools:
    """Decide by the model's draft, by the model, or by the playbook's analyst; then fix the plan."""

    model: ChatModel | None
    turns: TurnStore
    playbooks: Mapping[str, Playbook]

    async def __call__(self, state: TurnState) -> dict[str, Any]:
        """Return the plan, and outcomes for the calls that it answers by itself."""
        stored = state.get("plan")
        if stored is not None:
            still = [call for call in stored if _is_still_to_do(call, state)]
            return {"plan": still, "outcomes": settled(still)}
        playbook = playbook_of(self.playbooks, state)
        words = state.get("cleaned_text") or ""
        if not (words.strip() and playbook.tools) or is_low(state.get("stt")):
            return {"plan": []}
        decision = await self._decide(playbook, state, words)
        plan = await self._plan(decision.proposals, playbook, state)
        plan = await self._kept(state, [*answers_to_held(playbook, state), *plan], decision)
        update = {"degraded": decision.degraded, "served": decision.served}
        return update | {"plan": plan, "outcomes": settled(plan)}

    async def _decide(self, playbook: Playbook, state: TurnState, words: str) -> _Decision:
        if self.model is None:
            return _Decision(await self._analysed(playbook, state, words))
        if state.get("draft_fault"):
            return await self._by_rule(playbook, state, words, str(state["draft_fault"]))
        draft, drafted_from = state.get("draft_calls"), state.get("drafted_from")
        if draft is not None and drafted_from is not None and same_meaning(drafted_from, words):
            return _Decision([ProposedCall(call["name"], call["arguments"], evidence=words) for call in draft])
        try:
            answer = await ask_for_calls(self.model, playbook, state, words, self.turns)
        except ProviderError as error:
            return await self._by_rule(playbook, state, words, error.fault.value)
        return _Decision(answer.calls, served={"decide": answer.served})

    @staticmethod
    async def _analysed(playbook: Playbook, state: TurnState, words: str) -> Sequence[ProposedCall]:
        return await read_words(state, lambda: playbook.analyst(conversation_of(state, words)))

    async def _by_rule(self, playbook: Playbook, state: TurnState, words: str, fault: str) -> _Decision:
        calls = await self._analysed(playbook, state, words)
        return _Decision(calls, [f"decide:{fault}", "decide:fallback"])

    async def _plan(self, proposals: Sequence[ProposedCall], playbook: Playbook, state: TurnState) -> list[PlannedCall]:
        """Check the proposals against the window first, and against the whole call only on suspicion.

        What the caller said anchors them, not what a model made of it.
        """
        if not proposals:
            return []
        derive = playbook.derive
        plan = await read_words(state, lambda: plan_of(proposals, playbook, state, corpus_of(state, (), derive)))
        if not any_unanchored(plan):
            return plan
        session, turn = state["session"], state["turn"]
        earlier = await self.turns.earlier_texts(session["tenant_id"], session["session_id"], turn["seq"])
        return await asyncio.to_thread(lambda: plan_of(proposals, playbook, state, corpus_of(state, earlier, derive)))

    async def _kept(self, state: TurnState, plan: list[PlannedCall], decision: _Decision) -> list[PlannedCall]:
        """Store the plan where another run could decide otherwise or something is to be done."""
        if not plan and self.model is None:
            return plan
        session, turn = state["session"], state["turn"]
        served = {**state.get("served", {}), **decision.served}
        others = state.get("alternatives", ())
        words = Words(state["raw_text"], state.get("stt"), state.get("cleaned_text"), served, others)
        return await self.turns.keep_plan(session["tenant_id"], session["session_id"], turn["seq"], words, plan)


def _is_still_to_do(call: PlannedCall, state: TurnState) -> bool:
    """A held call that the caller answered may have been decided by a person since the plan was stored."""
    held = {item["consent_id"] for item in state.get("held", [])}
    return bool(state.get("recorded")) or call.get("consent_id") is None or call["consent_id"] in held
