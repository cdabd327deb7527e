"""Keys for tokens, and tokens for tokens."""

from fastapi import APIRouter, Response
from starlette.requests import Request

from domain.errors import Unauthenticated
from server.bodies import JsonOnly
from server.documents import document
from server.face import FaceDep, Reader
from server.schemas.access import Token, TokenRequest
from server.schemas.problems import problem_docs
from server.security.credentials import TOKEN_LIFETIME, bearer_of
from server.security.roles import Caller

router = APIRouter(prefix="/auth", tags=["auth"])


@router.post(
    "/token", response_model=Token, dependencies=[JsonOnly], responses=problem_docs(400, 401, 415, 422, 429, 503)
)
async def exchange_key(body: TokenRequest, face: FaceDep) -> Response:
    """Turn an API key into a token, for a client that should not hold the key."""
    caller = await face.credentials.keys.read(body.api_key.get_secret_value())
    return _answer(caller, face.credentials.signer.make(caller, lifetime=TOKEN_LIFETIME))


@router.post("/refresh", response_model=Token, responses=problem_docs(401, 429, 503))
async def refresh_token(request: Request, _: Reader, face: FaceDep) -> Response:
    """Make the token that follows the one this request carries."""
    secret = bearer_of(request.headers.get("authorization"))
    if secret is None:
        raise Unauthenticated("Send the token that is to be followed.")
    return _answer(*await face.credentials.refresh(secret))


def _answer(caller: Caller, token: str) -> Response:
    return document(
        {
            "access_token": token,
            "token_type": "bearer",
            "expires_in": int(TOKEN_LIFETIME.total_seconds()),
            "tenant_id": caller.tenant_id,
            "role": caller.role.value,
        }
    )
