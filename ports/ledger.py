"""The ledger of consents, for those who verify and seal it."""

from collections.abc import AsyncIterator
from typing import Protocol

from domain.consent_chain import ConsentEntry, Seal


class LedgerStore(Protocol):
    """Reading the chain, and adding seals to it."""

    def entries(self, tenant_id: str, session_id: str | None) -> AsyncIterator[ConsentEntry]:
        """Yield entries with what words are left, session by session, each in order."""
        ...

    async def unproven(self, tenant_id: str, session_id: str | None) -> list[tuple[str, str, str]]:
        """Decisions that the ledger knows nothing of: (session_id, consent_id, verdict)."""
        ...

    def seals(self, tenant_id: str) -> AsyncIterator[Seal]:
        """Yield a tenant's seals in order."""
        ...

    async def last_seal(self, tenant_id: str) -> Seal | None:
        """The newest seal of a tenant."""
        ...

    async def moved_heads(self, tenant_id: str) -> dict[str, tuple[int, str]]:
        """The last number and hash (hex) of the chains that went on since the newest seal, or shortly before it."""
        ...

    async def add_seal(self, tenant_id: str, seal: Seal) -> bool:
        """Append a seal; False when another process was faster."""
        ...
