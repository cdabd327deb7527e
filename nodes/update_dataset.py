"""update_dataset: fold what the tools asked for into the dataset, and commit it with its calls and events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import jsonpatch
from pydantic import ValidationError

from domain.dataset import Dataset, fold
from domain.errors import Overtaken, Unavailable
from domain.event import EventType, NewEvent
from domain.playbook import Playbook
from domain.tool_call import CallStatus, Outcome
from nodes.execute_tools import ExecuteTools, failed
from nodes.state import TurnState, call_state
from nodes.statements import written
from ports.records import Learnt, Verdict, Written
from ports.store import TurnStore

_CHANGING = (CallStatus.DONE, CallStatus.DECLINED)
_TOLD = (CallStatus.DONE, CallStatus.UNCHANGED, CallStatus.DECLINED, CallStatus.FAILED)

TRIES = 5
"""How often a turn's calls are committed anew when others change at the same time what they write."""


@dataclass
class _Folding:
    """The dataset as it grows call by call, and what each call really changed."""

    dataset: Dataset
    outcomes: list[Outcome] = field(default_factory=list)
    patch: list[dict[str, Any]] = field(default_factory=list)
    provenance: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class UpdateDataset:
    """Fold the changes by ordinal, decide what was `unchanged`, and commit all of the turn's facts as one."""

    turns: TurnStore
    playbooks: Mapping[str, Playbook]
    execute: ExecuteTools

    async def __call__(self, state: TurnState) -> dict[str, Any]:
        """Return the dataset, its version and the final outcomes."""
        outcomes = state.get("outcomes", [])
        if state.get("recorded") or not (outcomes or state.get("verdicts")):
            return {}
        for _ in range(TRIES):
            try:
                return await self._keep(state, outcomes)
            except Overtaken:
                outcomes = [await self._asked_again(state, outcome) for outcome in outcomes]
        raise Unavailable("Others were faster several times; the turn is taken up again.")

    async def _keep(self, state: TurnState, outcomes: Sequence[Outcome]) -> dict[str, Any]:
        playbook, session = self.playbooks[state["session"]["playbook"]], state["session"]
        folding = _fold_all(state, playbook, outcomes)
        learnt = _learnt(state, playbook, folding, state.get("verdicts", []))
        if not await self.turns.keep_learnt(session["tenant_id"], session["session_id"], learnt):
            raise Unavailable("The dataset moved on while this turn ran; the turn is taken up again.")
        return {
            "dataset": folding.dataset,
            "dataset_version": learnt.version,
            "recorded": folding.outcomes,
        }

    async def _asked_again(self, state: TurnState, outcome: Outcome) -> Outcome:
        """Run a call again that others have overtaken: it sees what they have left."""
        return await self.execute.run(call_state(state, outcome["call"])) if outcome.get("statements") else outcome


def _fold_all(state: TurnState, playbook: Playbook, outcomes: Sequence[Outcome]) -> _Folding:
    folding = _Folding(state["dataset"])
    for outcome in sorted(outcomes, key=lambda item: (item["call"]["seq"], item["call"]["ordinal"])):
        _fold_one(folding, outcome, state, playbook)
    return folding


def _fold_one(folding: _Folding, outcome: Outcome, state: TurnState, playbook: Playbook) -> None:
    if outcome["status"] not in _CHANGING or not outcome["change"]:
        folding.outcomes.append(outcome)
        return
    after, changed = fold(folding.dataset, outcome["change"], now=state["turn"]["at"])
    if not changed and outcome["status"] == CallStatus.DONE:
        result = {**outcome["result"], "unchanged": True}
        folding.outcomes.append({**outcome, "status": CallStatus.UNCHANGED.value, "result": result})
        return
    try:
        playbook.dataset.model_validate(after)
    except ValidationError as error:
        reason = f"the dataset of {playbook.name} does not take this value: {error.errors()[0]['msg']}"
        folding.outcomes.append(failed(call_state(state, outcome["call"]), reason))
        return
    operations = jsonpatch.make_patch(folding.dataset, after).patch
    folding.patch.extend(operations)
    folding.provenance.extend(_traced(operation, outcome, state) for operation in operations)
    folding.dataset = after
    folding.outcomes.append(outcome)


def _traced(operation: dict[str, Any], outcome: Outcome, state: TurnState) -> dict[str, Any]:
    """Where a value came from: the turn, its words and the call."""
    call, turn = outcome["call"], state["turn"]
    return {
        "path": operation["path"],
        "turn_id": turn["turn_id"],
        "seq": turn["seq"],
        "ordinal": call["ordinal"],
        "evidence": call["evidence"] or state.get("cleaned_text") or "",
    }


def _learnt(state: TurnState, playbook: Playbook, folding: _Folding, verdicts: Sequence[dict[str, Any]]) -> Learnt:
    tools = {tool.name: tool.policy.effect.value for tool in playbook.tools}
    plan = {call.get("consent_id"): call for call in state.get("plan") or []}
    version = state["dataset_version"]
    return Learnt(
        seq=state["turn"]["seq"],
        settled_seq=state["turn"].get("settled_seq", state["turn"]["seq"]),
        turn_id=state["turn"]["turn_id"],
        outcomes=folding.outcomes,
        effects=tools,
        verdicts=[Verdict(call=plan[item["consent_id"]], **item) for item in verdicts],
        dataset=folding.dataset,
        from_version=version,
        patch=folding.patch,
        provenance=folding.provenance,
        events=_events(folding, verdicts, version + bool(folding.patch)),
        statements=[written for outcome in folding.outcomes for written in _statements(playbook, outcome)],
    )


def _statements(playbook: Playbook, outcome: Outcome) -> list[Written]:
    """What a call that a tool has answered writes into the playbook's tables."""
    return written(playbook, outcome.get("statements", ()))


def _events(folding: _Folding, verdicts: Sequence[dict[str, Any]], version: int) -> list[NewEvent]:
    events = [_verdict_event(verdict) for verdict in verdicts]
    for outcome in folding.outcomes:
        if outcome["status"] in _TOLD:
            place = {"seq": outcome["call"]["seq"], "ordinal": outcome["call"]["ordinal"]}
            events.append(NewEvent(type=EventType.FUNCTION_CALLED.value, data=place))
    if folding.patch:
        events.append(NewEvent(type=EventType.DATASET_UPDATED.value, data={"version": version}))
    return events


def _verdict_event(verdict: dict[str, Any]) -> NewEvent:
    if verdict["status"] == CallStatus.HELD:
        return NewEvent(type=EventType.CONSENT_REQUIRED.value, data={"consent_id": verdict["consent_id"]})
    decided = {name: verdict[name] for name in ("consent_id", "status", "decided_by")}
    return NewEvent(type=EventType.CONSENT_DECIDED.value, data=decided)
