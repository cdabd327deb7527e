"""The record of a session: transcript, ledger, dataset versions, events. Reading only."""

from collections.abc import Mapping, Set
from typing import Any, LiteralString

from domain.dataset import Dataset
from domain.event import Envelope, EventType
from domain.tool_call import CallStatus
from ports.database import Database
from ports.records import ConsentRecord, Page, TurnReceipt
from providers.postgres.dataset_versions import at_version, latest_sources
from providers.postgres.queries import load_queries
from providers.postgres.rows import Row, consent_of, result_of

ALL_VERSIONS = 2**31 - 1


class PostgresRecordStore:
    """What was said, done, learnt and told."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turns = load_queries("turns")
        self._learnt = load_queries("learnt")
        self._sessions = load_queries("sessions")

    async def turn(self, tenant_id: str, session_id: str, turn_id: str) -> TurnReceipt | None:
        """Look a turn up by the client's key."""
        params = {"session_id": session_id, "turn_id": turn_id}
        rows = await self._database.run(tenant_id, self._turns["one"], params, retry=True)
        if not rows:
            return None
        row = rows[0]
        return TurnReceipt(
            row["seq"], row["turn_id"], created=False, result=result_of(row["result"]) if row["done"] else None
        )

    async def turns(self, tenant_id: str, session_id: str, *, after: int, limit: int) -> Page:
        """List the transcript in order, done or open."""
        rows = await self._page(tenant_id, self._turns["page"], session_id, after, limit)
        items = [_turn(row) for row in rows[:limit]]
        return Page(items, str(rows[limit - 1]["seq"]) if len(rows) > limit else None)

    async def held(self, tenant_id: str, session_id: str) -> list[dict[str, Any]]:
        """Calls that wait for the caller's consent."""
        rows = await self._database.run(tenant_id, self._learnt["held"], {"session_id": session_id}, retry=True)
        return [_consent(row) for row in rows]

    async def consent(self, tenant_id: str, session_id: str, consent_id: str) -> ConsentRecord | None:
        """Look one gated call up, held or decided."""
        params = {"session_id": session_id, "consent_id": consent_id}
        rows = await self._database.run(tenant_id, self._learnt["consent"], params, retry=True)
        return consent_of(rows[0]) if rows else None

    async def tool_calls(self, tenant_id: str, session_id: str, *, after: int, limit: int) -> Page:
        """List the ledger in order."""
        rows = await self._page(tenant_id, self._learnt["tool_calls"], session_id, after, limit)
        items = [_tool_call(row) for row in rows[:limit]]
        return Page(items, str(rows[limit - 1]["place"]) if len(rows) > limit else None)

    async def dataset_at(self, tenant_id: str, session_id: str, version: int | None) -> dict[str, Any] | None:
        """Show a version of the dataset, and for each value the turn and the words it came from."""
        sessions = await self._database.run(tenant_id, self._sessions["load"], {"session_id": session_id}, retry=True)
        if not sessions or not 0 <= (version or 0) <= sessions[0]["dataset_version"]:
            return None
        session = sessions[0]
        until = session["dataset_version"] if version is None else version
        versions = await self._versions(tenant_id, session_id, after=0, until=until, limit=ALL_VERSIONS)
        return {
            "version": until,
            "dataset": at_version(session["first_dataset"], versions),
            "provenance": latest_sources(versions),
        }

    async def dataset_history(self, tenant_id: str, session_id: str, *, after: int, limit: int) -> Page:
        """List the JSON Patches by version."""
        rows = await self._versions(tenant_id, session_id, after=after, until=ALL_VERSIONS, limit=limit + 1)
        items = rows[:limit]
        return Page(items, str(items[-1]["version"]) if len(rows) > limit else None)

    async def events(self, tenant_id: str, session_id: str, *, after: int, limit: int) -> list[Envelope]:
        """Read events in order, rendered."""
        params = {"session_id": session_id, "after": after, "limit": limit}
        rows = await self._database.run(tenant_id, self._learnt["events"], params, retry=True)
        wanted = {row["call_version"] for row in rows if row["type"] == EventType.FUNCTION_CALLED}
        datasets = await self._datasets(tenant_id, session_id, wanted) if wanted else {}
        return [_envelope(session_id, row, datasets) for row in rows]

    async def _datasets(self, tenant_id: str, session_id: str, wanted: Set[int]) -> dict[int, Dataset]:
        sessions = await self._database.run(tenant_id, self._sessions["load"], {"session_id": session_id}, retry=True)
        if not sessions:
            return {}
        versions = await self._versions(tenant_id, session_id, after=0, until=max(wanted), limit=ALL_VERSIONS)
        first = sessions[0]["first_dataset"]
        return {
            version: at_version(first, [item for item in versions if item["version"] <= version]) for version in wanted
        }

    async def _page(
        self, tenant_id: str, query: LiteralString, session_id: str, after: int, limit: int
    ) -> list[dict[str, Any]]:
        params = {"session_id": session_id, "after": after, "limit": limit + 1}
        return await self._database.run(tenant_id, query, params, retry=True)

    async def _versions(
        self, tenant_id: str, session_id: str, *, after: int, until: int, limit: int
    ) -> list[dict[str, Any]]:
        params = {"session_id": session_id, "after": after, "until": until, "limit": limit}
        return await self._database.run(tenant_id, self._learnt["versions"], params, retry=True)


