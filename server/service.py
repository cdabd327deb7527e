"""What the face asks of the service behind it: `sessions.service.Parley`, or a scripted one in tests."""

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from domain.conversation import CallContext
from domain.event import Envelope
from domain.turn import Stt, TurnResult
from ports.records import Page, SessionRecord, TurnReceipt
from sessions.decisions import Decision


class TurnService(Protocol):
    """Sessions and their turns. Every method raises the errors of domain/errors.py."""

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
        """Open a session, or find the one that is there (False); one that is not led in writing has a line."""
        ...

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
        """Take a turn; a receipt when it is not finished within `wait`."""
        ...

    def stream_turn(
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
    ) -> AsyncIterator[dict[str, Any]]:
        """Take a turn and tell each node as it ends: {event: node | result, data}."""
        ...

    async def get_session_state(self, session_id: str, *, tenant_id: str) -> dict[str, Any]:
        """A session with what is going on in it."""
        ...

    async def list_sessions(
        self, *, tenant_id: str, status: str | None, playbook: str | None, after: str | None, limit: int
    ) -> Page:
        """SessionRecords, newest first."""
        ...

    async def get_turn(self, session_id: str, turn_id: str, *, tenant_id: str) -> TurnResult | TurnReceipt:
        """A turn's result, or its receipt while it is open."""
        ...

    async def list_turns(self, session_id: str, *, tenant_id: str, after: str | None, limit: int) -> Page:
        """The transcript, in order."""
        ...

    async def list_tool_calls(self, session_id: str, *, tenant_id: str, after: str | None, limit: int) -> Page:
        """The ledger, in order."""
        ...

    async def get_dataset(self, session_id: str, *, version: int | None, tenant_id: str) -> dict[str, Any]:
        """A version of the dataset."""
        ...

    async def dataset_history(self, session_id: str, *, tenant_id: str, after: str | None, limit: int) -> Page:
        """The changes, oldest first."""
        ...

    def events(self, session_id: str, *, after: int, tenant_id: str) -> AsyncIterator[Envelope]:
        """Past events, then live ones; ends after session_closed."""
        ...

    async def decide_consent(
        self, session_id: str, consent_id: str, decision: Decision, by: str, *, tenant_id: str
    ) -> dict[str, Any]:
        """Grant or refuse a held call."""
        ...

    async def replay_session(
        self,
        session_id: str,
        *,
        tenant_id: str,
        from_turn: int | str | None,
        model: str | None,
        prompt_version: int | None,
        key: str | None,
    ) -> Mapping[str, Any]:
        """Run the recorded call again in a fork, in the background."""
        ...

    async def get_replay(self, replay_id: str, *, tenant_id: str) -> Mapping[str, Any]:
        """A replay with its differences so far."""
        ...

    async def close_session(self, session_id: str, *, tenant_id: str) -> SessionRecord:
        """End a session."""
        ...

    async def erase_session(self, session_id: str, *, tenant_id: str) -> None:
        """Remove every trace of a session."""
        ...

    def on_turn(self, observer: Callable[[TurnResult], None]) -> None:
        """Show an observer every turn that is finished in this process."""
        ...

    async def health(self) -> Mapping[str, Mapping[str, Any]]:
        """Ask every dependency: name -> {status, required, ms?, detail?}."""
        ...
