"""The inbox: turns accepted by a committed row, and the pen of each session."""

from datetime import timedelta
from typing import Any

import psycopg

from domain.conversation import Role
from domain.errors import Conflict, NotFound, SessionClosed
from ports.database import Database, personal
from ports.records import WINDOW, NewTurn, OpenTurn, TurnReceipt
from providers.postgres.queries import load_queries
from providers.postgres.rows import as_json, open_turn_of, result_of


class PostgresInbox:
    """Turns on their way in, and who may work on them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queries = load_queries("turns")

    async def accept(self, tenant_id: str, session_id: str, turn: NewTurn) -> TurnReceipt:
        """Commit a turn to the inbox; a repeated request gets its first receipt."""
        return await self.insert("accept", tenant_id, session_id, turn, {})

    async def claim(self, tenant_id: str, session_id: str, *, owner: str, lease: timedelta) -> OpenTurn | None:
        """Take the session's pen and its first open caller turn, if there is one and nobody else holds the pen."""
        params = {"session_id": session_id, "owner": owner, "lease": lease, "window": WINDOW}
        rows = await self._database.run(tenant_id, self._queries["claim"], params, retry=True)
        return open_turn_of(rows[0]) if rows else None

    async def claim_audio(self, tenant_id: str, session_id: str, seq: int) -> OpenTurn | None:
        """Read one open agent turn that came as sound."""
        params = {"session_id": session_id, "seq": seq}
        rows = await self._database.run(tenant_id, self._queries["claim_audio"], params, retry=True)
        return open_turn_of(rows[0]) if rows else None

    async def take_pen(self, tenant_id: str, session_id: str, *, owner: str, lease: timedelta) -> bool:
        """Take the session's pen for something that is no turn; False while another holds it."""
        params = {"session_id": session_id, "owner": owner, "lease": lease}
        return bool(await self._database.run(tenant_id, self._queries["take_pen"], params, retry=True))

    async def renew(self, tenant_id: str, session_id: str, *, owner: str, lease: timedelta) -> bool:
        """Keep the pen for another lease."""
        params = {"session_id": session_id, "owner": owner, "lease": lease}
        return bool(await self._database.run(tenant_id, self._queries["renew"], params, retry=True))

    async def release(self, tenant_id: str, session_id: str, *, owner: str) -> None:
        """Put the pen down."""
        params = {"session_id": session_id, "owner": owner}
        await self._database.run(tenant_id, self._queries["release"], params, retry=True)

    async def waiting_turns(self, tenant_id: str, *, owner: str) -> list[tuple[str, int, Role]]:
        """Turns that are accepted, unfinished and in no other's hand."""
        rows = await self._database.run(tenant_id, self._queries["waiting_turns"], {"owner": owner}, retry=True)
        return [(str(row["session_id"]), row["seq"], Role(row["role"])) for row in rows]

    async def insert(
        self, query: str, tenant_id: str, session_id: str, turn: NewTurn, more: dict[str, Any]
    ) -> TurnReceipt:
        """Run one of the statements that number and keep a turn; a repeated request gets its first receipt."""
        params = {"session_id": session_id, **_turn_row(turn), **more}
        try:
            rows = await self._database.run(tenant_id, self._queries[query], params)
        except psycopg.errors.UniqueViolation:
            rows = []  # the same turn_id, accepted by another request in this very moment
        if rows:
            row = rows[0]
            return TurnReceipt(
                seq=row["seq"], turn_id=row["turn_id"], created=True, result=result_of(row.get("result"))
            )
        return await self._existing(tenant_id, session_id, turn)

    async def _existing(self, tenant_id: str, session_id: str, turn: NewTurn) -> TurnReceipt:
        params = {"session_id": session_id, "turn_id": turn.turn_id}
        rows = await self._database.run(tenant_id, self._queries["existing"], params, retry=True)
        if not rows:
            raise NotFound("There is no such session.", field="session_id")
        row = rows[0]
        if row["seq"] is None:
            raise SessionClosed(f"The session is {row['status']}; it takes no more turns.", field="session_id")
        if bytes(row["digest"]) != turn.digest:
            raise Conflict("This turn_id was used for another turn; a new turn needs a new id.", field="turn_id")
        result = result_of(row["result"]) if row["done"] else None
        return TurnReceipt(seq=row["seq"], turn_id=row["turn_id"], created=False, result=result)


def _turn_row(turn: NewTurn) -> dict[str, Any]:
    return {
        "turn_id": turn.turn_id,
        "speaker": turn.speaker,
        "role": turn.role.value,
        "digest": turn.digest,
        "raw_text": personal(turn.raw_text),
        "audio": personal(turn.audio),
        "audio_type": turn.audio_type,
        "stt": None if turn.stt is None else as_json(turn.stt),
        "spoken_at": turn.spoken_at,
        "heard": personal("") if turn.aloud else None,
    }
