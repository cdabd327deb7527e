"""From proposals to a plan: every argument checked by schema and by anchors, every call under its key."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import NAMESPACE_OID, uuid5

from domain.errors import InvalidInput
from domain.playbook import BusinessTool, Playbook
from domain.tool_call import CallStatus, Effect, ErrorType, Outcome, PlannedCall, ProposedCall
from language.anchoring.anchors import Corpus, unanchored_arguments
from language.echoes import echoes
from nodes.reading import history_of, own_words
from nodes.state import TurnState
from nodes.storable import Measure, storable

MAX_CALLS = 16
"""More calls than a turn of speech can justify; what a model asks beyond them is dropped."""

UNANCHORED = "nobody said"
"""How the reason begins for which a call with a foreign value is invalid."""

ECHOED = "repeats what the model was told"
"""Why a call that quotes a prompt is invalid; what it quotes is told to nobody."""

TOLD = Measure(letters=300, items=16, levels=3)
"""How much of a call is told that is invalid: whoever asked for it may have asked for anything."""

NOT_UNDERSTOOD = "I am sorry, I did not get that."
"""What can be said of a call that is invalid."""


class _Said(NamedTuple):
    """All that was said, what the caller just said, and the texts of the window."""

    corpus: Corpus
    newest: str
    texts: tuple[str, ...]


def plan_of(
    proposals: Sequence[ProposedCall], playbook: Playbook, state: TurnState, corpus: Corpus
) -> list[PlannedCall]:
    """Give each distinct proposal its ordinal and, where it must not run, its status and reason."""
    waiting = [held["call"] for held in state.get("held", [])]
    texts = (state["raw_text"], *(item.text for item in history_of(state)))
    said = _Said(corpus, own_words(state) if proposals else "", texts)
    plan: list[PlannedCall] = []
    for proposal in proposals:
        call = _planned(proposal, len(plan), playbook, state, said)
        if not any(_same(call, other) for other in (*waiting, *plan)):
            plan.append(call)
        if len(plan) == MAX_CALLS:
            break
    return plan


def any_unanchored(plan: Iterable[PlannedCall]) -> bool:
    """True when a call was refused for a value that the window did not anchor."""
    return any(call.get("error", "").startswith(UNANCHORED) for call in plan)


def _planned(proposal: ProposedCall, ordinal: int, playbook: Playbook, state: TurnState, said: _Said) -> PlannedCall:
    turn = state["turn"]
    call = PlannedCall(
        id=call_id(state["session"]["session_id"], turn["seq"], ordinal),
        seq=turn["seq"],
        ordinal=ordinal,
        name=proposal.name,
        arguments=dict(proposal.arguments),
        evidence=proposal.evidence,
    )
    if _echoes(proposal, playbook, said):
        return _invalid({**call, "arguments": {}}, ECHOED)
    tool = playbook.tool(proposal.name)
    if tool is None:
        return _invalid(call, f"there is no tool {proposal.name}")
    try:
        call["arguments"] = tool.validate(proposal.arguments)
    except InvalidInput as error:
        return _invalid(call, error.message)
    foreign = unanchored_arguments(call["arguments"], said.corpus, tool.exempt, tool.quoted, said.newest)
    if foreign:
        return _invalid(call, f"{UNANCHORED} {foreign[0].text!r} ({foreign[0].path})")
    return _standing(call, tool, state)


def _echoes(proposal: ProposedCall, playbook: Playbook, said: _Said) -> bool:
    """Whether a call quotes a prompt of the playbook, also in pieces."""
    quoted = json.dumps([proposal.name, proposal.arguments], ensure_ascii=False, default=str)
    prompts = (prompt.text for versions in playbook.prompts.values() for prompt in versions)
    return echoes(quoted, prompts, said.texts)


def _standing(call: PlannedCall, tool: BusinessTool, state: TurnState) -> PlannedCall:
    """Answer a COMMIT call whose effect stands with its first result."""
    if tool.policy.effect is not Effect.COMMIT:
        return call
    for first in state.get("standing", []):
        if _same(call, first):
            call["status"] = CallStatus.UNCHANGED.value
            call["result"] = {**first["result"], "unchanged": True}
    return call


def _same(call: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """True when two calls ask for one effect: the same tool with equal arguments, however they are spaced."""
    return bool(call["name"] == other["name"] and _spaced(call["arguments"]) == _spaced(other["arguments"]))


def _spaced(value: Any) -> Any:
    """Write a plain value with single spaces in all its texts."""
    match value:
        case str():
            return " ".join(value.split())
        case dict():
            return {key: _spaced(item) for key, item in value.items()}
        case list():
            return [_spaced(item) for item in value]
    return value


def _invalid(call: PlannedCall, reason: str) -> PlannedCall:
    told = {"name": call["name"], "arguments": call["arguments"], "error": reason}
    result = {"error_type": ErrorType.VALIDATION.value, "message": NOT_UNDERSTOOD}
    return {**call, **storable(told, TOLD), "status": CallStatus.INVALID.value, "result": result}


def call_id(session_id: str, seq: int, ordinal: int) -> str:
    """Name a call by its key, so that a second run of the turn names it the same."""
    return str(uuid5(NAMESPACE_OID, f"{session_id}/{seq}/{ordinal}"))


def settled(plan: Iterable[PlannedCall]) -> list[Outcome]:
    """The outcomes of calls that the plan itself has answered."""
    ended = (CallStatus.INVALID, CallStatus.UNCHANGED)
    return [outcome_of(call, CallStatus(call["status"])) for call in plan if call.get("status") in ended]


def outcome_of(call: PlannedCall, status: CallStatus, result: dict[str, Any] | None = None) -> Outcome:
    """An outcome with no change; its result says at least whether it succeeded."""
    outcome = Outcome(
        call=call,
        status=status.value,
        result={"success": status.success, **(result or call.get("result") or {})},
        change=[],
    )
    if call.get("error"):
        outcome["error"] = call["error"]
    return outcome
