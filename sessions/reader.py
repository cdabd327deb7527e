"""Reading sessions: the record of what was said, done, learnt and told."""

from collections.abc import AsyncIterator
from typing import Any

from domain.errors import InvalidInput, NotFound
from domain.event import Envelope
from domain.session import DEMO_TENANT, SessionStatus, session_id_of
from domain.turn import TurnResult
from ports.records import Page, SessionRecord, TurnReceipt
from ports.store import RecordStore, SessionStore
from sessions.hub import EventHub
from sessions.known import KnownSessions
from sessions.views import state_view

LOCAL_TENANT = DEMO_TENANT
RECENT = 10
"""Turns that a session's state shows."""


class SessionReader:
    """Everything about sessions that changes nothing."""

    def __init__(self, sessions: SessionStore, records: RecordStore, hub: EventHub) -> None:
        self._sessions = sessions
        self._records = records
        self._hub = hub
        self._known = KnownSessions(sessions)

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
            raise NotFound("There is no such session or turn.")
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
            raise NotFound("The dataset has no such version.", field="version")
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
        """Yield events after a number: past ones, then those to come, until the session has ended.

        Raises:
            NotFound: no such session.
            InvalidInput: it has no event of that number yet.
        """
        record = await self._session(tenant_id, session_id)
        if after > record.last_event:
            raise InvalidInput(f"The newest event of this session is {record.last_event}.", field="after")
        session_id = record.facts.session_id
        async for event in self._hub.follow(tenant_id, session_id, after):
            yield event

    async def _session(self, tenant_id: str, session_id: str) -> SessionRecord:
        record = await self._sessions.load(tenant_id, session_id_of(session_id))
        if record is None:
            raise NotFound("There is no such session.", field="session_id")
        return record

    async def _checked(self, tenant_id: str, session_id: str) -> str:
        return (await self._known.facts(tenant_id, session_id)).session_id


def _cursor(after: str | None) -> int:
    try:
        return int(after or 0)
    except ValueError as error:
        raise InvalidInput("after must be the `next` of an earlier page.", field="after") from error
