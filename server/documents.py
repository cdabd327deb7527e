"""Answers as JSON bytes: what the service says, rendered once."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import orjson
from starlette.responses import Response

from domain.turn import TurnResult
from ports.records import Page, SessionRecord, TurnReceipt

_OPTIONS = orjson.OPT_UTC_Z


def render(content: Any) -> bytes:
    """Write JSON; times as RFC 3339 in UTC."""
    return orjson.dumps(content, option=_OPTIONS)


def document(content: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with a JSON document."""
    return Response(render(content), status, headers, "application/json")


def page(found: Page) -> Response:
    """Answer with a list and where it goes on."""
    return document({"items": found.items, "next": found.next})


def session_document(record: SessionRecord) -> dict[str, Any]:
    """Show a session."""
    facts = record.facts
    return {
        "session_id": facts.session_id,
        "tenant_id": facts.tenant_id,
        "playbook": facts.playbook,
        "channel": facts.channel,
        "status": record.status.value,
        "caller_phone": facts.caller_phone,
        "call_context": facts.call_context,
        "customer_profile": record.profile,
        "created_at": facts.created_at,
        "last_activity": record.last_activity,
        "closed_at": record.closed_at,
        "totals": {"turns": record.turns, "tool_calls": record.tool_calls, "events": record.last_event},
        "dataset_version": record.dataset_version,
        "dataset": record.dataset,
    }


def state_document(state: Mapping[str, Any]) -> dict[str, Any]:
    """Show a session with what is going on in it."""
    return session_document(state["record"]) | {
        "active_agent": state["active_agent"],
        "recent_turns": [_recent_turn(turn) for turn in state["recent_turns"]],
        "held_consents": state["held_consents"],
    }


def turn_answer(session_id: str, turn: TurnResult | TurnReceipt) -> Response:
    """Answer with a turn's result, or with 202 while it is open."""
    if not isinstance(turn, TurnReceipt):
        return document(turn)
    if turn.result is not None:
        return document(turn.result)
    receipt = {"session_id": session_id, "turn_id": turn.turn_id, "seq": turn.seq, "status": "open"}
    return document(receipt, 202, {"Location": turn_address(session_id, turn.turn_id), "Retry-After": "1"})


def session_address(session_id: str) -> str:
    """Where a session can be read."""
    return f"/sessions/{session_id}"


def turn_address(session_id: str, turn_id: str) -> str:
    """Where a turn can be read."""
    return f"/sessions/{session_id}/turns/{quote(turn_id, safe='')}"


def _recent_turn(turn: Mapping[str, Any]) -> dict[str, Any]:
    text = turn["raw_text"] if turn["cleaned_text"] is None else turn["cleaned_text"]
    return {"seq": turn["seq"], "role": turn["role"], "speaker": turn["speaker"], "text": text or ""}
