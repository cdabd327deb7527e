"""A call that is handed to a person: to whom, and what they are told before they hear the caller."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.manners import Manners
from sessions.service import Parley

_PAGE = 200


@dataclass(frozen=True)
class Handover:
    """A person's number, empty where none is known, and what the call is about."""

    phone: str
    summary: str


def handover_in(calls: Sequence[Mapping[str, Any]], manners: Manners) -> Handover | None:
    """Find the newest hand-over that was done; None where there is none.

    The number is the business's own, from the tool's answer or the manners: never one that a caller gave.
    """
    done = [call for call in calls if call["success"] and call["function_name"] in manners.transfer_tools]
    if not done:
        return None
    result, parameters = done[-1]["result"], done[-1]["parameters"]
    summary = result.get("summary") or parameters.get("summary") or parameters.get("reason") or ""
    return Handover(str(result.get("phone") or manners.transfer_to), str(summary))


async def briefing(parley: Parley, tenant_id: str, session_id: str) -> str:
    """What a person is told who takes a call over; empty when the call was not handed over (NotFound)."""
    state = await parley.get_session_state(session_id, tenant_id=tenant_id)
    manners = parley.playbooks[state["playbook"]].manners
    found = handover_in(await _ledger(parley, tenant_id, session_id), manners)
    return "" if found is None else manners.brief(found.summary)


async def _ledger(parley: Parley, tenant_id: str, session_id: str) -> list[Mapping[str, Any]]:
    """Every tool call of a session, in order."""
    calls: list[Mapping[str, Any]] = []
    after: str | None = ""
    while after is not None:
        page = await parley.list_tool_calls(session_id, tenant_id=tenant_id, after=after, limit=_PAGE)
        calls.extend(page.items)
        after = page.next
    return calls
