"""Our own tables, by what is done with them. Every method names its tenant and is one round trip where it can be."""

from datetime import datetime, timedelta
from typing import Any, Protocol

from domain.conversation import Role
from domain.event import Envelope
from domain.session import SessionFacts, SessionStatus
from domain.tool_call import PlannedCall
from domain.turn import TurnResult
from ports.records import (
    ApiKey,
    ConsentRecord,
    Learnt,
    NewSession,
    NewTurn,
    OpenTurn,
    Page,
    SessionRecord,
    TurnReceipt,
    Words,
)


class TurnStore(Protocol):
    """What a run keeps: the nodes see only this."""

    async def keep_words(self, tenant_id: str, session_id: str, seq: int, words: Words) -> None:
        """Keep what recognition and cleaning made of a turn; a transcript lets its audio go."""
        ...

    async def keep_plan(
        self, tenant_id: str, session_id: str, seq: int, words: Words, plan: list[PlannedCall]
    ) -> list[PlannedCall]:
        """Store the plan unless one is stored, and return the stored one: the first plan wins."""
        ...

    async def keep_answer(
        self, tenant_id: str, session_id: str, seq: int, question: str, answer: dict[str, Any]
    ) -> None:
        """Keep what a model answered, by the digest of its question, so that it is asked once."""
        ...

    async def keep_learnt(self, tenant_id: str, session_id: str, learnt: Learnt) -> bool:
        """Commit what a turn changed; False when an earlier run of it has done so, or it or its session has ended.

        Raises:
            Overtaken: a statement broke a constraint of the playbook's tables; nothing was committed.
        """
        ...

    async def finish_turn(self, tenant_id: str, session_id: str, result: TurnResult, *, owner: str | None) -> None:
        """Commit the result and its `turn_processed` event, and give the session back (once, however often called)."""
        ...

    async def keep_passthrough(self, facts: SessionFacts, turn: NewTurn, result: TurnResult) -> TurnReceipt:
        """Give a turn its number, row and event in one transaction; the receipt's result is the stored one."""
        ...

    async def earlier_texts(self, tenant_id: str, session_id: str, before_seq: int) -> list[str]:
        """Everything said before a turn: for the rare check that needs more than the window."""
        ...

    async def adopt_turn(self, new: NewSession, turn: NewTurn, *, owner: str, lease: timedelta) -> OpenTurn:
        """Open the session if need be, accept the turn and claim it: the door of LangGraph Studio."""
        ...


class Inbox(Protocol):
    """Turns that were accepted and wait, and the pen of each session: one writer at a time."""

    async def accept(self, tenant_id: str, session_id: str, turn: NewTurn) -> TurnReceipt:
        """Commit a turn to the inbox.

        Raises:
            NotFound: no such session.
            SessionClosed: it has ended.
            Conflict: the turn_id is taken by another body.
        """
        ...

    async def claim(self, tenant_id: str, session_id: str, *, owner: str, lease: timedelta) -> OpenTurn | None:
        """Take the session's pen and its first open caller turn; None when there is none or another holds the pen."""
        ...

    async def claim_audio(self, tenant_id: str, session_id: str, seq: int) -> OpenTurn | None:
        """Read one open agent turn that came as sound; it waits for nobody."""
        ...

    async def take_pen(self, tenant_id: str, session_id: str, *, owner: str, lease: timedelta) -> bool:
        """Take the session's pen for something that is no turn; False while another holds it."""
        ...

    async def renew(self, tenant_id: str, session_id: str, *, owner: str, lease: timedelta) -> bool:
        """Keep the pen for another lease; False when it was lost."""
        ...

    async def release(self, tenant_id: str, session_id: str, *, owner: str) -> None:
        """Put the pen down."""
        ...

    async def waiting_turns(self, tenant_id: str, *, owner: str) -> list[tuple[str, int, Role]]:
        """Turns that are accepted, unfinished and in no other's hand: (session_id, seq, role)."""
        ...


class SessionStore(Protocol):
    """The life of sessions."""

    async def create(self, new: NewSession, *, most: int | None = None) -> tuple[SessionRecord, bool]:
        """Open a session; with a known id return the one that is there and False.

        Raises:
            RateLimited: the tenant has `most` sessions open.
        """
        ...

    async def load(self, tenant_id: str, session_id: str) -> SessionRecord | None:
        """Read one session, with its totals."""
        ...

    async def page_of(
        self, tenant_id: str, *, status: str | None, playbook: str | None, after: str | None, limit: int
    ) -> Page:
        """List SessionRecords, newest first."""
        ...

    async def close(self, tenant_id: str, session_id: str, status: SessionStatus) -> SessionRecord | None:
        """End a session, unless a turn of it is open; one that has ended stays as it ended."""
        ...

    async def abandon(self, tenant_id: str, session_id: str, before: datetime) -> bool:
        """End a session in which nobody has spoken since `before` and nothing is open; False for any other."""
        ...

    async def idle(self, tenant_id: str, before: datetime, playbook: str | None = None) -> list[str]:
        """Active sessions, of one playbook or all, in which nobody spoke since `before` and nothing is open."""
        ...

    async def erase(self, tenant_id: str, session_id: str) -> bool:
        """Remove every row of a session; False when there was none."""
        ...

    async def tenants(self) -> list[str]:
        """Every tenant id, for background work."""
        ...

    async def add_tenant(self, tenant_id: str) -> None:
        """Make a tenant known; nothing happens when it is."""
        ...


class RecordStore(Protocol):
    """What was said, done, learnt and told. Reading only."""

    async def turn(self, tenant_id: str, session_id: str, turn_id: str) -> TurnReceipt | None:
        """Look a turn up by the client's key."""
        ...

    async def turns(self, tenant_id: str, session_id: str, *, after: int, limit: int) -> Page:
        """List the transcript in order, done or open."""
        ...

    async def held(self, tenant_id: str, session_id: str) -> list[dict[str, Any]]:
        """Calls that wait for the caller's consent."""
        ...

    async def consent(self, tenant_id: str, session_id: str, consent_id: str) -> ConsentRecord | None:
        """Look one gated call up, held or decided."""
        ...

    async def tool_calls(self, tenant_id: str, session_id: str, *, after: int, limit: int) -> Page:
        """List the ledger in order."""
        ...

    async def dataset_at(self, tenant_id: str, session_id: str, version: int | None) -> dict[str, Any] | None:
        """Show a version of the dataset with where each value came from; None when there is no such version."""
        ...

    async def dataset_history(self, tenant_id: str, session_id: str, *, after: int, limit: int) -> Page:
        """List the JSON Patches by version."""
        ...

    async def events(self, tenant_id: str, session_id: str, *, after: int, limit: int) -> list[Envelope]:
        """Read events in order, rendered."""
        ...


class KeyStore(Protocol):
    """API keys by tenant."""

    async def add(self, key: ApiKey) -> bool:
        """Keep a new key's digest; False when a key has its id, live or revoked."""
        ...

    async def find(self, tenant_id: str, key_id: str) -> ApiKey | None:
        """Look a live key up."""
        ...

    async def revoke(self, tenant_id: str, key_id: str) -> bool:
        """End a key; False when there is none."""
        ...
