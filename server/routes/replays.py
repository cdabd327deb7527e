"""A recorded call, run again in a fork."""

from fastapi import APIRouter, Response

from server.bodies import IdempotencyKey, JsonOnly
from server.documents import document
from server.face import FaceDep, Operator, Reader, SessionId
from server.schemas.fields import Uuid
from server.schemas.problems import problem_docs
from server.schemas.replays import AskReplay, Replay

router = APIRouter(tags=["replays"])


@router.post(
    "/sessions/{session_id}/replay",
    status_code=202,
    response_model=Replay,
    dependencies=[JsonOnly],
    responses=problem_docs(400, 401, 403, 404, 409, 415, 422, 429, 503),
)
async def replay_session(
    session_id: SessionId, body: AskReplay, caller: Operator, face: FaceDep, key: IdempotencyKey
) -> Response:
    """Run the recorded call again, under the same model and prompts or others; nothing of it is done again."""
    shown = await face.service.replay_session(
        session_id,
        tenant_id=caller.tenant_id,
        from_turn=body.from_turn,
        model=body.model,
        prompt_version=body.prompt_version,
        key=key,
    )
    return document(shown, status=202)


@router.get("/replays/{replay_id}", response_model=Replay, responses=problem_docs(401, 403, 404, 422, 429, 503))
async def get_replay(replay_id: Uuid, caller: Reader, face: FaceDep) -> Response:
    """A replay with the differences so far, turn by turn."""
    return document(await face.service.get_replay(str(replay_id), tenant_id=caller.tenant_id))
