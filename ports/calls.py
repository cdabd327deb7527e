"""Telephone calls by the carrier's id: which session takes them, and where they stand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.session import SessionStatus
from ports.telephony import AnsweredBy

PLACING, UNKNOWN, QUEUED, FAILED = "placing", "unknown", "queued", "failed"
_ENDS = ("completed", "busy", FAILED, "no-answer", "canceled")
STATES = (PLACING, UNKNOWN, QUEUED, "initiated", "ringing", "in-progress", *_ENDS)
"""What a call goes through, in this order. A call of ours is `placing` until the carrier has answered; when nobody can
say whether the carrier took it, it is `unknown`, until a report of it comes."""
FINAL = frozenset(_ENDS)


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
    opened_at: datetime
    caller: str | None = None
    called: str | None = None

    @property
    def placed(self) -> bool:
        """Whether the carrier's id is known; until then the session's id stands for it."""
        return self.call_id != self.session_id


class CallStore(Protocol):
    """Every method names its tenant and is one round trip."""

    async def keep(self, tenant_id: str, call: NewCall) -> None:
        """Keep a call, once."""
        ...

    async def place(self, tenant_id: str, call: NewCall) -> bool:
        """Note that a call of ours is about to be placed (its id is the session's); True for one asker only, ever."""
        ...

    async def connect(self, tenant_id: str, session_id: str, call_id: str) -> None:
        """Keep the carrier's id of a call of ours, once; an id that is another session's is not kept."""
        ...

    async def stands(self, tenant_id: str, session_id: str, state: str) -> None:
        """Keep what became of placing a call, unless the carrier has told more by now."""
        ...

    async def of_session(self, tenant_id: str, session_id: str) -> CallRecord | None:
        """Read the call that a session was led in."""
        ...

    async def load(self, tenant_id: str, call_id: str) -> CallRecord | None:
        """Read one call."""
        ...

    async def progressed(self, tenant_id: str, call_id: str, state: str, lasted: timedelta | None) -> str | None:
        """Take a report of a feed without order; the session's id if it was news, else None."""
        ...

    async def answered(self, tenant_id: str, call_id: str, by: AnsweredBy) -> str | None:
        """Keep who picked up, once; the session's id, or None when it was told before or the call is not known."""
        ...

    async def use(self, digest: str, expires: datetime) -> bool:
        """Note a one-time token, by a hash of it, as used; False when it was."""
        ...
