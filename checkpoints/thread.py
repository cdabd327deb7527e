"""A session is a LangGraph thread: the same id, and the tenant beside it."""

from collections.abc import Mapping
from typing import Any

from langchain_core.runnables import RunnableConfig

from domain.session import DEMO_TENANT


def thread_of(tenant_id: str, session_id: str) -> RunnableConfig:
    """Make the config under which a session's checkpoints are kept."""
    return {"configurable": {"thread_id": session_id, "tenant_id": tenant_id}}


def tenant_of(config: Mapping[str, Any]) -> str:
    """Read the tenant of a config; LangGraph's own server names none and works as the local one."""
    return str(config.get("configurable", {}).get("tenant_id", DEMO_TENANT))
