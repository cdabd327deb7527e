"""What happens when a node breaks in a way it did not foresee: the turn goes on, and says so."""

import asyncio
from typing import Any

import structlog
from langgraph.errors import NodeError
from langgraph.types import Command

from domain.errors import ParleyError
from nodes.execute_tools import failed
from nodes.state import CallState

log = structlog.get_logger(__name__)


def is_retryable(error: BaseException) -> bool:
    """Say whether running the node again can help: a property of the error, decided where it was raised."""
    return isinstance(error, ParleyError) and error.retryable


def tool_broke(state: CallState, error: NodeError) -> Command[Any]:
    """Record a tool that raised as a failed call; its neighbours are not touched."""
    if isinstance(error.error, asyncio.CancelledError):
        raise error.error
    kind = type(error.error).__name__
    log.error("tool_broke", tool=state["call"]["name"], error=kind, session_id=state["session"]["session_id"])
    return Command(update={"outcomes": [failed(state, "the tool broke")]}, goto="update_dataset")
