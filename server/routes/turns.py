"""Turns: send one, watch it being worked on, read the transcript."""

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Response

from domain.errors import ParleyError
from server.bodies import SentTurn, read_turn
from server.documents import page, turn_answer
from server.face import Converser, FaceDep, Reader, SessionId
from server.paging import SliceDep
from server.routes.turn_docs import TURN_BODY, TURN_RESPONSES
from server.schemas.fields import ClientKey
from server.schemas.problems import problem_docs
from server.schemas.turns import TurnPage, TurnReceipt, TurnResult
from server.streaming.sse import EventStream, error_frame, frame, with_keep_alive
from server.streaming.tasks import owned

router = APIRouter(prefix="/sessions/{session_id}/turns", tags=["turns"])

Accept = Annotated[str, Header(description="text/event-stream to watch the turn being worked on.")]
TurnId = Annotated[ClientKey, Path()]
_READ = problem_docs(401, 403, 404, 422, 429, 503)


@router.post("", response_model=TurnResult, responses=TURN_RESPONSES, openapi_extra=TURN_BODY)
async def post_turn(
    session_id: SessionId,
    caller: Converser,
    face: FaceDep,
    turn: Annotated[SentTurn, Depends(read_turn)],
    accept: Accept = "application/json",
) -> Response:
    """Send one utterance of either side, as words or as sound."""
    if "text/event-stream" in accept.lower():
        updates = face.service.stream_turn(session_id, tenant_id=caller.tenant_id, wait=face.patience.turn, **turn)
        first = await anext(updates)
        frames = with_keep_alive(update_frames(first, updates), face.patience.keep_alive, face.stopping)
        return EventStream(frames, slow_reader=face.patience.slow_reader)
    result = await face.service.process_turn(session_id, tenant_id=caller.tenant_id, wait=face.patience.turn, **turn)
    return turn_answer(session_id, result)


@router.get("", response_model=TurnPage, responses=_READ)
async def list_turns(session_id: SessionId, caller: Reader, face: FaceDep, part: SliceDep) -> Response:
    """Read the transcript, in order."""
    found = await face.service.list_turns(session_id, tenant_id=caller.tenant_id, after=part.numbered, limit=part.limit)
    return page(found)


@router.get(
    "/{turn_id:path}",
    response_model=TurnResult,
    responses={202: {"model": TurnReceipt, "description": "It is being worked on."}, **_READ},
)
async def show_turn(session_id: SessionId, turn_id: TurnId, caller: Reader, face: FaceDep) -> Response:
    """Show what came of a turn."""
    return turn_answer(session_id, await face.service.get_turn(session_id, turn_id, tenant_id=caller.tenant_id))


async def update_frames(first: dict[str, Any], rest: AsyncIterator[dict[str, Any]]) -> AsyncGenerator[bytes]:
    """Write a turn's updates as frames; a foreseen error is the last of them."""
    async with owned(rest) as following:
        try:
            yield frame(first["event"], first["data"])
            async for update in following:
                yield frame(update["event"], update["data"])
        except ParleyError as error:
            yield error_frame(error)
