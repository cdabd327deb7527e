"""A turn of the caller as an evaluation begins it: given in words, kept nowhere."""

from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from langgraph.types import Overwrite

from domain.conversation import Role
from domain.dataset import Dataset
from domain.playbook import Playbook
from domain.session import SessionFacts
from nodes.state import TurnState, begin_turn
from ports.records import OpenTurn

TENANT = "evals"


def begun(playbook: Playbook, words: str, *, facts: SessionFacts, seq: int, dataset: Dataset, **more: Any) -> TurnState:
    """Return the state of the turn of this number that begins with these words; `more` are fields of an OpenTurn."""
    opened = OpenTurn(
        facts=facts,
        seq=seq,
        turn_id=f"turn-{seq}",
        speaker=playbook.caller,
        role=Role.CALLER,
        accepted_at=facts.created_at,
        raw_text=words,
        audio=None,
        audio_type=None,
        stt=None,
        cleaned_text=None,
        plan=None,
        recorded=[],
        dataset=dataset,
        dataset_version=1,
    )
    keys = begin_turn(replace(opened, **more), started=0.0).items()
    return cast(TurnState, {key: each.value if isinstance(each, Overwrite) else each for key, each in keys})


def facts_of(playbook: Playbook, at: datetime, session_id: str, call_context: dict[str, Any]) -> SessionFacts:
    """Return what is known of a session that was opened then."""
    return SessionFacts(TENANT, session_id, playbook.name, TENANT, call_context, None, at)
