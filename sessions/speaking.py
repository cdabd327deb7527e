"""What is said aloud, and what of it was heard: for whoever has the caller on a line."""

from dataclasses import dataclass

from ports.speaking import SpeakingStore, Unheard
from sessions.hub import EventHub


@dataclass(frozen=True)
class Speaking:
    """Keeps what was heard of spoken turns and tells the session's subscribers."""

    store: SpeakingStore
    hub: EventHub

    async def started(self, tenant_id: str, session_id: str, turn_id: str) -> None:
        """The first words of a turn are on their way."""
        await self.store.started(tenant_id, session_id, turn_id)
        self.hub.nudge(session_id)

    async def heard(self, tenant_id: str, session_id: str, turn_id: str, heard: str) -> None:
        """So much has certainly been heard."""
        await self.store.heard(tenant_id, session_id, turn_id, heard)

    async def finished(self, tenant_id: str, session_id: str, turn_id: str, heard: str, *, interrupted: bool) -> None:
        """No more of it will be said."""
        await self.store.finished(tenant_id, session_id, turn_id, heard, interrupted=interrupted)
        self.hub.nudge(session_id)

    async def unheard(self, tenant_id: str, session_id: str) -> Unheard | None:
        """The newest turn that nobody finished saying: where a call that lost its line goes on."""
        return await self.store.unheard(tenant_id, session_id)
