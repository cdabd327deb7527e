"""Health and metrics."""

import asyncio
from typing import Any

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST

from server.documents import document
from server.face import Face, FaceDep, Operator
from server.schemas.health import Health, Live
from server.schemas.problems import problem_docs

router = APIRouter(tags=["operations"])

_NOT_WELL: dict[int | str, dict[str, Any]] = {
    503: {"model": Health, "description": "Something needed does not answer."}
}


@router.get("/health/live", response_model=Live)
async def show_live() -> Response:
    """Say that the process runs."""
    return document({"status": "ok"})


@router.get("/health", response_model=Health, responses=_NOT_WELL)
@router.get("/health/ready", response_model=Health, responses=_NOT_WELL)
async def show_health(face: FaceDep) -> Response:
    """Ask every dependency how it is."""
    checks = await ask(face)
    missing = [check for check in checks.values() if check["status"] != "ok"]
    status = "down" if any(check["required"] for check in missing) else "degraded" if missing else "ok"
    return document({"status": status, "version": face.version, "checks": checks}, 503 if status == "down" else 200)


@router.get(
    "/metrics",
    response_class=Response,
    responses={
        200: {"description": "Prometheus text.", "content": {"text/plain": {"schema": {"type": "string"}}}},
        **problem_docs(401, 403, 429),
    },
)
async def show_metrics(_: Operator, face: FaceDep) -> Response:
    """Show counts and times for Prometheus."""
    return Response(face.metrics.render(), media_type=CONTENT_TYPE_LATEST)


async def ask(face: Face) -> dict[str, dict[str, Any]]:
    """Ask the service for its checks; one that does not answer in time is itself the finding."""
    try:
        async with asyncio.timeout(face.patience.health.total_seconds()):
            return {name: dict(check) for name, check in (await face.service.health()).items()}
    except TimeoutError:
        return {"service": {"status": "timeout", "required": True}}
