"""A service that keeps sessions in memory and answers turns by a script: the face's counterpart in tests."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any, cast
from uuid import uuid4

from domain.conversation import CallContext
from domain.errors import Conflict, InvalidInput, NotFound
from domain.event import Envelope
from domain.session import SessionFacts, SessionStatus
from domain.turn import Stt, TurnResult
from ports.records import Page, SessionRecord, TurnReceipt
from server.schemas.fields import EXAMPLES
from sessions.decisions import Decision
from sessions.requests import check_profile_size
from sessions.views import state_view
from speech.utterance import decode
from tests.unit.server.memory import START, Call, result_of

CONSENT_ID = "0f6e2a34-6a55-4c3c-9a0c-3f0b6a7d2b10"


@dataclass
class ScriptedService:
    """Answers as the contract says; `failure`, when set, is raised by the next turn."""

    calls: dict[tuple[str, str], Call] = field(default_factory=dict)
    checks: dict[str, dict[str, Any]] = field(default_factory=lambda: {"database": {"status": "ok", "required": True}})
    failure: BaseException | None = None
    slow: bool = False
    observers: list[Callable[[TurnResult], None]] = field(default_factory=list)

    async def open_session(
        self,
        playbook: str,
        *,
        tenant_id: str,
        session_id: str | None,
        call_context: CallContext | None,
        customer_profile: Mapping[str, Any] | None,
        caller_phone: str | None,
        channel: str,
        prompt_version: int | None = None,
        in_writing: bool = True,
    ) -> tuple[SessionRecord, bool]:
        """Open a session."""
        if playbook != "lumen":
            raise InvalidInput("playbook must be one of: lumen", field="playbook")
        context = (call_context or CallContext()).model_dump(mode="json")
        profile = dict(customer_profile or {})
        check_profile_size(profile)
        facts = SessionFacts(tenant_id, session_id or str(uuid4()), playbook, channel, context, caller_phone, START)
        record = SessionRecord(facts, SessionStatus.ACTIVE, START, None, profile, 0, profile, b"")
        body = (playbook, context, profile, caller_phone, channel)
        key = (tenant_id, facts.session_id)
        if key in self.calls:
            if self.calls[key].body != body:
                raise Conflict("this session_id was opened with another body", field="session_id")
            return self.calls[key].record, False
        self.calls[key] = Call(record, body)
        await self._tell(key, "session_created", None, {"playbook": playbook, "channel": channel})
        return self.calls[key].record, True

    async def process_turn(
        self,
        session_id: str,
        *,
        speaker: str,
        raw_text: str | None,
        audio: bytes | None,
        audio_type: str | None,
        turn_id: str | None,
        timestamp: datetime | None,
        stt: Stt | None,
        tenant_id: str,
        wait: timedelta | None,
    ) -> TurnResult | TurnReceipt:
        """Answer a turn."""
        if self.failure is not None:
            raise self.failure
        call = self._call(tenant_id, session_id)
        _check(speaker, audio, audio_type)
        turn_id = turn_id or str(uuid4())
        body = (speaker, raw_text, audio, timestamp, stt)
        if (known := call.known(turn_id, body)) is not None:
            return known
        if self.slow:
            return TurnReceipt(seq=1, turn_id=turn_id, created=True)
        result = result_of(session_id, turn_id, len(call.turns) + 1, speaker, raw_text or "")
        call.turns[turn_id] = (body, result)
        await self._tell((tenant_id, session_id), "turn_processed", turn_id, dict(result))
        return result

    async def stream_turn(self, session_id: str, **given: Any) -> AsyncIterator[dict[str, Any]]:
        """Answer a turn, node by node."""
        result = await self.process_turn(session_id, **given)
        yield {"event": "node", "data": {"node": "clean", "update": {"cleaned_text": given["raw_text"]}}}
        yield {"event": "result", "data": result}

    async def get_session_state(self, session_id: str, *, tenant_id: str) -> dict[str, Any]:
        """Show a session."""
        call = self._call(tenant_id, session_id)
        return state_view(call.record, call.lines, [])

    async def list_sessions(
        self, *, tenant_id: str, status: str | None, playbook: str | None, after: str | None, limit: int
    ) -> Page:
        """List one session a page."""
        found = [call.record for (tenant, _), call in self.calls.items() if tenant == tenant_id]
        first = 0 if after is None else 1 + [_cursor(record) for record in found].index(after)
        rest = found[first:]
        return Page(rest[:1], _cursor(rest[0]) if len(rest) > 1 else None)

    async def get_turn(self, session_id: str, turn_id: str, *, tenant_id: str) -> TurnResult | TurnReceipt:
        """Find a turn."""
        turns = self._call(tenant_id, session_id).turns
        if turn_id not in turns:
            raise NotFound("there is no such session or turn")
        return turns[turn_id][1]

    async def list_turns(self, session_id: str, *, tenant_id: str, after: str | None, limit: int) -> Page:
        """List the transcript."""
        lines = [line for line in self._call(tenant_id, session_id).lines if line["seq"] > int(after or 0)]
        return Page(lines[:limit], str(lines[limit - 1]["seq"]) if len(lines) > limit else None)

    async def list_tool_calls(self, session_id: str, *, tenant_id: str, after: str | None, limit: int) -> Page:
        """List nothing: no tool was called."""
        self._call(tenant_id, session_id)
        return Page([], None)

    async def get_dataset(self, session_id: str, *, version: int | None, tenant_id: str) -> dict[str, Any]:
        """Show version 0."""
        if version:
            raise NotFound("the dataset has no such version", field="version")
        return {"version": 0, "dataset": self._call(tenant_id, session_id).record.dataset, "provenance": []}

    async def dataset_history(self, session_id: str, *, tenant_id: str, after: str | None, limit: int) -> Page:
        """List nothing: nothing changed."""
        self._call(tenant_id, session_id)
        return Page([], None)

    async def events(self, session_id: str, *, after: int, tenant_id: str) -> AsyncIterator[Envelope]:
        """Follow a session."""
        call = self._call(tenant_id, session_id)
        for place in count(after):
            async with call.told:
                while len(call.events) <= place:
                    await call.told.wait()
            yield call.events[place]
            if call.events[place]["type"] == "session_closed":
                return

    async def decide_consent(
        self, session_id: str, consent_id: str, decision: Decision, by: str, *, tenant_id: str
    ) -> dict[str, Any]:
        """Decide the one consent there is."""
        self._call(tenant_id, session_id)
        if consent_id != CONSENT_ID:
            raise NotFound("there is no such consent", field="consent_id")
        status = {"grant": "granted", "refuse": "refused"}[decision]
        consent = {"consent_id": consent_id, "status": status, "decided_by": by}
        return {"consent": consent, "function_call": None, "dataset_version": 0}

    async def replay_session(self, session_id: str, *, tenant_id: str, **asked: Any) -> Mapping[str, Any]:
        """Keep what was asked, and show it as queued."""
        self._call(tenant_id, session_id)
        shown: dict[str, Any] = EXAMPLES["Replay"]
        return shown | {"status": "queued", "session_id": session_id, "from_turn": asked["from_turn"] or 1}

    async def get_replay(self, replay_id: str, *, tenant_id: str) -> Mapping[str, Any]:
        """Show the one replay there is."""
        if replay_id != EXAMPLES["Replay"]["replay_id"]:
            raise NotFound("there is no such replay", field="replay_id")
        return dict(EXAMPLES["Replay"])

    async def close_session(self, session_id: str, *, tenant_id: str) -> SessionRecord:
        """End a session."""
        call = self._call(tenant_id, session_id)
        if call.record.status is SessionStatus.ACTIVE:
            call.record = replace(call.record, status=SessionStatus.CLOSED, closed_at=START)
            await self._tell((tenant_id, session_id), "session_closed", None, {"status": "closed"})
        return call.record

    async def erase_session(self, session_id: str, *, tenant_id: str) -> None:
        """Forget a session."""
        self._call(tenant_id, session_id)
        del self.calls[tenant_id, session_id]

    def on_turn(self, observer: Callable[[TurnResult], None]) -> None:
        """Remember an observer."""
        self.observers.append(observer)

    async def health(self) -> Mapping[str, Mapping[str, Any]]:
        """Answer as scripted."""
        return self.checks

    def _call(self, tenant_id: str, session_id: str) -> Call:
        if (tenant_id, session_id) not in self.calls:
            raise NotFound("there is no such session", field="session_id")
        return self.calls[tenant_id, session_id]

    async def _tell(self, key: tuple[str, str], kind: str, turn_id: str | None, data: dict[str, Any]) -> None:
        call = self.calls[key]
        n = len(call.events) + 1
        event = Envelope(n=n, type=kind, session_id=key[1], turn_id=turn_id, at=START.isoformat(), data=data)
        call.record = replace(call.record, last_event=n, turns=len(call.turns))
        if kind == "turn_processed":
            for observer in self.observers:
                observer(cast(TurnResult, data))
        async with call.told:
            call.events.append(event)
            call.told.notify_all()


def _cursor(record: SessionRecord) -> str:
    return f"{record.facts.created_at.isoformat()}_{record.facts.session_id}"


def _check(speaker: str, audio: bytes | None, audio_type: str | None) -> None:
    if speaker.lower() not in ("user", "lumen"):
        raise InvalidInput("speaker must be User or Lumen", field="speaker")
    if audio is not None:
        decode(audio, audio_type or "")
