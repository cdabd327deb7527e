"""What a run keeps: one round trip a method, each one transaction."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from domain.errors import Conflict, NotFound
from domain.session import SessionFacts
from domain.tool_call import Outcome, PlannedCall
from domain.turn import TurnResult
from ports.database import Database, personal
from ports.records import Learnt, NewSession, NewTurn, OpenTurn, TurnReceipt, Verdict, Words
from providers.postgres.consent_entries import consent_entry
from providers.postgres.inbox import PostgresInbox
from providers.postgres.ledger_rows import ledger_row
from providers.postgres.queries import load_queries
from providers.postgres.rows import as_json, as_ordered_json
from providers.postgres.session_rows import insert_session
from providers.postgres.written import run_with

PROPOSED = frozenset({"id", "seq", "ordinal", "name", "arguments", "evidence"})
"""What a planned call is made of before anything was decided about it."""

QUOTES = frozenset({"raw_text", "cleaned_text", "function_calls", "reply"})
"""The keys of a result that quote the caller."""


class PostgresTurnStore:
    """Turns from the inbox to the transcript."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._inbox = PostgresInbox(database)
        self._queries = load_queries("turns")
        self._learnt = load_queries("learnt")

    async def keep_passthrough(self, facts: SessionFacts, turn: NewTurn, result: TurnResult) -> TurnReceipt:
        """Give an agent's words their number, row and event in one transaction."""
        params = {"result": as_json(_result(result))}
        return await self._inbox.insert("passthrough", facts.tenant_id, facts.session_id, turn, params)

    async def adopt_turn(self, new: NewSession, turn: NewTurn, *, owner: str, lease: timedelta) -> OpenTurn:
        """Open the session if need be, accept the turn and claim it."""
        tenant_id, session_id = new.facts.tenant_id, new.facts.session_id
        await insert_session(self._database, new)
        receipt = await self._inbox.accept(tenant_id, session_id, turn)
        opened = await self._inbox.claim(tenant_id, session_id, owner=owner, lease=lease)
        if opened is None:
            opened = await self._inbox.claim_audio(tenant_id, session_id, receipt.seq)
        if opened is None or opened.seq != receipt.seq:
            await self._inbox.release(tenant_id, session_id, owner=owner)
            raise Conflict("Another run holds this session, or has to come first; try again when it has ended.")
        return opened

    async def keep_words(self, tenant_id: str, session_id: str, seq: int, words: Words) -> None:
        """Keep the transcript and let the audio go."""
        params = {"session_id": session_id, "seq": seq, **_words(words)}
        await self._database.run(tenant_id, self._queries["keep_words"], params, retry=True)

    async def keep_plan(
        self, tenant_id: str, session_id: str, seq: int, words: Words, plan: list[PlannedCall]
    ) -> list[PlannedCall]:
        """Store the plan unless one is stored; return the stored one."""
        params = {"session_id": session_id, "seq": seq, **_words(words), "plan": as_json(personal(plan))}
        rows = await self._database.run(tenant_id, self._queries["keep_plan"], params, retry=True)
        if not rows:
            raise NotFound("The session was erased while its turn ran.")
        stored: list[PlannedCall] = rows[0]["plan"]
        return stored

    async def keep_learnt(self, tenant_id: str, session_id: str, learnt: Learnt) -> bool:
        """Commit calls, verdicts, dataset and events as one; False when nothing was written."""
        params = {
            "session_id": session_id,
            "seq": learnt.seq,
            "settled_seq": learnt.settled_seq,
            "turn_id": learnt.turn_id,
            "dataset": as_ordered_json(personal(learnt.dataset)),
            "from_version": learnt.from_version,
            "version": learnt.version,
            "told": len(learnt.events),
            "calls": as_json([ledger_row(outcome, learnt.effects) for outcome in learnt.outcomes]),
            "verdicts": as_json([_verdict_row(verdict) for verdict in learnt.verdicts]),
            "entries": as_json([consent_entry(verdict) for verdict in learnt.verdicts]),
            "posts": as_json([row for outcome in learnt.outcomes for row in _posts(session_id, outcome)]),
            "ended": [call_id for outcome in learnt.outcomes for call_id in outcome.get("ends", [])],
            "patch": as_json(personal(learnt.patch)),
            "provenance": as_json(personal(learnt.provenance)),
            "events": as_json(learnt.events),
        }
        if learnt.statements:
            return await run_with(self._database, tenant_id, self._learnt["keep_learnt"], params, learnt.statements)
        return bool(await self._database.run(tenant_id, self._learnt["keep_learnt"], params))

    async def finish_turn(self, tenant_id: str, session_id: str, result: TurnResult, *, owner: str | None) -> None:
        """Commit the result and its event, once, and put the pen down."""
        params = {
            "session_id": session_id,
            "seq": result["seq"],
            "turn_id": result["turn_id"],
            "result": as_json(_result(result)),
            "raw_text": personal(result["raw_text"]),
            "cleaned_text": personal(result["cleaned_text"]),
            "stt": as_json(result.get("stt")),
            "owner": owner,
        }
        await self._database.run(tenant_id, self._queries["finish"], params, retry=True)

    async def earlier_texts(self, tenant_id: str, session_id: str, before_seq: int) -> list[str]:
        """Everything said before a turn, raw and cleaned, and what of the replies was heard."""
        params = {"session_id": session_id, "before_seq": before_seq}
        rows = await self._database.run(tenant_id, self._queries["earlier_texts"], params, retry=True)
        return [" ".join(filter(None, (row["raw_text"], row["cleaned_text"], row["reply"]))) for row in rows]

    async def keep_answer(
        self, tenant_id: str, session_id: str, seq: int, question: str, answer: dict[str, Any]
    ) -> None:
        """Keep what a model answered, by the digest of its question."""
        params = {"session_id": session_id, "seq": seq, "answer": as_json({question: personal(answer)})}
        await self._database.run(tenant_id, self._queries["keep_answer"], params, retry=True)


