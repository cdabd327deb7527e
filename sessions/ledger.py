"""Verifying and sealing the ledger of consents."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

from domain.consent_chain import ConsentEntry, Finding, Seal, check_entry, check_seal, seal_hash
from ports.clock import Clock
from ports.ledger import LedgerStore
from ports.store import SessionStore

SHOWN = 1_000
"""Findings that are kept; more of them say nothing new."""


@dataclass
class Verified:
    """What was looked at, and what does not verify."""

    entries: int = 0
    sessions: int = 0
    erased: int = 0
    """Entries whose words are erased: they verify all the same."""
    seals: int = 0
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Ledger:
    """The ledger of consents, for those who answer for it."""

    store: LedgerStore
    sessions: SessionStore
    clock: Clock

    async def verify(self, tenant_id: str, session_id: str | None = None) -> Verified:
        """Recompute every hash of a tenant's chains, or of one session's, and compare them with what was sealed."""
        verified = Verified()
        async for finding in self._findings(tenant_id, session_id, verified):
            if len(verified.findings) < SHOWN:
                verified.findings.append(finding)
        return verified

    async def _findings(self, tenant_id: str, session_id: str | None, verified: Verified) -> AsyncIterator[Finding]:
        expected: dict[tuple[str, int], str] = {}
        async for finding in self._sealed(tenant_id, session_id, verified, expected):
            yield finding
        before: ConsentEntry | None = None
        async for entry in self.store.entries(tenant_id, session_id):
            same = before is not None and before.session_id == entry.session_id
            verified.entries += 1
            verified.sessions += not same
            verified.erased += entry.salt is None
            for finding in check_entry(entry, before if same else None):
                yield finding
            if expected.pop((entry.session_id, entry.n), entry.hash.hex()) != entry.hash.hex():
                yield Finding(entry.session_id, entry.n, "it is not the entry that was sealed")
            before = entry
        for sealed_session, n in expected:
            yield Finding(sealed_session, n, "it was sealed, and is gone")
        for found_session, consent_id, verdict in await self.store.unproven(tenant_id, session_id):
            yield Finding(found_session, 0, f"consent {consent_id} is {verdict}, and no entry says so")

    async def _sealed(
        self, tenant_id: str, session_id: str | None, verified: Verified, expected: dict[tuple[str, int], str]
    ) -> AsyncIterator[Finding]:
        before: Seal | None = None
        async for seal in self.store.seals(tenant_id):
            verified.seals += 1
            for finding in check_seal(seal, before, tenant_id):
                yield finding
            for sealed_session, (n, digest) in seal.heads.items():
                if session_id in (None, sealed_session):
                    expected[(sealed_session, n)] = digest
            before = seal

    async def seal_all(self) -> None:
        """Seal the chains of every tenant as they stand."""
        for tenant_id in await self.sessions.tenants():
            await self.seal(tenant_id)

    async def seal(self, tenant_id: str) -> Seal | None:
        """Seal the chains of a tenant that went on since; None when none did, or another process has done it."""
        heads = await self.store.moved_heads(tenant_id)
        last = await self.store.last_seal(tenant_id)
        news = {session: head for session, head in heads.items() if last is None or last.heads.get(session) != head}
        if not news:
            return None
        at = self.clock.now().replace(microsecond=0)
        draft = Seal(last.n + 1 if last else 1, at, news, last.hash if last else b"", b"")
        seal = replace(draft, hash=seal_hash(draft, tenant_id))
        return seal if await self.store.add_seal(tenant_id, seal) else None
