"""Answers as JSON bytes: what the service says, rendered once."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import orjson
from starlette.responses import Response
from structlog.contextvars import bind_contextvars

from domain.turn import TurnResult
from ports.records import Page, TurnReceipt

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


def turn_answer(session_id: str, turn: TurnResult | TurnReceipt) -> Response:
    """Answer with a turn's result, or with 202 while it is open; either way the logs name the turn."""
    bind_contextvars(turn_id=turn.turn_id if isinstance(turn, TurnReceipt) else turn["turn_id"])
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
