"""What a session has learnt, done and spent."""

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from server.documents import document, page
from server.face import Face, FaceDep, Reader, SessionId
from server.paging import MAX_PAGE, SliceDep
from server.schemas.problems import problem_docs
from server.schemas.record import Costs, DatasetHistory, DatasetView, ToolCallPage

router = APIRouter(
    prefix="/sessions/{session_id}", tags=["record"], responses=problem_docs(401, 403, 404, 422, 429, 503)
)


@router.get("/tool-calls", response_model=ToolCallPage)
async def list_tool_calls(session_id: SessionId, caller: Reader, face: FaceDep, part: SliceDep) -> Response:
    """List every planned call with what became of it."""
    return page(
        await face.service.list_tool_calls(
            session_id, tenant_id=caller.tenant_id, after=part.numbered, limit=part.limit
        )
    )


@router.get("/dataset", response_model=DatasetView)
async def show_dataset(
    session_id: SessionId, caller: Reader, face: FaceDep, version: Annotated[int | None, Query(ge=0, lt=2**31)] = None
) -> Response:
    """Show the dataset, the newest version or an earlier one."""
    return document(await face.service.get_dataset(session_id, version=version, tenant_id=caller.tenant_id))


@router.get("/dataset/history", response_model=DatasetHistory)
async def list_versions(session_id: SessionId, caller: Reader, face: FaceDep, part: SliceDep) -> Response:
    """List the dataset's changes, oldest first."""
    return page(
        await face.service.dataset_history(
            session_id, tenant_id=caller.tenant_id, after=part.numbered, limit=part.limit
        )
    )


@router.get("/costs", response_model=Costs)
async def show_costs(session_id: SessionId, caller: Reader, face: FaceDep) -> Response:
    """Add up what the models reported."""
    turns, models = await add_up(face, caller.tenant_id, session_id)
    return document({"session_id": session_id, "turns": turns, "models": models})


async def add_up(face: Face, tenant_id: str, session_id: str) -> tuple[int, list[dict[str, Any]]]:
    """Go through the transcript and sum the usage by model, in order of name."""
    turns, sums, after = 0, dict[str, Counter[str]](), None
    while True:
        found = await face.service.list_turns(session_id, tenant_id=tenant_id, after=after, limit=MAX_PAGE)
        turns += len(found.items)
        for item in found.items:
            add_usage(sums, (item["result"] or {}).get("usage") or {})
        after = found.next
        if after is None:
            return turns, [{"model": model, **sums[model]} for model in sorted(sums)]


def add_usage(sums: dict[str, Counter[str]], usage: dict[str, dict[str, Any]]) -> None:
    """Add one turn's usage to the sums."""
    for served in usage.values():
        total = sums.setdefault(served["model"], Counter(calls=0, input_tokens=0, output_tokens=0))
        total["calls"] += 1
        total["input_tokens"] += served.get("input_tokens") or 0
        total["output_tokens"] += served.get("output_tokens") or 0
