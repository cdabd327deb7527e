"""Held calls, decided by a person."""

from fastapi import APIRouter, Response

from server.bodies import JsonOnly
from server.documents import document
from server.face import FaceDep, Operator, SessionId
from server.schemas.consents import ConsentDecision, DecideConsent
from server.schemas.fields import Uuid
from server.schemas.problems import problem_docs

router = APIRouter(prefix="/sessions/{session_id}/consents", tags=["consents"])


@router.post(
    "/{consent_id}",
    response_model=ConsentDecision,
    dependencies=[JsonOnly],
    responses=problem_docs(400, 401, 403, 404, 409, 415, 422, 429, 503),
)
async def decide_consent(
    session_id: SessionId, consent_id: Uuid, body: DecideConsent, caller: Operator, face: FaceDep
) -> Response:
    """Grant or refuse a held call; the same decision again returns the same answer."""
    answer = await face.service.decide_consent(
        session_id, str(consent_id), body.decision, body.by, tenant_id=caller.tenant_id
    )
    return document(answer)
