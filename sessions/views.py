"""Sessions as clients see them."""

from collections.abc import Mapping, Sequence
from typing import Any

from ports.records import SessionRecord


def session_view(record: SessionRecord) -> dict[str, Any]:
    """Show a session as it stands."""
    facts = record.facts
    return {
        "session_id": facts.session_id,
        "tenant_id": facts.tenant_id,
        "playbook": facts.playbook,
        "channel": facts.channel,
        "status": record.status.value,
        "caller_phone": facts.caller_phone,
        "call_context": facts.call_context,
        "customer_profile": record.profile,
        "created_at": facts.created_at,
        "last_activity": record.last_activity,
        "closed_at": record.closed_at,
        "totals": {"turns": record.turns, "tool_calls": record.tool_calls, "events": record.last_event},
        "dataset_version": record.dataset_version,
        "dataset": record.dataset,
    }


def state_view(
    record: SessionRecord, turns: Sequence[Mapping[str, Any]], held: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Show a session with what is going on in it."""
    recent = [
        {
            "seq": turn["seq"],
            "role": turn["role"],
            "speaker": turn["speaker"],
            "text": turn["cleaned_text"] if turn["cleaned_text"] is not None else turn["raw_text"] or "",
        }
        for turn in turns
    ]
    return session_view(record) | {
        "active_agent": None,
        "recent_turns": recent,
        "held_consents": [dict(consent) for consent in held],
    }
