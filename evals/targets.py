"""What is evaluated: the nodes of a turn, given a row instead of a session."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import uuid4

from domain.errors import ConfigError
from domain.playbook import Playbook
from domain.tool_call import CallStatus, ConsentMode, PlannedCall, ProposedCall
from evals.duty import Duty
from evals.turn import begun, facts_of
from nodes.clean import Clean
from nodes.consent import Consent
from nodes.decide_tools import DecideTools
from nodes.holding import answers_to_held, consent_id
from nodes.planning import plan_of
from nodes.reading import corpus_of
from nodes.state import TurnState
from ports.chat_model import ChatModel
from ports.records import Words
from ports.store import TurnStore

Inputs = Mapping[str, Any]
Target = Callable[[Inputs], Awaitable[dict[str, Any]]]


class KeptNowhere:
    """What cleaning and deciding ask of a store, for a turn that is not kept and has no past beyond its window."""

    async def earlier_texts(self, tenant_id: str, session_id: str, before_seq: int) -> list[str]:
        """There is nothing earlier."""
        return []

    async def keep_answer(
        self, tenant_id: str, session_id: str, seq: int, question: str, answer: dict[str, Any]
    ) -> None:
        """Keep nothing: each row asks anew."""

    async def keep_plan(
        self, tenant_id: str, session_id: str, seq: int, words: Words, plan: list[PlannedCall]
    ) -> list[PlannedCall]:
        """The first plan is the only one."""
        return plan


@dataclass(frozen=True)
class Targets:
    """The nodes of one playbook, each as a function from a row's inputs to what the row expects and more."""

    playbook: Playbook
    model: ChatModel | None

    def of(self, duty: Duty) -> Target:
        """The function that does a duty of single turns."""
        return {Duty.CLEAN: self.clean, Duty.DECIDE: self.decide, Duty.CONSENT: self.consent}[duty]

    async def clean(self, inputs: Inputs) -> dict[str, Any]:
        """Clean `raw`: the words, and what was `degraded`."""
        node = Clean(self.model, kept_nowhere(), self._playbooks, speculate=False)
        update = await node(self._state(inputs, inputs["raw"]))
        return {"actual": update["cleaned_text"], "degraded": update.get("degraded", [])}

    async def decide(self, inputs: Inputs) -> dict[str, Any]:
        """Decide on `words`: the calls (name, arguments) that stand, how many were `stopped`, what was `degraded`."""
        node = DecideTools(self.model, kept_nowhere(), self._playbooks)
        state = self._state(inputs, inputs["words"])
        update = await node({**state, "cleaned_text": inputs["words"]})
        standing = [call for call in update["plan"] if call.get("status") != CallStatus.INVALID]
        return {
            "actual": [[call["name"], call["arguments"]] for call in standing],
            "stopped": len(update["plan"]) - len(standing),
            "degraded": update.get("degraded", []),
        }

    async def consent(self, inputs: Inputs) -> dict[str, Any]:
        """Judge `answer`: what becomes of the gated call (granted, refused or held), and the words it rests on."""
        state = self._state(inputs, inputs["answer"])
        gated = ProposedCall(inputs["tool"], inputs["arguments"])
        plan = plan_of([gated], self.playbook, state, corpus_of(state, (), self.playbook.derive))
        state = {**state, "cleaned_text": inputs["answer"]}
        tool = self.playbook.tool(gated.name)
        if tool is not None and tool.policy.consent is ConsentMode.READ_BACK:
            return self._answered(plan[0], state, inputs["question"])
        update = await Consent(self._playbooks)({**state, "plan": plan})
        if not update["verdicts"]:
            raise ConfigError(f"{self.playbook.name} has no gated tool {gated.name} with these arguments")
        (verdict,) = update["verdicts"]
        return {"actual": verdict["status"], "quote": verdict["quote"]}

    def _answered(self, call: PlannedCall, state: TurnState, question: str | None) -> dict[str, Any]:
        """Judge an answer about a call whose details were read back the turn before."""
        waiting = {"call": call, "consent_id": consent_id(call), "seq": call["seq"] - 1, "question": question}
        decided = answers_to_held(self.playbook, {**state, "held": [waiting]})
        status = decided[0]["status"] if decided else CallStatus.HELD.value
        return {"actual": status, "quote": state["cleaned_text"]}

    @property
    def _playbooks(self) -> dict[str, Playbook]:
        return {self.playbook.name: self.playbook}

    def _state(self, inputs: Inputs, words: str) -> TurnState:
        """The state of a turn that begins with these words."""
        at = datetime.fromisoformat(inputs["at"])
        profile = {**self.playbook.demo_profile, **inputs.get("dataset", {})}
        return begun(
            self.playbook,
            words,
            seq=len(inputs["history"]) + 2,
            dataset=self.playbook.new_dataset(profile, now=0.0),
            facts=facts_of(self.playbook, at, str(uuid4()), inputs["context"]),
            window=self._window([*inputs["history"], *_asked(self.playbook, inputs.get("question"))]),
        )

    def _window(self, said: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
        return [
            {"seq": seq, "role": self._role(each["speaker"]), "speaker": each["speaker"], "text": each["text"]}
            for seq, each in enumerate(said, start=1)
        ]

    def _role(self, speaker: str) -> str:
        role = self.playbook.role_of(speaker)
        if role is None:
            raise ConfigError(f"nobody called {speaker!r} speaks in {self.playbook.name}")
        return role.value


def kept_nowhere() -> TurnStore:
    """A store that keeps nothing."""
    return cast(TurnStore, KeptNowhere())


def _asked(playbook: Playbook, question: str | None) -> list[dict[str, str]]:
    return [{"speaker": playbook.agent, "text": question}] if question else []
