"""API keys of the caller's own tenant."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from domain.errors import Conflict, NotFound
from ports.records import ApiKey
from server.bodies import IdempotencyKey, JsonOnly
from server.documents import document
from server.face import Administrator, Face, FaceDep
from server.schemas.access import CreateApiKey, NewApiKey
from server.schemas.problems import problem_docs
from server.security.keys import build_key

router = APIRouter(prefix="/api-keys", tags=["auth"])

_COMMON = problem_docs(401, 403, 422, 429, 503)
KeyId = Annotated[str, Path(pattern=r"^[a-z2-7]{1,32}$")]


@router.post(
    "",
    status_code=201,
    response_model=NewApiKey,
    dependencies=[JsonOnly],
    responses={
        200: {"model": NewApiKey, "description": "The same Idempotency-Key made it before."},
        **problem_docs(400, 409, 415),
        **_COMMON,
    },
)
async def create_key(body: CreateApiKey, caller: Administrator, face: FaceDep, key: IdempotencyKey) -> Response:
    """Make a key. It is shown this once, or again to the same Idempotency-Key."""
    seed = None if key is None else face.credentials.signer.derive(f"api-key/{caller.tenant_id}/{key}")
    made = build_key(caller.tenant_id, body.role, seed)
    is_new = await face.keys.add(made.kept)
    if not is_new:
        await _check_same(made.kept, face)
    answer = {
        "key_id": made.kept.key_id,
        "api_key": made.text,
        "tenant_id": caller.tenant_id,
        "role": body.role.value,
    }
    return document(answer, 201 if is_new else 200)


@router.delete("/{key_id}", status_code=204, response_class=Response, responses={**problem_docs(404), **_COMMON})
async def revoke_key(key_id: KeyId, caller: Administrator, face: FaceDep) -> Response:
    """Revoke a key; tokens made from it cannot be refreshed any more."""
    if not await face.keys.revoke(caller.tenant_id, key_id):
        raise NotFound("There is no such key.")
    face.credentials.keys.forget()
    return Response(status_code=204)


async def _check_same(key: ApiKey, face: Face) -> None:
    """Raise Conflict unless the key that has this id is live and of the same role."""
    there = await face.keys.find(key.tenant_id, key.key_id)
    if there is None:
        raise Conflict("The key that this Idempotency-Key has made is revoked.", field="Idempotency-Key")
    if there.role != key.role:
        raise Conflict("This Idempotency-Key has made a key of another role.", field="Idempotency-Key")
