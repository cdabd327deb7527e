"""Telephone calls by the carrier's id: which session takes them, and where they stand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.session import SessionStatus
from ports.telephony import AnsweredBy

STATES = (
    *("queued", "initiated", "ringing", "in-progress"),
    *("completed", "busy", "failed", "no-answer", "canceled"),
)
"""What a call goes through, in this order; the second line is final."""
FINAL = frozenset(STATES[4:])


@dataclass(frozen=True)
class NewCall:
    """A call to be kept with its session; `caller` and `called` are numbers as the carrier gives them."""

    call_id: str
    session_id: str
    playbook: str
    outbound: bool = False
    caller: str | None = None
    called: str | None = None


@dataclass(frozen=True)
class CallRecord:
    """A call as it stands."""

    call_id: str
    session_id: str
    playbook: str
    outbound: bool
    state: str
    answered_by: AnsweredBy | None
    lasted: timedelta | None
    session_status: SessionStatus


class CallStore(Protocol):
    """Every method names its tenant and is one round trip."""

    async def keep(self, tenant_id: str, call: NewCall) -> None:
        """Keep a call, once."""
        ...

    async def load(self, tenant_id: str, call_id: str) -> CallRecord | None:
        """Read one call."""
        ...

    async def progressed(self, tenant_id: str, call_id: str, state: str, lasted: timedelta | None) -> str | None:
        """Take a report of a feed without order; the session's id if it was news, else None."""
        ...

    async def answered(self, tenant_id: str, call_id: str, by: AnsweredBy) -> str | None:
        """Keep who picked up; the session's id, or None for a call that is not known."""
        ...

    async def use(self, digest: str, expires: datetime) -> bool:
        """Note a one-time token, by a hash of it, as used; False when it was."""
        ...
