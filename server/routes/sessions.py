"""Sessions: open, see, close, erase."""

from typing import Annotated
from uuid import UUID, uuid5

from fastapi import APIRouter, Query, Response

from domain.errors import Conflict, InvalidInput
from domain.session import SessionStatus
from server.bodies import IdempotencyKey, JsonOnly
from server.documents import document, session_address
from server.face import Administrator, Converser, FaceDep, Reader, SessionId
from server.paging import SliceDep, wrap_cursor
from server.schemas.fields import Name
from server.schemas.problems import problem_docs
from server.schemas.sessions import CreateSession, Session, SessionPage, SessionState
from sessions.views import session_view

router = APIRouter(prefix="/sessions", tags=["sessions"])

_NAMESPACE = UUID("5b1e6c9a-2f0d-5a77-9f5e-6d3c1f0b8a42")
_COMMON = problem_docs(401, 403, 422, 429, 503)
_ONE = problem_docs(404) | _COMMON


@router.post(
    "",
    status_code=201,
    response_model=Session,
    dependencies=[JsonOnly],
    responses={200: {"model": Session, "description": "It was there."}, **problem_docs(400, 409, 413, 415), **_COMMON},
)
async def create_session(body: CreateSession, caller: Converser, face: FaceDep, key: IdempotencyKey) -> Response:
    """Open a session, or find the one that the same request opened before."""
    try:
        record, created = await face.service.open_session(
            playbook_of(body),
            tenant_id=caller.tenant_id,
            session_id=session_id_for(body.session_id, caller.tenant_id, key),
            call_context=body.call_context,
            customer_profile=body.customer_profile,
            caller_phone=body.caller_phone,
            channel=body.channel,
            prompt_version=body.prompt_version,
        )
    except Conflict as conflict:
        if body.session_id is not None:
            raise
        raise Conflict("This Idempotency-Key has opened another session.", field="Idempotency-Key") from conflict
    where = {"Location": session_address(record.facts.session_id)}
    return document(session_view(record), 201 if created else 200, where)


@router.get("", response_model=SessionPage, responses=_COMMON)
async def list_sessions(
    caller: Reader,
    face: FaceDep,
    part: SliceDep,
    status: SessionStatus | None = None,
    playbook: Annotated[Name | None, Query()] = None,
) -> Response:
    """List sessions, newest first."""
    found = await face.service.list_sessions(
        tenant_id=caller.tenant_id,
        status=status.value if status else None,
        playbook=playbook,
        after=part.opaque,
        limit=part.limit,
    )
    items = [session_view(record) for record in found.items]
    return document({"items": items, "next": wrap_cursor(found.next)})


@router.get("/{session_id}", response_model=SessionState, responses=_ONE)
async def show_session(session_id: SessionId, caller: Reader, face: FaceDep) -> Response:
    """Show a session with what is going on in it."""
    return document(await face.service.get_session_state(session_id, tenant_id=caller.tenant_id))


@router.post("/{session_id}/close", response_model=Session, responses=_ONE)
async def close_session(session_id: SessionId, caller: Converser, face: FaceDep) -> Response:
    """End a session; one that has ended stays as it ended."""
    return document(session_view(await face.service.close_session(session_id, tenant_id=caller.tenant_id)))


@router.delete("/{session_id}", status_code=204, response_class=Response, responses=_ONE)
async def erase_session(session_id: SessionId, caller: Administrator, face: FaceDep) -> Response:
    """Erase a session: transcript, audio, dataset, checkpoints and events."""
    await face.service.erase_session(session_id, tenant_id=caller.tenant_id)
    return Response(status_code=204)


def playbook_of(body: CreateSession) -> str:
    """The playbook, by either of its names. Raises InvalidInput for none, and for two that differ."""
    name = body.playbook or body.agent_id
    if name is None:
        raise InvalidInput("playbook is needed.", field="playbook")
    if body.agent_id not in (None, name):
        raise InvalidInput("playbook and agent_id differ; send one of them.", field="agent_id")
    return name


def session_id_for(chosen: UUID | None, tenant_id: str, key: str | None) -> str | None:
    """The client's own id, or one that its Idempotency-Key stands for; None to have one made."""
    if chosen is not None:
        return str(chosen)
    return None if key is None else str(uuid5(_NAMESPACE, f"{tenant_id}/{key}"))
