"""Events of a session, as server-sent events and over a WebSocket."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response
from starlette.websockets import WebSocket

from domain.errors import InvalidInput, ParleyError, RequestError
from domain.event import Envelope
from domain.session import SessionStatus
from server.face import FaceDep, Reader, SessionId, face_of, session_id_in_path
from server.problems import problem_response
from server.schemas.problems import problem_docs
from server.security.roles import Caller, Right
from server.streaming.socket import EventSocket
from server.streaming.sse import EventStream, error_frame, frame, with_keep_alive
from server.streaming.tasks import owned

router = APIRouter(prefix="/sessions/{session_id}/events", tags=["events"])

After = Annotated[int, Query(ge=0, lt=2**62, description="The last event number you have.")]
LastEventId = Annotated[str | None, Header(alias="Last-Event-ID", description="Wins over `after`.")]
_EXAMPLE = 'id: 12\nevent: session_closed\ndata: {"n":12,"type":"session_closed"}\n\n'


@router.get(
    "",
    status_code=200,
    response_class=EventStream,
    responses={
        200: {
            "description": "Past events, then those to come, until session_closed.",
            "content": {"text/event-stream": {"schema": {"type": "string"}, "example": _EXAMPLE}},
        },
        204: {"description": "The session has ended and you have all of its events."},
        **problem_docs(401, 403, 404, 422, 429, 503),
    },
)
async def stream_events(
    session_id: SessionId, caller: Reader, face: FaceDep, after: After = 0, last_event_id: LastEventId = None
) -> Response:
    """Follow a session from a number on."""
    start = after if last_event_id is None else read_number(last_event_id, "Last-Event-ID")
    state = await face.service.get_session_state(session_id, tenant_id=caller.tenant_id)
    check_reached(state, start, "after" if last_event_id is None else "Last-Event-ID")
    if has_ended(state, start):
        return Response(status_code=204)
    events = face.service.events(session_id, after=start, tenant_id=caller.tenant_id)
    frames = with_keep_alive(event_frames(events), face.patience.keep_alive, face.stopping)
    return EventStream(frames, slow_reader=face.patience.slow_reader)


@router.websocket("")
async def follow_events(websocket: WebSocket) -> None:
    """Follow a session over a WebSocket."""
    face = face_of(websocket)
    caller: Caller | None = websocket.scope["state"].get("caller")
    try:
        session_id = await session_id_in_path(websocket.path_params["session_id"])
        after = read_number(websocket.query_params.get("after", "0"), "after")
        if caller is not None:
            caller.require(Right.READ)
            state = await face.service.get_session_state(session_id, tenant_id=caller.tenant_id)
            check_reached(state, after, "after")
    except RequestError as error:
        await problem_response(error)(websocket.scope, websocket.receive, websocket.send)
        return
    await websocket.accept()
    with face.metrics.websockets.labels("/sessions/{session_id}/events").track_inprogress():
        await EventSocket(websocket, face, session_id, after, caller).serve()


def read_number(text: str, field: str) -> int:
    """Read an event number. Raises InvalidInput."""
    if text.isascii() and text.isdigit() and len(text) < 19:
        return int(text)
    raise InvalidInput("The number of an event, as it came in `id` or `n`.", field=field)


def check_reached(state: Mapping[str, Any], after: int, field: str) -> None:
    """Raise InvalidInput for a number that the session has not reached: its reader would miss events."""
    last: int = state["totals"]["events"]
    if after > last:
        raise InvalidInput(
            f"The newest event of this session is {last}; ask for events after {last} or less.", field=field
        )


def has_ended(state: Mapping[str, Any], after: int) -> bool:
    """True when a session is over and a reader that has `after` has all of it."""
    last: int = state["totals"]["events"]
    return state["status"] != SessionStatus.ACTIVE and last <= after


async def event_frames(events: AsyncIterator[Envelope]) -> AsyncGenerator[bytes]:
    """Write a session's events as frames; a foreseen error is the last of them."""
    async with owned(events) as following:
        try:
            async for event in following:
                yield frame(event["type"], event, event["n"])
        except ParleyError as error:
            yield error_frame(error)
