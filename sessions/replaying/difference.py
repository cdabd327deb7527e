"""How a replayed turn differs from the recorded one: words, calls, reply, dataset, cost, time."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import jsonpatch

from domain.dataset import Dataset
from domain.turn import TurnResult
from ports.replays import RecordedTurn

Call = Mapping[str, Any]

TOKENS = ("input_tokens", "output_tokens")
COMPARED = ("function_name", "parameters", "status")
"""What is compared of calls: what was called, with what, and what came of it."""


def difference_of(
    turn: RecordedTurn, recorded: Dataset, result: TurnResult, dataset: Dataset, *, asked: int
) -> dict[str, Any]:
    """Compare; what is equal is null, or empty for the dataset's JSON Patch (from recorded to replayed).

    `asked` counts the questions that a model was really asked.
    """
    words = turn.cleaned_text, result["cleaned_text"]
    replies = turn.result["reply"], result["reply"]
    calls = calls_differ(turn.result["function_calls"], result["function_calls"])
    patch = jsonpatch.make_patch(recorded, dataset).patch
    usage = (result.get("usage") or {}).values()
    replayed = {"asked": asked, "recalled": sum(bool(served.get("recalled")) for served in usage)}
    return {
        "seq": turn.seq,
        "turn_id": turn.turn_id,
        "same": words[0] == words[1] and replies[0] == replies[1] and calls is None and not patch,
        "cleaned_text": _unequal(*words),
        "function_calls": calls,
        "reply": _unequal(*replies),
        "dataset": patch,
        "degraded": _pair(turn.result["degraded"], result["degraded"]),
        "cost": _pair(_tokens(turn.result), _tokens(result) | replayed),
        "time_ms": _pair(turn.result["processing_time_ms"], result["processing_time_ms"]),
    }


def calls_differ(recorded: Iterable[Call], replayed: Iterable[Call]) -> dict[str, list[Any]] | None:
    """Sort calls into `added`, `missing` and `changed` (the same function, called or answered otherwise).

    None when both made the same calls; their order is of no matter.
    """
    before, after = [_compared(call) for call in recorded], [_compared(call) for call in replayed]
    missing, added = _without(before, after), _without(after, before)
    if not (missing or added):
        return None
    changed = [_pair(old, new) for old in missing if (new := _take_namesake(old, added))]
    return {
        "added": added,
        "missing": _without(missing, [pair["recorded"] for pair in changed]),
        "changed": changed,
    }


def totals_of(differences: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Sum up the turns so far."""
    seen = list(differences)
    return {
        "turns": len(seen),
        "different": sum(not each["same"] for each in seen),
        "asked": sum(each["cost"]["replayed"]["asked"] for each in seen),
        "recalled": sum(each["cost"]["replayed"]["recalled"] for each in seen),
        "cost": {side: _sum([each["cost"][side] for each in seen]) for side in ("recorded", "replayed")},
        "time_ms": {side: round(sum(each["time_ms"][side] for each in seen), 3) for side in ("recorded", "replayed")},
    }


def _compared(call: Call) -> dict[str, Any]:
    return {key: call[key] for key in COMPARED}


def _without(calls: Sequence[Any], others: Iterable[Any]) -> list[Any]:
    """The calls that are left when each of the others has taken its equal away."""
    left = list(calls)
    for other in others:
        if other in left:
            left.remove(other)
    return left


def _take_namesake(call: Call, others: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Take the first call of the same function out of the others."""
    found = next((other for other in others if other["function_name"] == call["function_name"]), None)
    if found is not None:
        others.remove(found)
    return found


def _tokens(result: TurnResult) -> dict[str, int]:
    return _sum(list((result.get("usage") or {}).values()))


def _sum(costs: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    return {name: sum(cost.get(name) or 0 for cost in costs) for name in TOKENS}


def _unequal(recorded: Any, replayed: Any) -> dict[str, Any] | None:
    return None if recorded == replayed else _pair(recorded, replayed)


def _pair(recorded: Any, replayed: Any) -> dict[str, Any]:
    return {"recorded": recorded, "replayed": replayed}
