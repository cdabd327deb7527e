"""The application: routes, and what every request passes on its way to them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.types import Lifespan

from server.face import Face, State
from server.middleware.body_limit import BodyLimit
from server.middleware.gate import UNCOUNTED, Gate
from server.middleware.head_check import HeadCheck
from server.middleware.last_resort import LastResort
from server.middleware.local_only import LocalOnly
from server.middleware.observe import Observe
from server.problems import add_problem_handlers, answer_unknown_path
from server.routes import auth, calls, consents, docs, events, keys, operations, record, replays, sessions, turns, voice

ROUTERS = (
    sessions.router,
    turns.router,
    record.router,
    events.router,
    consents.router,
    replays.router,
    voice.router,
    calls.router,
    auth.router,
    keys.router,
    operations.router,
    docs.router,
)


Application = FastAPI


@dataclass(frozen=True)
class Mounted:
    """Routes from elsewhere; paths under `guarded` check their callers by a signature of their own."""

    routers: Sequence[APIRouter] = ()
    guarded: Sequence[str] = ()


def create_app(face: Face, *, cors_origins: Sequence[str] = (), mounted: Mounted = Mounted()) -> FastAPI:
    """Put the application together around a face that is built and running."""
    app = FastAPI(
        title="Parley",
        version=face.version,
        description="The durable turn engine behind phone agents. What you may rely on: docs/contract.md.",
        openapi_tags=docs.TAGS,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=build_middleware(face, cors_origins, mounted.guarded),
        lifespan=_lifespan(face),
    )
    add_problem_handlers(app)
    app.router.default = answer_unknown_path
    for router in (*ROUTERS, *mounted.routers):
        app.include_router(router)
    return app


def build_middleware(face: Face, cors_origins: Sequence[str], guarded: Sequence[str]) -> list[Middleware]:
    """What a request passes, from outside in."""
    local = [Middleware(LocalOnly, origins=cors_origins, guarded=guarded)] if face.credentials.local else []
    return [
        Middleware(Observe, metrics=face.metrics),
        Middleware(HeadCheck),
        Middleware(
            CORSMiddleware,
            allow_origins=cors_origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID", "X-Request-ID"],
            expose_headers=["Location", "Retry-After", "X-Request-ID"],
        ),
        *local,
        Middleware(Gate, credentials=face.credentials, limiter=face.limiter, uncounted=(*UNCOUNTED, *guarded)),
        Middleware(LastResort),
        Middleware(BodyLimit, patience=face.patience.body),
    ]


def _lifespan(face: Face) -> Lifespan[FastAPI]:
    @asynccontextmanager
    async def run(_: FastAPI) -> AsyncIterator[State]:
        face.service.on_turn(face.metrics.observe_turn)
        yield State(face=face)

    return run
