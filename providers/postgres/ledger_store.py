"""The ledger of consents on Postgres, read in pages."""

import re
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from domain.consent_chain import ConsentEntry, Seal
from ports.database import Database
from ports.ledger import Disagreement, Heads
from providers.postgres.queries import load_queries
from providers.postgres.rows import Row, as_json

PAGE = 1_000
SEALS = 20
"""Seals in a page: each may name the chains of a quarter of an hour."""

LARGEST = 2**31
UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
BEFORE_ALL = "00000000-0000-0000-0000-000000000000"


class PostgresLedger:
    """Reading the chain, and adding seals to it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queries = load_queries("ledger")

    async def entries(self, tenant_id: str, session_id: str | None) -> AsyncIterator[ConsentEntry]:
        """Yield entries with what words are left, session by session, each in order."""
        place = {"session_id": session_id, "after_session": BEFORE_ALL, "after_n": 0, "limit": PAGE}
        while True:
            rows = await self._database.run(tenant_id, self._queries["entries"], place, retry=True)
            for row in rows:
                yield _entry(row)
            if len(rows) < PAGE:
                return
            place |= {"after_session": rows[-1]["session_id"], "after_n": rows[-1]["n"]}

    async def disagreements(self, tenant_id: str, session_id: str | None) -> list[Disagreement]:
        """Compare the ledger with the rows of sessions that are still there; the first thousand differences."""
        params = {"session_id": session_id, "limit": PAGE}
        rows = await self._database.run(tenant_id, self._queries["disagreements"], params, retry=True)
        return [Disagreement(row["kind"], str(row["session_id"]), str(row["consent_id"]), row["said"]) for row in rows]

    async def seals(self, tenant_id: str) -> AsyncIterator[Seal]:
        """Yield a tenant's seals in order."""
        after = 0
        while True:
            params = {"after": after, "limit": SEALS}
            rows = await self._database.run(tenant_id, self._queries["seals"], params, retry=True)
            for row in rows:
                yield _seal(row)
            if len(rows) < SEALS:
                return
            after = rows[-1]["n"]

    async def last_seal(self, tenant_id: str) -> Seal | None:
        """The newest seal of a tenant."""
        rows = await self._database.run(tenant_id, self._queries["last_seal"], retry=True)
        return _seal(rows[0]) if rows else None

    async def hashes(self, tenant_id: str, heads: Heads) -> dict[str, str]:
        """The hash (hex) that each session's entry of the given number has, for those that are there."""
        params = {"sessions": list(heads), "numbers": [n for n, _ in heads.values()]}
        rows = await self._database.run(tenant_id, self._queries["hashes"], params, retry=True)
        return {str(row["session_id"]): row["hash"] for row in rows}

    async def moved_heads(self, tenant_id: str) -> Heads:
        """Where the chains stand that no seal binds as they stand."""
        rows = await self._database.run(tenant_id, self._queries["moved_heads"], retry=True)
        return {str(row["session_id"]): (row["n"], row["hash"]) for row in rows}

    async def now(self, tenant_id: str) -> datetime:
        """The time by the clock that dates entries, in whole milliseconds."""
        (row,) = await self._database.run(tenant_id, self._queries["now"], retry=True)
        at: datetime = row["at"]
        return at

    async def add_seal(self, tenant_id: str, seal: Seal) -> bool:
        """Append a seal; False when another process was faster."""
        params = {**vars(seal), "heads": as_json(seal.heads)}
        return bool(await self._database.run(tenant_id, self._queries["add_seal"], params))


def _entry(row: Row) -> ConsentEntry:
    return ConsentEntry(
        tenant_id=row["tenant_id"],
        session_id=str(row["session_id"]),
        n=row["n"],
        consent_id=str(row["consent_id"]),
        tool=row["tool"],
        verdict=row["verdict"],
        asking_seq=row["asking_seq"],
        answering_seq=row["answering_seq"],
        decided_by=row["decided_by"],
        at=row["at"],
        words_digest=bytes(row["words_digest"]),
        previous=bytes(row["previous"]),
        hash=bytes(row["hash"]),
        salt=None if row["salt"] is None else bytes(row["salt"]),
        question=row["question"],
        quote=row["quote"],
        kept=row["kept"],
    )


def _seal(row: Row) -> Seal:
    return Seal(row["n"], row["at"], _heads(row["heads"]), bytes(row["previous"]), bytes(row["hash"]))


def _heads(found: Any) -> Heads:
    """Read the heads of a seal. What was never written so is left out: then the seal's hash does not agree."""
    heads = found.items() if isinstance(found, dict) else ()
    return {session_id: (head[0], head[1]) for session_id, head in heads if _is_head(session_id, head)}


def _is_head(session_id: str, head: Any) -> bool:
    match head:
        case [int(n), str()]:
            return 0 < n < LARGEST and bool(UUID_TEXT.fullmatch(session_id))
    return False
