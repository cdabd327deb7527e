"""A whole real call as a row of an evaluation, with everybody in it masked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.conversation import Role
from domain.errors import InvalidInput
from domain.playbook import Playbook
from domain.session import SessionFacts
from evals.calls.ends import TIMES, end_of
from evals.calls.rows import CallRow
from evals.masking.dates import Weeks
from evals.masking.mask import build_mask

ID = "_id"
"""How fields end whose values are made anew in each call."""


@dataclass(frozen=True)
class RecordedCall:
    """A call that is over: its turns, what it made of each, its events, and the dataset at both ends."""

    facts: SessionFacts
    turns: Sequence[Mapping[str, Any]]
    events: Sequence[Mapping[str, Any]]
    first: Mapping[str, Any]
    last: Mapping[str, Any]


def call_row_of(recorded: RecordedCall, playbook: Playbook) -> dict[str, Any]:
    """Make the row; what the call came to is what it expects, to be put right by whoever keeps it.

    Raises:
        InvalidInput: the caller has said nothing yet.
    """
    turns = [turn for turn in recorded.turns if turn["result"]]
    if not any(turn["role"] == Role.CALLER for turn in turns):
        raise InvalidInput("the caller has said nothing in this session yet", field="session_id")
    calls = [call for turn in turns for call in turn["result"]["function_calls"]]
    end = end_of(playbook, recorded.first, recorded.last, calls, recorded.events)
    at, context = turns[0]["accepted_at"], recorded.facts.call_context
    profile = {name: value for name, value in recorded.first.items() if name in playbook.profile_fields}
    mask = build_mask(playbook, turns, [context, profile, end["dataset"]], at)
    row = {
        "about": f"a call of {playbook.name}",
        "at": Weeks(at).moved.isoformat(),
        "phone": mask(recorded.facts.caller_phone),
        "profile": mask(profile),
        "context": None if context == playbook.context.model_dump(mode="json") else mask(context),
        "turns": [{turn["speaker"]: mask(turn["raw_text"] or "")} for turn in turns],
        "expected": {**end, "dataset": _lasting(mask(end["dataset"]))},
    }
    CallRow.model_validate(row)
    return {name: value for name, value in row.items() if value is not None}


def _lasting(value: Any) -> Any:
    """Leave out what differs from call to call: times and ids."""
    match value:
        case Mapping():
            return {name: _lasting(item) for name, item in value.items() if not (name in TIMES or name.endswith(ID))}
        case [*items]:
            return [_lasting(item) for item in items]
        case _:
            return value
