"""Verifying and sealing the ledger of consents."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

from domain.consent_chain import ConsentEntry, Finding, Seal, check_entry, check_heads, check_seal, seal_hash
from ports.ledger import LedgerStore
from ports.store import SessionStore

SHOWN = 1_000
"""Findings that are kept; more of them say nothing new."""

SENTENCES = {
    "unproven": "consent {consent} is {said}, and no entry says so",
    "unknown": "an entry says that consent {consent} is {said}, and the session does not",
    "ungranted": "the call of consent {consent} is {said}, and no entry grants it",
}


@dataclass
class Verified:
    """What was looked at, and what does not verify."""

    entries: int = 0
    sessions: int = 0
    erased: int = 0
    """Entries whose words are erased: they verify all the same."""
    seals: int = 0
    newest_seal: str | None = None
    """Its hash (hex). Kept elsewhere, it shows when seals were made anew or the last of them taken away."""
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Ledger:
    """The ledger of consents, for those who answer for it."""

    store: LedgerStore
    sessions: SessionStore

    async def verify(self, tenant_id: str, session_id: str | None = None) -> Verified:
        """Recompute every hash of a tenant's chains, or of one session's, and compare them with what was sealed."""
        verified = Verified()
        async for finding in self._findings(tenant_id, session_id, verified):
            if len(verified.findings) < SHOWN:
                verified.findings.append(finding)
        return verified

    async def _findings(self, tenant_id: str, session_id: str | None, verified: Verified) -> AsyncIterator[Finding]:
        async for finding in self._chains(tenant_id, session_id, verified):
            yield finding
        async for finding in self._seals(tenant_id, session_id, verified):
            yield finding
        for found in await self.store.disagreements(tenant_id, session_id):
            what = SENTENCES[found.kind].format(consent=found.consent_id, said=found.said)
            yield Finding(found.session_id, 0, what)

    async def _chains(self, tenant_id: str, session_id: str | None, verified: Verified) -> AsyncIterator[Finding]:
        before: ConsentEntry | None = None
        async for entry in self.store.entries(tenant_id, session_id):
            if before is not None and before.session_id != entry.session_id:
                before = None
            verified.entries += 1
            verified.sessions += before is None
            verified.erased += entry.salt is None and not entry.kept
            for finding in check_entry(entry, before):
                yield finding
            before = entry

    async def _seals(self, tenant_id: str, session_id: str | None, verified: Verified) -> AsyncIterator[Finding]:
        before: Seal | None = None
        async for seal in self.store.seals(tenant_id):
            verified.seals += 1
            for finding in check_seal(seal, before, tenant_id):
                yield finding
            heads = {place: head for place, head in seal.heads.items() if session_id in (None, place)}
            for finding in check_heads(heads, await self.store.hashes(tenant_id, heads) if heads else {}):
                yield finding
            verified.newest_seal = seal.hash.hex()
            before = seal

    async def seal_all(self) -> None:
        """Seal the chains of every tenant as they stand."""
        for tenant_id in await self.sessions.tenants():
            await self.seal(tenant_id)

    async def seal(self, tenant_id: str) -> Seal | None:
        """Seal the chains of a tenant that went on since; None when none did, or another process has done it."""
        last = await self.store.last_seal(tenant_id)
        at = await self.store.now(tenant_id)
        heads = await self.store.moved_heads(tenant_id)
        if not heads:
            return None
        draft = Seal(last.n + 1 if last else 1, at, heads, last.hash if last else b"", b"")
        seal = replace(draft, hash=seal_hash(draft, tenant_id))
        return seal if await self.store.add_seal(tenant_id, seal) else None
