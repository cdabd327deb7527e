"""Replays on Postgres: the call as it was, and what the fork made of it."""

from typing import Any, LiteralString

import psycopg

from domain.conversation import Role
from domain.errors import NotFound
from ports.database import Database, personal
from ports.replays import (
    NewReplay,
    RecordedCall,
    RecordedTurn,
    Recording,
    ReplayedTurn,
    ReplayRecord,
    ReplayStatus,
)
from providers.postgres.ledger_rows import ledger_row
from providers.postgres.queries import load_queries
from providers.postgres.rows import Row, as_json, facts_of, recorded_of, result_of

CONSENT = ("consent_id", "mode", "question", "decided_by", "decided_after", "held_at")


class PostgresReplays:
    """Replays on their way."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queries = load_queries("replays")
        self._sessions = load_queries("sessions")

    async def recording(self, tenant_id: str, session_id: str) -> Recording | None:
        """Read a call as it was; None when there is no such session."""
        params = {"session_id": session_id}
        sessions = await self._database.run(tenant_id, self._sessions["load"], params, retry=True)
        if not sessions:
            return None
        turns, calls, patches = [
            await self._database.run(tenant_id, self._queries[name], params, retry=True)
            for name in ("turns", "calls", "patches")
        ]
        return Recording(
            facts=facts_of(sessions[0]),
            first_dataset=sessions[0]["first_dataset"],
            patches=[row["patch"] for row in patches],
            turns=[_turn(row) for row in turns],
            calls=[_call(row) for row in calls],
        )

    async def create(self, new: NewReplay, *, queue: bool) -> ReplayRecord:
        """Keep a replay, with its job if `queue`; one that is there already is returned as it is."""
        try:
            await self._database.run(new.tenant_id, self._queries["create"], {**vars(new), "queue": queue}, retry=True)
        except psycopg.errors.ForeignKeyViolation as error:
            raise NotFound("There is no such session.", field="session_id") from error
        record = await self.load(new.tenant_id, new.replay_id)
        if record is None:
            raise NotFound("The session was erased.", field="session_id")
        return record

    async def load(self, tenant_id: str, replay_id: str) -> ReplayRecord | None:
        """Read a replay with its differences so far."""
        rows = await self._run(tenant_id, "load", {"replay_id": replay_id})
        return _record(rows[0]) if rows else None

    async def answers(self, tenant_id: str, replay_id: str) -> dict[str, Any]:
        """What models answered in this replay, by the digest of the question."""
        rows = await self._run(tenant_id, "answers", {"replay_id": replay_id})
        return {question: answer for row in rows for question, answer in row["answers"].items()}

    async def keep_answer(
        self, tenant_id: str, replay_id: str, seq: int, turn_id: str, question: str, answer: dict[str, Any]
    ) -> None:
        """Keep what a model answered in a turn of the fork; nothing when the replay was erased."""
        kept = as_json({question: personal(answer)})
        params = {"replay_id": replay_id, "seq": seq, "turn_id": turn_id, "answer": kept}
        await self._run(tenant_id, "keep_answer", params)

    async def keep_turn(self, tenant_id: str, replay_id: str, turn: ReplayedTurn) -> None:
        """Commit a turn of the fork with its calls (NotFound when the replay was erased)."""
        made = [outcome["call"] for outcome in turn.outcomes]
        params = {
            "replay_id": replay_id,
            "seq": turn.seq,
            "turn_id": turn.turn_id,
            "difference": as_json(personal(turn.difference)),
            "dataset_version": turn.dataset_version,
            "calls": as_json([ledger_row(outcome, turn.effects) for outcome in turn.outcomes]),
            "ordinals": [call["ordinal"] for call in made if call["seq"] == turn.seq],
        }
        if not await self._run(tenant_id, "keep_turn", params):
            raise NotFound("The session was erased while it was replayed.")

    async def set_status(self, tenant_id: str, replay_id: str, status: ReplayStatus, fault: str | None) -> None:
        """Say where a replay stands."""
        await self._run(tenant_id, "set_status", {"replay_id": replay_id, "status": status.value, "fault": fault})

    async def _run(self, tenant_id: str, query: str, params: dict[str, Any]) -> list[dict[str, Any]]:
        statement: LiteralString = self._queries[query]
        return await self._database.run(tenant_id, statement, params, retry=True)


def _turn(row: Row) -> RecordedTurn:
    result = result_of(row["result"])
    assert result is not None  # the query reads turns that are done
    return RecordedTurn(
        seq=row["seq"],
        turn_id=row["turn_id"],
        role=Role(row["role"]),
        speaker=row["speaker"],
        accepted_at=row["accepted_at"],
        raw_text=row["raw_text"] or "",
        alternatives=row["alternatives"],
        cleaned_text=row["cleaned_text"] or "",
        stt=row["stt"],
        answers=row["answers"],
        result=result,
        heard=row["heard"],
    )


def _call(row: Row) -> RecordedCall:
    outcome = recorded_of(row)
    outcome["change"], outcome["ends"] = row["change"], row["ends"]
    gated = row["consent_id"] is not None
    consent = {name: row[name] for name in CONSENT} | {"consent_id": str(row["consent_id"])} if gated else None
    return RecordedCall(outcome, row["effect"], row["settled_seq"], row["dataset_version"], consent)


def _record(row: Row) -> ReplayRecord:
    asked = NewReplay(
        tenant_id=row["tenant_id"],
        replay_id=str(row["replay_id"]),
        session_id=str(row["session_id"]),
        from_seq=row["from_seq"],
        model=row["model"],
        prompt_version=row["prompt_version"],
    )
    return ReplayRecord(
        asked=asked,
        status=ReplayStatus(row["status"]),
        fault=row["fault"],
        turns=row["turns"],
        created_at=row["created_at"],
        finished_at=row["finished_at"],
        differences=row["differences"],
    )
