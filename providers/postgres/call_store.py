"""Telephone calls in their table."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from domain.session import SessionStatus
from ports.calls import FINAL, STATES, CallRecord, NewCall
from ports.database import Database, personal
from ports.telephony import AnsweredBy
from providers.postgres.queries import load_queries


class PostgresCallStore:
    """One statement a step; numbers are sealed where there is a key."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queries = load_queries("calls")

    async def keep(self, tenant_id: str, call: NewCall) -> None:
        """Keep a call, once."""
        await self._database.run(tenant_id, self._queries["keep"], _params(call), retry=True)

    async def place(self, tenant_id: str, call: NewCall) -> bool:
        """Note that a call of ours is about to be placed; an answer that is lost is never a yes."""
        return bool(await self._database.run(tenant_id, self._queries["place"], _params(call)))

    async def connect(self, tenant_id: str, session_id: str, call_id: str) -> None:
        """Keep the carrier's id of a call of ours, once."""
        params = {"session_id": session_id, "call_id": call_id}
        await self._database.run(tenant_id, self._queries["connect"], params, retry=True)

    async def stands(self, tenant_id: str, session_id: str, state: str) -> None:
        """Keep what became of placing a call."""
        params = {"session_id": session_id, "state": state}
        await self._database.run(tenant_id, self._queries["stands"], params, retry=True)

    async def of_session(self, tenant_id: str, session_id: str) -> CallRecord | None:
        """Read the call that a session was led in."""
        rows = await self._database.run(tenant_id, self._queries["of_session"], {"session_id": session_id}, retry=True)
        return _record(rows[0]) if rows else None

    async def load(self, tenant_id: str, call_id: str) -> CallRecord | None:
        """Read one call."""
        rows = await self._database.run(tenant_id, self._queries["load"], {"call_id": call_id}, retry=True)
        return _record(rows[0]) if rows else None

    async def progressed(self, tenant_id: str, call_id: str, state: str, lasted: timedelta | None) -> str | None:
        """Take a report of a feed without order; the session's id if it was news."""
        params = {
            "call_id": call_id,
            "state": state,
            "seconds": None if lasted is None else round(lasted.total_seconds()),
            "order": list(STATES),
            "final": sorted(FINAL),
        }
        rows = await self._database.run(tenant_id, self._queries["progressed"], params, retry=True)
        return str(rows[0]["session_id"]) if rows else None

    async def answered(self, tenant_id: str, call_id: str, by: AnsweredBy) -> str | None:
        """Keep who picked up, once; the session's id."""
        params = {"call_id": call_id, "answered_by": by.value}
        rows = await self._database.run(tenant_id, self._queries["answered"], params, retry=True)
        return str(rows[0]["session_id"]) if rows else None

    async def use(self, digest: str, expires: datetime) -> bool:
        """Note a one-time token as used; False when it was."""
        params = {"digest": digest, "expires": expires}
        return bool(await self._database.run("", self._queries["use_token"], params))


def _params(call: NewCall) -> dict[str, Any]:
    return {
        "call_id": call.call_id,
        "session_id": call.session_id,
        "playbook": call.playbook,
        "outbound": call.outbound,
        "caller": personal(call.caller),
        "called": personal(call.called),
    }


def _record(row: Mapping[str, Any]) -> CallRecord:
    return CallRecord(
        call_id=row["call_id"],
        session_id=str(row["session_id"]),
        playbook=row["playbook"],
        outbound=row["outbound"],
        state=row["state"],
        answered_by=None if row["answered_by"] is None else AnsweredBy(row["answered_by"]),
        lasted=None if row["seconds"] is None else timedelta(seconds=row["seconds"]),
        session_status=SessionStatus(row["session_status"]),
        opened_at=row["opened_at"],
        caller=row["caller"],
        called=row["called"],
    )
