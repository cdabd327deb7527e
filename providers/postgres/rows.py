"""Between rows and the words of the domain."""

from collections.abc import Mapping
from typing import Any, cast

from domain.conversation import Role
from domain.session import SessionFacts, SessionStatus
from domain.tool_call import Outcome, PlannedCall
from domain.turn import TurnResult
from ports.database import JsonParameter
from ports.records import ConsentRecord, OpenTurn, SessionRecord

Row = Mapping[str, Any]


def as_json(value: Any) -> JsonParameter:
    """Send a plain value as jsonb; what in it is `personal` is sealed where there is a key."""
    return JsonParameter(value)


def as_ordered_json(value: Any) -> JsonParameter:
    """Send a plain value as json, which keeps the order of its keys."""
    return JsonParameter(value, ordered=True)


def result_of(stored: Mapping[str, Any] | None) -> TurnResult | None:
    """Read a turn's public result, its keys in the order of the contract."""
    if stored is None:
        return None
    return cast(TurnResult, {key: stored[key] for key in TurnResult.__annotations__ if key in stored})


def facts_of(row: Row) -> SessionFacts:
    """Read what never changes about a session."""
    return SessionFacts(
        tenant_id=row["tenant_id"],
        session_id=str(row["session_id"]),
        playbook=row["playbook"],
        channel=row["channel"],
        call_context=row["call_context"],
        caller_phone=row["caller_phone"],
        created_at=row["created_at"],
        prompt_version=row["prompt_version"],
    )


def record_of(row: Row) -> SessionRecord:
    """Read a session as it stands."""
    return SessionRecord(
        facts=facts_of(row),
        status=SessionStatus(row["status"]),
        last_activity=row["last_activity"],
        closed_at=row["closed_at"],
        dataset=row["dataset"],
        dataset_version=row["dataset_version"],
        profile=row["profile"],
        digest=bytes(row["digest"]),
        turns=row["turns"],
        tool_calls=row["tool_calls"],
        last_event=row["last_event"],
    )


def open_turn_of(row: Row) -> OpenTurn:
    """Read an open turn with everything its run may know."""
    return OpenTurn(
        facts=facts_of(row),
        seq=row["seq"],
        turn_id=row["turn_id"],
        speaker=row["speaker"],
        role=Role(row["role"]),
        accepted_at=row["accepted_at"],
        raw_text=row["raw_text"],
        alternatives=row["alternatives"],
        audio=None if row["audio"] is None else bytes(row["audio"]),
        audio_type=row["audio_type"],
        stt=row["stt"],
        cleaned_text=row["cleaned_text"],
        plan=row["plan"],
        answers=row["answers"],
        served=row["served"] or {},
        recorded=[recorded_of(call) for call in row["recorded"]],
        dataset=row["dataset"],
        dataset_version=row["dataset_version"],
        window=row["window"],
        recent_calls=row["recent_calls"],
        held=row["held"],
        standing=row["standing"],
    )


def recorded_of(row: Row) -> Outcome:
    """Read a ledger row back as the outcome it was written from."""
    call = PlannedCall(
        id=str(row["call_id"]),
        seq=row["seq"],
        ordinal=row["ordinal"],
        name=row["name"],
        arguments=row["arguments"],
        evidence=row["evidence"],
    )
    outcome = Outcome(call=call, status=row["status"], result=row["result"], change=[])
    if row["error"]:
        outcome["error"] = row["error"]
    return outcome


def consent_of(row: Row) -> ConsentRecord:
    """Read a gated call, held or decided."""
    call: PlannedCall = row["call"]
    outcome = Outcome(call=call, status=row["call_status"], result=row["result"], change=[])
    if row["error"]:
        outcome["error"] = row["error"]
    return ConsentRecord(
        consent_id=str(row["consent_id"]),
        call=call,
        turn_id=row["turn_id"],
        words=row["cleaned_text"] or "",
        mode=row["mode"],
        question=row["question"],
        status=row["status"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
        outcome=outcome,
        dataset_version=row["dataset_version"],
        standing=row["standing"],
    )