def _turn(row: Row) -> dict[str, Any]:
    return {
        "seq": row["seq"],
        "turn_id": row["turn_id"],
        "speaker": row["speaker"],
        "role": row["role"],
        "status": "done" if row["done"] else "open",
        "raw_text": row["raw_text"],
        "cleaned_text": row["cleaned_text"],
        "stt": row["stt"],
        "spoken_at": row["spoken_at"],
        "accepted_at": row["accepted_at"],
        "finished_at": row["finished_at"],
        "heard": row["heard"],
        "result": result_of(row["result"]),
    }


def _tool_call(row: Row) -> dict[str, Any]:
    return {
        "id": str(row["call_id"]),
        "function_name": row["name"],
        "parameters": row["arguments"],
        "status": row["status"],
        "success": CallStatus(row["status"]).success,
        "result": row["result"],
        "error": row["error"],
        "seq": row["seq"],
        "ordinal": row["ordinal"],
        "evidence": row["evidence"],
        "settled_seq": row["settled_seq"],
        "dataset_version": row["dataset_version"],
        "at": row["at"],
    }


def _consent(row: Row) -> dict[str, Any]:
    return {
        "consent_id": str(row["consent_id"]),
        "status": row["status"],
        "function_name": row["call"]["name"],
        "parameters": row["call"]["arguments"],
        "mode": row["mode"],
        "question": row["question"],
        "seq": row["seq"],
        "ordinal": row["ordinal"],
        "held_at": row["held_at"],
    }


def _envelope(session_id: str, row: Row, datasets: Mapping[int, Dataset]) -> Envelope:
    return Envelope(
        n=row["n"],
        type=row["type"],
        session_id=session_id,
        turn_id=row["turn_id"],
        at=row["at"].isoformat(),
        data=_event_data(row, datasets),
    )


def _event_data(row: Row, datasets: Mapping[int, Dataset]) -> dict[str, Any]:
    match row["type"]:
        case EventType.TURN_PROCESSED:
            return dict(result_of(row["result"]) or {})
        case EventType.FUNCTION_CALLED:
            return {
                "function_name": row["name"],
                "parameters": row["arguments"],
                "status": row["status"],
                "result": row["answer"],
                "timestamp": row["called_at"].timestamp(),
                "updated_dataset": datasets.get(row["call_version"]),
                "dataset_version": row["call_version"],
            }
        case EventType.DATASET_UPDATED:
            return {"version": row["version"], "patch": row["patch"]}
        case EventType.REPLY_FINISHED:
            return {**row["data"], "heard": row["heard"]}
        case EventType.CONSENT_REQUIRED | EventType.CONSENT_DECIDED:
            return _consent_data(row)
        case _:
            return dict(row["data"])


def _consent_data(row: Row) -> dict[str, Any]:
    asked = {
        "consent_id": row["data"]["consent_id"],
        "function_name": row["held_call"]["name"],
        "parameters": row["held_call"]["arguments"],
        "mode": row["mode"],
    }
    if row["type"] == EventType.CONSENT_REQUIRED:
        return asked | {"question": row["question"]}
    return asked | {"status": row["data"]["status"], "decided_by": row["data"]["decided_by"], "quote": row["quote"]}
