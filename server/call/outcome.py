"""What a turn's result means for the call it was said in."""

from collections.abc import Awaitable, Callable

import structlog

from domain.errors import ProviderError
from domain.playbook import Playbook
from domain.tool_call import CallStatus
from domain.turn import TurnResult
from sessions.handover import Handover

ENDING = "end_call"
"""The tool that ends a call."""

log = structlog.get_logger(__name__)


def ends_call(result: TurnResult) -> bool:
    """Tell whether the call is to end when all has been said."""
    return any(call["function_name"] == ENDING and call["success"] for call in result["function_calls"])


def awaiting_consent(before: frozenset[str], result: TurnResult) -> frozenset[str]:
    """Name the tools that wait for the caller's word, from those that did before the turn."""
    calls = result["function_calls"]
    held = {call["function_name"] for call in calls if call["status"] == CallStatus.HELD}
    return (before - {call["function_name"] for call in calls}) | held


def may_be_recorded(result: TurnResult, playbook: Playbook) -> bool:
    """Tell whether the turn decided that the call is recorded, by a tool that cannot run without a granted consent."""
    name = playbook.manners.record_tool
    if not any(call["function_name"] == name and call["success"] for call in result["function_calls"]):
        return False
    tool = playbook.tool(name)
    if tool is None or tool.policy.consent is None:
        log.error("not_recorded_without_consent", tool=name)
        return False
    return True


async def recorded(record: Callable[[], Awaitable[None]]) -> bool:
    """Begin to record a call; False when that cannot be done."""
    try:
        await record()
    except ProviderError as error:
        log.warning("not_recorded", provider=error.provider, fault=error.fault.value)
        return False
    return True


async def transferred(handover: Handover, transfer: Callable[[str, str], Awaitable[None]]) -> bool:
    """Hand a call to a person, by number and summary; False when that cannot be done."""
    if not handover.phone:
        log.warning("nobody_to_transfer_to")
        return False
    try:
        await transfer(handover.phone, handover.summary)
    except ProviderError as error:
        log.warning("not_transferred", provider=error.provider, fault=error.fault.value)
        return False
    return True
