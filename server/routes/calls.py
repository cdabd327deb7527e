"""Telephone calls: place one, see where it stands."""

from typing import Any

from fastapi import APIRouter, Response

from domain.errors import Unavailable
from ports.calls import CallRecord
from server.bodies import IdempotencyKey, JsonOnly
from server.documents import document
from server.face import Face, FaceDep, Operator, Reader
from server.schemas.calls import Call, PlaceCall
from server.schemas.fields import Uuid
from server.schemas.problems import problem_docs
from sessions.outbound import Outbound, WantedCall

router = APIRouter(prefix="/calls", tags=["calls"])

_COMMON = problem_docs(401, 403, 422, 429, 503)


@router.post(
    "",
    status_code=201,
    response_model=Call,
    dependencies=[JsonOnly],
    responses={
        200: {"model": Call, "description": "It was placed before."},
        **problem_docs(400, 409, 413, 415),
        **_COMMON,
    },
)
async def place_call(body: PlaceCall, caller: Operator, face: FaceDep, key: IdempotencyKey) -> Response:
    """Place a call, once: the same key returns the same call; one whose fate is unknown is only looked for."""
    wanted = WantedCall(
        playbook=body.playbook,
        to=body.to,
        caller_id=body.from_,
        call_context=body.call_context,
        customer_profile=body.customer_profile,
        key=key,
    )
    record, first = await _outbound(face).place(caller.tenant_id, wanted)
    return document(call_view(record), 201 if first else 200, {"Location": f"/calls/{record.session_id}"})


@router.get("/{call_id}", response_model=Call, responses=problem_docs(404) | _COMMON)
async def show_call(call_id: Uuid, caller: Reader, face: FaceDep) -> Response:
    """Say where a call stands, whichever side has called."""
    return document(call_view(await _outbound(face).show(caller.tenant_id, str(call_id))))


def call_view(record: CallRecord) -> dict[str, Any]:
    """Show a call as it stands."""
    return {
        "call_id": record.session_id,
        "session_id": record.session_id,
        "playbook": record.playbook,
        "direction": "outbound" if record.outbound else "inbound",
        "state": record.state,
        "answered_by": record.answered_by,
        "seconds": None if record.lasted is None else round(record.lasted.total_seconds()),
        "carrier_call_id": record.call_id if record.placed else None,
        "to": record.called,
        "from": record.caller,
        "opened_at": record.opened_at,
        "session_status": record.session_status,
    }


def _outbound(face: Face) -> Outbound:
    if face.outbound is None:
        raise Unavailable("This server knows no telephone calls.")
    return face.outbound
