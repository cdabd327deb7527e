"""The ledger of consents, for those who verify and seal it."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from domain.consent_chain import ConsentEntry, Seal

Heads = Mapping[str, tuple[int, str]]
"""Where chains stand: {session_id: (number, hash as hex)}."""


@dataclass(frozen=True)
class Disagreement:
    """Where the ledger and the session's own rows say different things of a consent.

    `unproven`: it is `said`, and no entry says so. `unknown`: an entry says `said`, which the session does not know.
    `ungranted`: its call became `said`, and no entry grants it.
    """

    kind: Literal["unproven", "unknown", "ungranted"]
    session_id: str
    consent_id: str
    said: str


class LedgerStore(Protocol):
    """Reading the chain, and adding seals to it."""

    def entries(self, tenant_id: str, session_id: str | None) -> AsyncIterator[ConsentEntry]:
        """Yield entries with what words are left, session by session, each in order."""
        ...

    async def disagreements(self, tenant_id: str, session_id: str | None) -> list[Disagreement]:
        """Compare the ledger with the rows of sessions that are still there; the first thousand differences."""
        ...

    def seals(self, tenant_id: str) -> AsyncIterator[Seal]:
        """Yield a tenant's seals in order."""
        ...

    async def hashes(self, tenant_id: str, heads: Heads) -> dict[str, str]:
        """The hash (hex) that each session's entry of the given number has, for those that are there."""
        ...

    async def last_seal(self, tenant_id: str) -> Seal | None:
        """The newest seal of a tenant."""
        ...

    async def moved_heads(self, tenant_id: str) -> Heads:
        """Where the chains stand that no seal binds as they stand."""
        ...

    async def now(self, tenant_id: str) -> datetime:
        """The time by the clock that dates entries, in whole milliseconds."""
        ...

    async def add_seal(self, tenant_id: str, seal: Seal) -> bool:
        """Append a seal; False when another process was faster."""
        ...
