"""receive: take the turn in, with everything that is known about its session."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from langchain_core.runnables import RunnableConfig
from langgraph.runtime import Runtime

from domain.errors import InvalidInput
from domain.playbook import Playbook
from domain.session import DEMO_TENANT, SessionFacts, session_id_of
from nodes.state import RunContext, TurnInput, begin_passthrough, begin_turn
from ports.clock import Clock
from ports.records import NewSession, NewTurn
from ports.store import TurnStore

STUDIO_LEASE = timedelta(seconds=60)


@dataclass(frozen=True)
class Receive:
    """Start the turn from what the run was given, or (in Studio) from its input alone."""

    turns: TurnStore
    playbooks: Mapping[str, Playbook]
    clock: Clock

    async def __call__(self, state: TurnInput, config: RunnableConfig, runtime: Runtime[RunContext]) -> dict[str, Any]:
        """Return the keys of a fresh turn."""
        started = time.perf_counter()
        context = runtime.context or RunContext()
        if context.open_turn:
            return begin_turn(context.open_turn, started=started)
        if context.passthrough and context.facts:
            now = self.clock.now().timestamp()
            return begin_passthrough(context.facts, context.passthrough, started=started, now=now)
        return await self._from_studio(state, config, started)

    async def _from_studio(self, state: TurnInput, config: RunnableConfig, started: float) -> dict[str, Any]:
        name = str(state.get("playbook", "lumen"))
        playbook = self.playbooks.get(name)
        if playbook is None:
            raise InvalidInput(f"playbook must be one of: {', '.join(sorted(self.playbooks))}.", field="playbook")
        speaker, raw_text = str(state.get("speaker", playbook.caller)), str(state.get("raw_text", ""))
        role = playbook.role_of(speaker)
        if role is None:
            raise InvalidInput(f"speaker must be {playbook.caller} or {playbook.agent}.", field="speaker")
        digest = sha256(f"{speaker}\0{raw_text}".encode()).digest()
        run_id = config["configurable"].get("run_id") or uuid4()  # tried again, a run takes its own turn up
        turn = NewTurn(turn_id=str(run_id), speaker=speaker, role=role, digest=digest, raw_text=raw_text)
        session = self._studio_session(playbook, str(config["configurable"]["thread_id"]))
        opened = await self.turns.adopt_turn(session, turn, owner=turn.turn_id, lease=STUDIO_LEASE)
        return begin_turn(opened, started=started)

    def _studio_session(self, playbook: Playbook, thread_id: str) -> NewSession:
        now = self.clock.now()
        profile = dict(playbook.demo_profile)
        facts = SessionFacts(
            tenant_id=DEMO_TENANT,
            session_id=session_id_of(thread_id),
            playbook=playbook.name,
            channel="studio",
            call_context=playbook.context.model_dump(mode="json"),
            caller_phone=None,
            created_at=now,
        )
        dataset = playbook.new_dataset(profile, now=now.timestamp())
        return NewSession(facts=facts, dataset=dataset, profile=profile, digest=b"studio")
