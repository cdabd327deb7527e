"""What a person is told who takes a call over."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from domain.manners import Manners
from ports.records import Page
from sessions.handover import briefing
from sessions.service import Parley


def done(name: str, **result: str) -> dict[str, Any]:
    return {"success": True, "function_name": name, "parameters": {}, "result": result}


class Ledger:
    """A session whose tool calls come by the page."""

    def __init__(self, calls: list[dict[str, Any]]) -> None:
        self.calls = calls
        self.playbooks = {"desk": SimpleNamespace(manners=Manners())}

    async def get_session_state(self, session_id: str, *, tenant_id: str) -> dict[str, Any]:
        """Show the session."""
        return {"playbook": "desk"}

    async def list_tool_calls(self, session_id: str, *, tenant_id: str, after: str | None = None, limit: int) -> Page:
        """List the ledger in order."""
        start = int(after or 0)
        end = start + limit
        return Page(self.calls[start:end], str(end) if end < len(self.calls) else None)


@pytest.mark.parametrize("before", [0, 199, 200, 450])
async def test_the_newest_hand_over_counts_however_many_calls_came_before(before: int) -> None:
    first = done("transfer_to_human", summary="a refund")
    calls = [first, *[done("log_metric")] * before, done("transfer_to_human", summary="chest pain")]
    told = await briefing(cast(Parley, Ledger(calls)), "demo", "s")
    assert told == Manners().brief("chest pain")


async def test_a_call_that_was_not_handed_over_has_no_briefing() -> None:
    assert await briefing(cast(Parley, Ledger([done("log_metric")])), "demo", "s") == ""
