"""A session: everything said in one call or chat. Its id is the LangGraph thread id too."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.errors import InvalidInput

DEMO_TENANT = "demo"
"""The tenant of local work and of LangGraph Studio; the playbooks' demo defaults hold for it alone."""


class SessionStatus(StrEnum):
    """Where a session stands."""

    ACTIVE = "active"
    CLOSED = "closed"
    ABANDONED = "abandoned"  # nobody spoke for so long that it was closed by itself


@dataclass(frozen=True)
class SessionFacts:
    """What never changes about a session, so that it may be kept in memory."""

    tenant_id: str
    session_id: str
    playbook: str
    channel: str
    call_context: dict[str, Any]
    caller_phone: str | None
    created_at: datetime
    prompt_version: int | None = None
    """The version of the playbook's prompts; None is always the newest."""


def session_id_of(text: str) -> str:
    """Read a session id; InvalidInput when it is no UUID."""
    try:
        return str(UUID(text))
    except ValueError as error:
        raise InvalidInput("session_id must be a UUID, for example from uuidgen.", field="session_id") from error
