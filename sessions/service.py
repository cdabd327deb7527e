"""Parley as a Python object: the same service that stands behind HTTP."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from domain.conversation import Role
from domain.errors import Conflict, InvalidInput, NotFound
from domain.event import Envelope
from domain.playbook import Playbook
from domain.session import SessionFacts, SessionStatus, session_id_of
from domain.turn import Stt, TurnResult
from nodes.state import RunContext
from ports.clock import Clock
from ports.records import NewSession, NewTurn, Page, SessionRecord, TurnReceipt
from ports.store import Inbox, RecordStore, SessionStore
from sessions.callbacks import Callback, Callbacks
from sessions.health import Probe, examine
from sessions.hub import EventHub
from sessions.known import KnownSessions
from sessions.requests import GivenContext, context_given, digest_of, playbook_named, profile_given, turn_given
from sessions.runner import TurnRunner
from sessions.views import state_view

LOCAL_TENANT = "demo"
TURN_WAIT = timedelta(seconds=60)
RECENT = 10


@dataclass(frozen=True)
class Stores:
    """The parts of the store that the service works with."""

    sessions: SessionStore
    inbox: Inbox
    records: RecordStore


class Parley:
    """Sessions and their turns. Made by `bootstrap.service.open_parley`."""

    def __init__(
        self,
        playbooks: Mapping[str, Playbook],
        stores: Stores,
        runner: TurnRunner,
        hub: EventHub,
        callbacks: Callbacks,
        clock: Clock,
        probes: Mapping[str, Probe],
    ) -> None:
        self.playbooks = playbooks
        self._sessions = stores.sessions
        self._inbox = stores.inbox
        self._records = stores.records
        self._runner = runner
        self._hub = hub
        self._callbacks = callbacks
        self._clock = clock
        self._probes = probes
        self._known = KnownSessions(stores.sessions)

    async def create_session(
        self,
        playbook: str,
        *,
        tenant_id: str = LOCAL_TENANT,
        session_id: str | None = None,
        call_context: GivenContext = None,
        customer_profile: Mapping[str, Any] | None = None,
        caller_phone: str | None = None,
        channel: str = "api",
    ) -> tuple[SessionRecord, bool]:
        """Open a session; the same id with the same body returns the one that is there, and False.

        Raises:
            InvalidInput: naming the field.
            Conflict: the session_id is taken by another body.
        """
        book = playbook_named(self.playbooks, playbook)
        context = context_given(call_context, book)
        profile = profile_given(customer_profile, book, demo=tenant_id == LOCAL_TENANT)
        now = self._clock.now()
        facts = SessionFacts(
            tenant_id=tenant_id,
            session_id=str(uuid4()) if session_id is None else session_id_of(session_id),
            playbook=playbook,
            channel=channel,
            call_context=context.model_dump(mode="json"),
            caller_phone=caller_phone,
            created_at=now,
        )
        dataset = book.new_dataset(profile, now=now.timestamp())
        digest = digest_of(playbook, facts.call_context, profile, caller_phone, channel)
        await self._known.tenant(tenant_id)
        record, created = await self._sessions.create(NewSession(facts, dataset, profile, digest))
        if not created and record.digest != digest:
            raise Conflict("this session_id was opened with another body", field="session_id")
        if created:
            self._news(tenant_id, facts.session_id, told_before=0)
        return record, created

    async def process_turn(
        self,
        session_id: str,
        *,
        speaker: str,
        raw_text: str | None = None,
        audio: bytes | None = None,
        audio_type: str | None = None,
        turn_id: str | None = None,
        timestamp: datetime | None = None,
        stt: Stt | None = None,
        tenant_id: str = LOCAL_TENANT,
        wait: timedelta | None = None,
    ) -> TurnResult | TurnReceipt:
        """Take one utterance of either side and return what came of it.

        A caller's turn is kept before it runs: cancelling this call does not cancel the turn. When the result is not
        there within `wait`, a receipt comes back, and `get_turn` has the result later.

        Raises:
            NotFound, SessionClosed, Conflict, InvalidInput, TooLarge: the turn was not taken.
            Unavailable: the database takes nothing now, or the turn is kept and will be tried again.
        """
        facts = await self._known.facts(tenant_id, session_id)
        turn = await self._read_turn(
            facts,
            speaker=speaker,
            raw_text=raw_text,
            audio=audio,
            audio_type=audio_type,
            turn_id=turn_id,
            timestamp=timestamp,
            stt=stt,
        )
        if turn.role is Role.AGENT and turn.audio is None:
            return await self._pass_through(facts, turn)
        receipt = await self._accept(facts, turn)
        if receipt.result is not None:
            return receipt.result
        waited = wait or TURN_WAIT
        result = await self._runner.waiting.result(tenant_id, facts.session_id, turn.turn_id, waited)
        return receipt if result is None else result

    async def stream_turn(
        self, session_id: str, *, turn_id: str | None = None, **given: Any
    ) -> AsyncIterator[dict[str, Any]]:
        """Take a turn as `process_turn` does, and tell each node as it ends, then the result."""
        turn_id = str(uuid4()) if turn_id is None else turn_id
        stream = self._runner.waiting.follow(
            session_id, turn_id, self.process_turn(session_id, turn_id=turn_id, **given)
        )
        async for item in stream:
            yield item

    async def get_session_state(self, session_id: str, *, tenant_id: str = LOCAL_TENANT) -> dict[str, Any]:
        """Show a session: its record, recent turns, held consents and dataset."""
        record = await self._session(tenant_id, session_id)
        last = max(0, record.turns - RECENT)
        turns = await self._records.turns(tenant_id, record.facts.session_id, after=last, limit=RECENT)
        held = await self._records.held(tenant_id, record.facts.session_id)
        return state_view(record, turns.items, held)

    async def list_sessions(
        self,
        *,
        tenant_id: str = LOCAL_TENANT,
        status: str | None = None,
        playbook: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page:
        """List sessions, newest first."""
        return await self._sessions.page_of(tenant_id, status=status, playbook=playbook, after=after, limit=limit)

    async def list_active_sessions(self, *, tenant_id: str = LOCAL_TENANT) -> list[SessionRecord]:
        """All sessions in which a call goes on."""
        found: list[SessionRecord] = []
        after: str | None = None
        while True:
            page = await self.list_sessions(tenant_id=tenant_id, status=SessionStatus.ACTIVE, after=after, limit=200)
            found.extend(page.items)
            if page.next is None:
                return found
            after = page.next

    async def get_turn(
        self, session_id: str, turn_id: str, *, tenant_id: str = LOCAL_TENANT
    ) -> TurnResult | TurnReceipt:
        """Return a turn's result, or its receipt while it is open."""
        receipt = await self._records.turn(tenant_id, session_id_of(session_id), turn_id)
        if receipt is None:
            raise NotFound("there is no such session or turn")
        return receipt.result or receipt

    async def list_turns(
        self, session_id: str, *, tenant_id: str = LOCAL_TENANT, after: str | None = None, limit: int = 50
    ) -> Page:
        """List the transcript in order."""
        session_id = await self._checked(tenant_id, session_id)
        return await self._records.turns(tenant_id, session_id, after=_cursor(after), limit=limit)

    async def list_tool_calls(
        self, session_id: str, *, tenant_id: str = LOCAL_TENANT, after: str | None = None, limit: int = 50
    ) -> Page:
        """List the ledger in order."""
        session_id = await self._checked(tenant_id, session_id)
        return await self._records.tool_calls(tenant_id, session_id, after=_cursor(after), limit=limit)

    async def get_dataset(
        self, session_id: str, *, version: int | None = None, tenant_id: str = LOCAL_TENANT
    ) -> dict[str, Any]:
        """Show a version of the dataset and where each value came from."""
        session_id = await self._checked(tenant_id, session_id)
        view = await self._records.dataset_at(tenant_id, session_id, version)
        if view is None:
            raise NotFound("the dataset has no such version", field="version")
        return view

    async def dataset_history(
        self, session_id: str, *, tenant_id: str = LOCAL_TENANT, after: str | None = None, limit: int = 50
    ) -> Page:
        """List what changed, version by version."""
        session_id = await self._checked(tenant_id, session_id)
        return await self._records.dataset_history(tenant_id, session_id, after=_cursor(after), limit=limit)

    async def events(
        self, session_id: str, *, after: int = 0, tenant_id: str = LOCAL_TENANT
    ) -> AsyncIterator[Envelope]:
        """Yield events after a number: past ones, then those to come, until the session has ended."""
        session_id = await self._checked(tenant_id, session_id)
        async for event in self._hub.follow(tenant_id, session_id, after):
            yield event

    def on_event(self, callback: Callback) -> Callable[[], None]:
        """Call `callback(session_id, event_type, data)` for every event of this process's sessions."""
        return self._callbacks.add(callback)

    async def close_session(self, session_id: str, *, tenant_id: str = LOCAL_TENANT) -> SessionRecord:
        """End a session; ending it again changes nothing."""
        return await self._end(tenant_id, session_id_of(session_id), SessionStatus.CLOSED)

    async def erase_session(self, session_id: str, *, tenant_id: str = LOCAL_TENANT) -> None:
        """Remove a session with all that was said, done, learnt and told in it."""
        session_id = session_id_of(session_id)
        self._known.forget(tenant_id, session_id)
        if not await self._sessions.erase(tenant_id, session_id):
            raise NotFound("there is no such session", field="session_id")
        self._hub.nudge(session_id)

    async def cleanup_inactive_sessions(self, max_age_seconds: float = 3600) -> int:
        """End, as abandoned, the sessions in which nobody spoke for so long; return how many."""
        before = self._clock.now() - timedelta(seconds=max_age_seconds)
        ended = 0
        for tenant_id in await self._sessions.tenants():
            for session_id in await self._sessions.idle(tenant_id, before):
                await self._end(tenant_id, session_id, SessionStatus.ABANDONED)
                ended += 1
        return ended

    async def health(self) -> dict[str, dict[str, Any]]:
        """Ask every dependency: name -> {status, required, ms, detail}."""
        return await examine(self._probes)

    def news(self, tenant_id: str, session_id: str) -> None:
        """Say that a turn of the session was finished here."""
        self._news(tenant_id, session_id)

    async def recover(self) -> None:
        """See to turns that were accepted and are in nobody's hand: after a crash, or a database that was away."""
        for tenant_id in await self._sessions.tenants():
            for session_id, seq, role in await self._inbox.open_sessions(tenant_id):
                if role is Role.AGENT:
                    self._runner.hear(tenant_id, session_id, seq)
                else:
                    self._runner.wake(tenant_id, session_id)

    async def _read_turn(self, facts: SessionFacts, **given: Any) -> NewTurn:
        return await turn_given(self.playbooks[facts.playbook], **given)

    async def _pass_through(self, facts: SessionFacts, turn: NewTurn) -> TurnResult:
        result = await self._runner.run_unkept(RunContext(passthrough=turn, facts=facts))
        self._news(facts.tenant_id, facts.session_id)
        return result

    async def _accept(self, facts: SessionFacts, turn: NewTurn) -> TurnReceipt:
        receipt = await self._inbox.accept(facts.tenant_id, facts.session_id, turn)
        if receipt.result is None and turn.role is Role.AGENT:
            self._runner.hear(facts.tenant_id, facts.session_id, receipt.seq)
        elif receipt.result is None:
            self._runner.wake(facts.tenant_id, facts.session_id)
        return receipt

    async def _session(self, tenant_id: str, session_id: str) -> SessionRecord:
        record = await self._sessions.load(tenant_id, session_id_of(session_id))
        if record is None:
            raise NotFound("there is no such session", field="session_id")
        return record

    async def _checked(self, tenant_id: str, session_id: str) -> str:
        return (await self._known.facts(tenant_id, session_id)).session_id

    async def _end(self, tenant_id: str, session_id: str, status: SessionStatus) -> SessionRecord:
        record = await self._sessions.close(tenant_id, session_id, status)
        if record is None:
            raise NotFound("there is no such session", field="session_id")
        self._news(tenant_id, session_id)
        return record

    def _news(self, tenant_id: str, session_id: str, *, told_before: int | None = None) -> None:
        self._hub.nudge(session_id)
        self._callbacks.nudge(tenant_id, session_id, told_before=told_before)


def _cursor(after: str | None) -> int:
    try:
        return int(after or 0)
    except ValueError as error:
        raise InvalidInput("after must be the `next` of an earlier page", field="after") from error
