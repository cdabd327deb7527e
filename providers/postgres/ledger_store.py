"""The ledger of consents on Postgres, read in pages."""

from collections.abc import AsyncIterator

from domain.consent_chain import ConsentEntry, Seal
from ports.database import Database
from providers.postgres.queries import load_queries
from providers.postgres.rows import Row, as_json

PAGE = 1_000
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

    async def unproven(self, tenant_id: str, session_id: str | None) -> list[tuple[str, str, str]]:
        """Decisions that the ledger knows nothing of: (session_id, consent_id, verdict)."""
        params = {"session_id": session_id}
        rows = await self._database.run(tenant_id, self._queries["unproven"], params, retry=True)
        return [(str(row["session_id"]), str(row["consent_id"]), row["status"]) for row in rows]

    async def seals(self, tenant_id: str) -> AsyncIterator[Seal]:
        """Yield a tenant's seals in order."""
        after = 0
        while True:
            params = {"after": after, "limit": PAGE}
            rows = await self._database.run(tenant_id, self._queries["seals"], params, retry=True)
            for row in rows:
                yield _seal(row)
            if len(rows) < PAGE:
                return
            after = rows[-1]["n"]

    async def last_seal(self, tenant_id: str) -> Seal | None:
        """The newest seal of a tenant."""
        rows = await self._database.run(tenant_id, self._queries["last_seal"], retry=True)
        return _seal(rows[0]) if rows else None

    async def moved_heads(self, tenant_id: str) -> dict[str, tuple[int, str]]:
        """The last number and hash (hex) of the chains that went on since the newest seal, or shortly before it."""
        rows = await self._database.run(tenant_id, self._queries["moved_heads"], retry=True)
        return {str(row["session_id"]): (row["n"], row["hash"]) for row in rows}

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
    )


def _seal(row: Row) -> Seal:
    heads = {session_id: (n, digest) for session_id, (n, digest) in row["heads"].items()}
    return Seal(row["n"], row["at"], heads, bytes(row["previous"]), bytes(row["hash"]))
