"""Whole calls, played through the service turn by turn, as a client of it would."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bootstrap.sandbox import new_tenant
from domain.errors import Unavailable
from domain.playbook import Playbook
from domain.turn import TurnResult
from evals.calls.ends import end_of
from evals.calls.reply_faults import SoFar
from ports.records import TurnReceipt
from sessions.service import Parley

Inputs = Mapping[str, Any]


@dataclass(frozen=True)
class CallPlayer:
    """Plays the calls of one playbook in a sandbox, each once, however many duties look at it."""

    parley: Parley
    playbook: Playbook
    _played: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def play(self, inputs: Inputs) -> dict[str, Any]:
        """Play a call after the `earlier` ones: what `actual`ly came of it, every reply, and what was `degraded`.

        Raises:
            Unavailable: a turn was not answered in time.
        """
        row = json.dumps(inputs, sort_keys=True)
        if row not in self._played:
            self._played[row] = await self._play(inputs)
        return self._played[row]

    async def _play(self, inputs: Inputs) -> dict[str, Any]:
        tenant = new_tenant(datetime.fromisoformat(inputs["at"]))
        for earlier in inputs["earlier"]:
            await self._opened(tenant, inputs["context"], earlier).play()
        return await self._opened(tenant, inputs["context"], inputs, inputs["knows"]).play()

    def _opened(self, tenant: str, context: Inputs | None, call: Inputs, knows: Sequence[str] = ()) -> "_Call":
        so_far = SoFar(self.playbook, context or self.playbook.context.model_dump(mode="json"), knows)
        return _Call(self.parley, self.playbook, tenant, context, call, so_far)


@dataclass
class _Call:
    """One call in the making."""

    parley: Parley
    playbook: Playbook
    tenant: str
    context: Inputs | None
    given: Inputs
    so_far: SoFar
    replies: list[dict[str, Any]] = field(default_factory=list)
    degraded: set[str] = field(default_factory=set)
    calls: list[Mapping[str, Any]] = field(default_factory=list)

    async def play(self) -> dict[str, Any]:
        profile = self.given["profile"]
        opened = await self.parley.create_session(
            self.playbook.name,
            tenant_id=self.tenant,
            call_context=self.context,
            caller_phone=self.given["phone"],
            customer_profile=dict(self.playbook.demo_profile) if profile is None else profile,
        )
        session_id = str(opened["session_id"])
        first = await self._dataset(session_id)
        for turn in self.given["turns"]:
            await self._take(session_id, turn)
        await self.parley.close_session(session_id, tenant_id=self.tenant)
        return await self._ended(session_id, first)

    async def _take(self, session_id: str, turn: Inputs) -> None:
        result = await self._answered(session_id, turn)
        self.degraded.update(result["degraded"])
        self.calls += result["function_calls"]
        self.so_far.add(result, await self._dataset(session_id))
        if turn["speaker"] == self.playbook.caller and self.playbook.replies:
            reply = result["reply"] or ""
            faults = await self.so_far.faults_of(reply)
            self.replies.append({"said": turn["text"], "due": turn["reply"], "reply": reply, "faults": faults})

    async def _answered(self, session_id: str, turn: Inputs) -> TurnResult:
        result = await self.parley.process_turn(
            session_id, tenant_id=self.tenant, speaker=turn["speaker"], raw_text=turn["text"]
        )
        if isinstance(result, TurnReceipt):
            raise Unavailable(f"no answer in time to: {turn['text']}")
        return result

    async def _dataset(self, session_id: str) -> dict[str, Any]:
        dataset: dict[str, Any] = (await self.parley.get_dataset(session_id, tenant_id=self.tenant))["dataset"]
        return dataset

    async def _ended(self, session_id: str, first: Mapping[str, Any]) -> dict[str, Any]:
        events = [event async for event in self.parley.events(session_id, tenant_id=self.tenant)]
        last = await self._dataset(session_id)
        ended = end_of(self.playbook, first, last, self.calls, events)
        return {"actual": ended, "replies": self.replies, "degraded": sorted(self.degraded)}
