"""What a run carries from node to node: the session's facts, and the turn's own keys.

A thread remembers everything, so every turn starts from one `begin_turn`, which reloads the session's keys from the
tables (they are the truth) and resets the turn's. All values are plain data; audio never stands in a checkpoint.
"""

import operator
from dataclasses import dataclass
from typing import Annotated, Any

from langgraph.channels.untracked_value import UntrackedValue
from langgraph.types import Overwrite
from typing_extensions import TypedDict

from domain.dataset import Dataset
from domain.session import SessionFacts
from domain.tool_call import Outcome, PlannedCall
from domain.turn import Stt, TurnResult
from ports.records import NewTurn, OpenTurn

LOW_CONFIDENCE = 0.45
"""Below this no tool runs on what was heard."""
SURE_CONFIDENCE = 0.75
"""Below this a yes to a gated call is asked for once more."""


def longest(left: dict[str, float], right: dict[str, float]) -> dict[str, float]:
    """Merge times (ms) by node; tasks that ran side by side count by the longest."""
    return left | {name: max(ms, left.get(name, 0.0)) for name, ms in right.items()}


def is_low(stt: Stt | None) -> bool:
    """True when recognition, ours or the client's, was too unsure to act on."""
    confidence = (stt or {}).get("confidence")
    return confidence is not None and confidence < LOW_CONFIDENCE


def is_unsure(stt: Stt | None) -> bool:
    """True when recognition was too unsure for a single yes."""
    confidence = (stt or {}).get("confidence")
    return confidence is not None and confidence < SURE_CONFIDENCE


@dataclass(frozen=True)
class RunContext:
    """What a run is given beside its input, and what no checkpoint keeps.

    LangGraph Studio gives none: then `receive` opens the session and accepts the turn itself.
    """

    open_turn: OpenTurn | None = None
    passthrough: NewTurn | None = None
    facts: SessionFacts | None = None
    owner: str | None = None
    interruption: Any = None  # nodes.interruption.Interruption: a schema that Studio can read has no live objects


class TurnInput(TypedDict, total=False):
    """What starts a run: who spoke and what was said. Studio may add the playbook of a new session."""

    speaker: str
    raw_text: str
    playbook: str


class TurnOutput(TypedDict, total=False):
    """What a run gives back."""

    result: TurnResult | None


class SessionKeys(TypedDict, total=False):
    """The session as the tables hold it at the start of the turn."""

    session: dict[str, Any]
    dataset: Dataset
    dataset_version: int
    window: list[dict[str, Any]]
    recent_calls: list[dict[str, Any]]
    held: list[dict[str, Any]]
    standing: list[dict[str, Any]]


class TurnKeys(TypedDict, total=False):
    """One turn's own values; `begin_turn` resets every one of them."""

    turn: dict[str, Any]
    raw_text: str
    alternatives: list[str]
    stt: Stt | None
    pcm: Annotated[Any, UntrackedValue]  # speech.pcm.Pcm: a schema that Studio can read has no arrays
    cleaned_text: str | None
    drafted_from: str | None
    draft_calls: list[dict[str, Any]] | None
    draft_fault: str | None
    plan: list[PlannedCall] | None
    answers: Annotated[dict[str, Any], UntrackedValue]  # in the turn's row, so in no checkpoint
    verdicts: list[dict[str, Any]]
    recorded: list[Outcome]
    outcomes: Annotated[list[Outcome], operator.add]
    degraded: Annotated[list[str], operator.add]
    timings: Annotated[dict[str, float], longest]
    served: Annotated[dict[str, Any], operator.or_]
    reply: str | None
    result: TurnResult | None


class TurnState(SessionKeys, TurnKeys, total=False):
    """Everything a node may read."""


class CallState(TypedDict):
    """What one `execute_tools` task is sent: one call, and the moment it runs in."""

    call: PlannedCall
    session: dict[str, Any]
    turn: dict[str, Any]
    dataset: Dataset
    standing: list[dict[str, Any]]


class Planned(TypedDict):
    """The plan, and what its calls are to be sent."""

    session: dict[str, Any]
    turn: dict[str, Any]
    dataset: Dataset
    standing: list[dict[str, Any]]
    plan: list[PlannedCall] | None
    recorded: list[Outcome]


def call_state(state: Planned | TurnState, call: PlannedCall) -> CallState:
    """Give a call the moment that it runs in."""
    return CallState(
        call=call,
        session=state["session"],
        turn=state["turn"],
        dataset=state["dataset"],
        standing=state.get("standing", []),
    )


def _fresh() -> dict[str, Any]:
    return {
        "drafted_from": None,
        "draft_calls": None,
        "draft_fault": None,
        "verdicts": [],
        "outcomes": Overwrite([]),
        "degraded": Overwrite([]),
        "timings": Overwrite({}),
        "served": Overwrite({}),
        "reply": None,
        "result": None,
    }


def session_of(facts: SessionFacts) -> dict[str, Any]:
    """The facts of a session as the state carries them."""
    return {
        "tenant_id": facts.tenant_id,
        "session_id": facts.session_id,
        "playbook": facts.playbook,
        "call_context": facts.call_context,
        "caller_phone": facts.caller_phone,
        "prompt_version": facts.prompt_version,
    }


def begin_turn(opened: OpenTurn, *, started: float) -> dict[str, Any]:
    """Make the state of an accepted turn; `started` is `time.perf_counter()` seconds."""
    heard_badly = ["transcribe:low_confidence"] if is_low(opened.stt) else []
    return _fresh() | {
        "degraded": Overwrite(heard_badly),
        "session": session_of(opened.facts),
        "dataset": opened.dataset,
        "dataset_version": opened.dataset_version,
        "window": opened.window,
        "recent_calls": opened.recent_calls,
        "held": opened.held,
        "standing": opened.standing,
        "turn": {
            "turn_id": opened.turn_id,
            "seq": opened.seq,
            "speaker": opened.speaker,
            "role": opened.role.value,
            "at": opened.accepted_at.timestamp(),
            "started": started,
            "sound": opened.raw_text is None,
            "accepted": True,
        },
        "raw_text": opened.raw_text or "",
        "alternatives": list(opened.alternatives),
        "stt": opened.stt,
        "cleaned_text": opened.cleaned_text,
        "plan": opened.plan,
        "served": Overwrite(opened.served),
        "answers": opened.answers,
        "recorded": opened.recorded,
    }


def begin_passthrough(facts: SessionFacts, turn: NewTurn, *, started: float, now: float) -> dict[str, Any]:
    """Make the state of an agent's written words, which get their number only when they are kept."""
    return _fresh() | {
        "session": session_of(facts),
        "turn": {
            "turn_id": turn.turn_id,
            "seq": 0,
            "speaker": turn.speaker,
            "role": turn.role.value,
            "at": now,
            "started": started,
            "sound": False,
            "accepted": False,
        },
        "dataset_version": 0,
        "raw_text": turn.raw_text or "",
        "alternatives": [],
        "stt": turn.stt,
        "cleaned_text": None,
        "plan": None,
        "answers": {},
        "recorded": [],
    }
