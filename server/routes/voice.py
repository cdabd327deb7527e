"""Calls from browsers and apps, over a WebSocket."""

import asyncio
from typing import Any
from uuid import uuid4

import structlog
from fastapi import APIRouter
from starlette.websockets import WebSocket, WebSocketDisconnect

from domain.errors import InvalidInput, ParleyError, Unauthenticated, Unavailable
from domain.sound import LineSound
from ports.telephony import LineStart
from server.call.desk import CallDesk
from server.documents import render
from server.face import Face, face_of
from server.problems import problem_of, problem_response
from server.schemas.voice import VoiceStart
from server.security.roles import Caller, Right
from server.streaming.voice_line import VoiceLine, read_voice_message

router = APIRouter(prefix="/voice", tags=["voice"])

log = structlog.get_logger("server")


@router.websocket("/stream")
async def talk(websocket: WebSocket) -> None:
    """Talk with a session: sound goes both ways."""
    face = face_of(websocket)
    try:
        desk = _desk(face, websocket.query_params.get("session_id"))
    except Unavailable as refusal:
        await problem_response(refusal)(websocket.scope, websocket.receive, websocket.send)
        return
    await websocket.accept()
    with face.metrics.websockets.labels("/voice/stream").track_inprogress():
        try:
            await _lead(websocket, face, desk)
        except (WebSocketDisconnect, RuntimeError):
            log.info("client_left")


async def _lead(websocket: WebSocket, face: Face, desk: CallDesk) -> None:
    """Lead the call, or say why it cannot be led."""
    try:
        start = await _started(websocket, face)
        await _send(websocket, {"event": "started", "session_id": start.session_id})
        line = VoiceLine(websocket, start)
        await desk.take(line)
        await websocket.close(line.close_code)
    except ParleyError as error:
        await _send(websocket, {"event": "error", "data": problem_of(error).model_dump(exclude_none=True)})
        await websocket.close(1008)


def _desk(face: Face, session_id: str | None) -> CallDesk:
    """Find who takes the call, which may come back to a session. Raises Unavailable when nobody can."""
    if face.desk is None:
        raise Unavailable("This server takes no calls: it has no voice.")
    face.desk.require_line(session_id)
    return face.desk


async def _started(websocket: WebSocket, face: Face) -> LineStart:
    """Read the first message, check who it is, and open the session if it is a new one."""
    try:
        async with asyncio.timeout(face.patience.first_message.total_seconds()):
            first = read_voice_message(await websocket.receive())
    except TimeoutError as error:
        raise Unauthenticated("No start message came in time.") from error
    if not isinstance(first, VoiceStart):
        raise InvalidInput('The first message is {"event": "start", ...}.', field="event")
    caller = await _caller(websocket, face, first)
    caller.require(Right.CONVERSE)
    session_id, resumed = await _session(face, caller, first)
    return LineStart(
        tenant_id=caller.tenant_id,
        session_id=session_id,
        call_id=session_id,
        stream_id=f"web-{uuid4()}",
        sound=LineSound.PCM16_16K,
        resumed=resumed,
    )


async def _caller(websocket: WebSocket, face: Face, first: VoiceStart) -> Caller:
    if first.token is not None:
        caller = await face.credentials.check(first.token.get_secret_value())
        face.limiter.count(caller, "")
        return caller
    known: Caller | None = websocket.scope["state"].get("caller")
    if known is None:
        raise Unauthenticated("Send a credential: an Authorization header, or `token` in the start message.")
    return known


async def _session(face: Face, caller: Caller, first: VoiceStart) -> tuple[str, bool]:
    """Find the session, in which somebody has spoken if the line is resumed, or open a new one."""
    if first.playbook is None:
        if first.session_id is None:
            raise InvalidInput("Name a session_id, or the playbook of a new session.", field="playbook")
        state = await face.service.get_session_state(str(first.session_id), tenant_id=caller.tenant_id)
        return str(first.session_id), state["totals"]["turns"] > 0
    record, created = await face.service.open_session(
        first.playbook,
        tenant_id=caller.tenant_id,
        session_id=None if first.session_id is None else str(first.session_id),
        call_context=first.call_context,
        customer_profile=None,
        caller_phone=None,
        channel="voice",
        in_writing=False,
    )
    return record.facts.session_id, not created and record.turns > 0


async def _send(websocket: WebSocket, message: dict[str, Any]) -> None:
    await websocket.send_text(render(message).decode())
