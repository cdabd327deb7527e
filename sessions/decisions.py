"""A person decides a held call: the same execution and the same commit as in a turn, under the session's pen."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any, Literal

from langgraph.runtime import Runtime

from domain.errors import Conflict, InvalidInput, NotFound, SessionClosed
from domain.playbook import Playbook
from domain.session import SessionStatus, session_id_of
from domain.tool_call import CallStatus, PlannedCall
from graph.faults import guarded
from nodes.execute_tools import ExecuteTools
from nodes.holding import GRANTED
from nodes.notify import function_call
from nodes.planning import outcome_of
from nodes.state import RunContext, TurnState, call_state, session_of
from nodes.update_dataset import UpdateDataset
from ports.clock import Clock
from ports.records import ConsentRecord, SessionRecord
from sessions.pen import hold_pen
from sessions.requests import playbook_installed
from sessions.stores import Stores

CALLS_PER_TURN = 1_000
"""More than a plan may hold: numbers the place of a decision made outside of any turn."""

OUTSIDE: Runtime[RunContext] = Runtime(context=RunContext())
"""What a node is run with outside of any run of the graph."""

Decision = Literal["grant", "refuse"]
STATUS: Mapping[Decision, str] = {"grant": GRANTED, "refuse": CallStatus.REFUSED.value}


class Decisions:
    """Decides held calls for people: over the API and in the console."""

    def __init__(
        self,
        playbooks: Mapping[str, Playbook],
        stores: Stores,
        clock: Clock,
    ) -> None:
        self._playbooks = playbooks
        tools = ExecuteTools(playbooks, stores.data)
        self._execute = guarded("execute_tools", tools)
        self._update = UpdateDataset(stores.turns, playbooks, tools)
        self._inbox = stores.inbox
        self._sessions = stores.sessions
        self._records = stores.records
        self._clock = clock

    async def decide(
        self, tenant_id: str, session_id: str, consent_id: str, decision: Decision, by: str
    ) -> dict[str, Any]:
        """Grant or refuse a held call, and return {consent, function_call, dataset_version}.

        Raises:
            NotFound: no such session or consent.
            Conflict: it was decided the other way; the message says by whom and when.
            SessionClosed: the session has ended.
            Unavailable: a turn of the session takes too long to end.
        """
        consent = await self.settle(tenant_id, session_id, consent_id, decision, by)
        if consent.status != STATUS[decision]:
            raise Conflict(_stands(consent), field="decision")
        return {
            "consent": {
                "consent_id": consent.consent_id,
                "status": consent.status,
                "decided_by": consent.decided_by,
            },
            "function_call": function_call(consent.outcome),
            "dataset_version": consent.dataset_version,
        }

    async def settle(
        self, tenant_id: str, session_id: str, consent_id: str, decision: Decision, by: str
    ) -> ConsentRecord:
        """Decide a call if it is still held, and return what stands: perhaps an earlier decision.

        Raises:
            NotFound: no such session or consent.
            SessionClosed: the session has ended.
            Unavailable: a turn of the session takes too long to end.
        """
        consent_id = _uuid(consent_id)
        async with hold_pen(self._inbox, tenant_id, session_id):
            consent = await self._consent(tenant_id, session_id, consent_id)
            if consent.status == CallStatus.HELD:
                await self._settle(tenant_id, session_id, consent, STATUS[decision], by)
                consent = await self._consent(tenant_id, session_id, consent_id)
        return consent

    async def _settle(self, tenant_id: str, session_id: str, consent: ConsentRecord, status: str, by: str) -> None:
        record = await self._sessions.load(tenant_id, session_id)
        if record is None or record.status is not SessionStatus.ACTIVE:
            raise SessionClosed("The session has ended; nothing is decided in it any more.")
        playbook_installed(self._playbooks, record.facts.playbook)
        call: PlannedCall = {**consent.call, "status": status, "consent_id": consent.consent_id}
        state = _state(record, consent, call, now=self._clock.now().timestamp())
        if status == GRANTED:
            state["outcomes"] = (await self._execute(call_state(state, call), OUTSIDE))["outcomes"]
        else:
            state["outcomes"] = [outcome_of(call, CallStatus.REFUSED, {"success": False})]
        state["verdicts"] = [_verdict(consent, status, by)]
        await self._update(state)

    async def _consent(self, tenant_id: str, session_id: str, consent_id: str) -> ConsentRecord:
        consent = await self._records.consent(tenant_id, session_id, consent_id)
        if consent is None:
            raise NotFound("There is no such session or consent.", field="consent_id")
        return consent


def _state(record: SessionRecord, consent: ConsentRecord, call: PlannedCall, *, now: float) -> TurnState:
    return {
        "session": session_of(record.facts),
        "turn": {
            "turn_id": consent.turn_id,
            "seq": call["seq"],
            "settled_seq": -(call["seq"] * CALLS_PER_TURN + call["ordinal"]),
            "at": now,
        },
        "dataset": record.dataset,
        "dataset_version": record.dataset_version,
        "standing": consent.standing,
        "cleaned_text": consent.words,
        "plan": [call],
    }


def _verdict(consent: ConsentRecord, status: str, by: str) -> dict[str, Any]:
    return {
        "consent_id": consent.consent_id,
        "mode": consent.mode,
        "status": status,
        "question": consent.question,
        "quote": "",
        "decided_by": by,
    }


def _stands(consent: ConsentRecord) -> str:
    when = f", at {consent.decided_at.astimezone(UTC).isoformat(timespec='seconds')}" if consent.decided_at else ""
    return f"This consent was {consent.status} already, by {consent.decided_by}{when}."


def _uuid(consent_id: str) -> str:
    try:
        return session_id_of(consent_id)
    except InvalidInput as error:
        raise InvalidInput("consent_id must be a UUID.", field="consent_id") from error