def _result(result: TurnResult) -> dict[str, Any]:
    """A result whose own keys stay readable, for SQL adds to them, and whose words are personal."""
    return {key: personal(value) if key in QUOTES else value for key, value in result.items()}


def _words(words: Words) -> dict[str, Any]:
    return {
        "raw_text": personal(words.raw_text),
        "alternatives": as_json([personal(text) for text in words.alternatives]),
        "stt": None if words.stt is None else as_json(words.stt),
        "cleaned_text": personal(words.cleaned_text),
        "served": as_json(words.served),
    }


def _posts(session_id: str, outcome: Outcome) -> Iterator[dict[str, Any]]:
    """What a call sends to the outside, each under the call's key and its kind."""
    call = outcome["call"]
    for post in outcome.get("posts", []):
        key = f"{session_id}/{call['seq']}/{call['ordinal']}//{post['kind']}"
        lane = post.get("lane") or f"{session_id}/{post['kind']}"
        yield {
            "entry_key": key,
            "kind": post["kind"],
            "lane": lane,
            "payload": personal(post["payload"]),
            "supersedes": post.get("supersedes", False),
        }


def _verdict_row(verdict: Verdict) -> dict[str, Any]:
    return {
        "consent_id": verdict.consent_id,
        "seq": verdict.call["seq"],
        "ordinal": verdict.call["ordinal"],
        "call": personal(_without_status(verdict.call)),
        "mode": verdict.mode,
        "question": personal(verdict.question),
        "status": verdict.status,
        "quote": personal(verdict.quote),
        "decided_by": verdict.decided_by or None,
    }


def _without_status(call: PlannedCall) -> dict[str, Any]:
    """A held call is kept as it was proposed: its decision stands beside it."""
    return {key: value for key, value in call.items() if key in PROPOSED}
