"""How a replayed turn differs from the recorded one: words, calls, dataset, cost, time."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import jsonpatch

from domain.dataset import Dataset
from domain.turn import TurnResult
from ports.replays import RecordedTurn

COST = ("input_tokens", "output_tokens")


def difference_of(
    turn: RecordedTurn, recorded: Dataset, result: TurnResult, dataset: Dataset, *, asked: int
) -> dict[str, Any]:
    """Compare; what is equal is null, or empty for the dataset's JSON Patch (from recorded to replayed).

    `asked` counts the questions that a model was really asked.
    """
    calls = _calls(turn.result["function_calls"]), _calls(result["function_calls"])
    words = turn.cleaned_text, result["cleaned_text"]
    patch = jsonpatch.make_patch(recorded, dataset).patch
    replayed = _cost(result)
    return {
        "seq": turn.seq,
        "turn_id": turn.turn_id,
        "same": calls[0] == calls[1] and words[0] == words[1] and not patch,
        "cleaned_text": None if words[0] == words[1] else _pair(*words),
        "function_calls": None if calls[0] == calls[1] else _pair(*calls),
        "dataset": patch,
        "degraded": _pair(turn.result["degraded"], result["degraded"]),
        "cost": _pair(_cost(turn.result), replayed | {"asked": asked}),
        "time_ms": _pair(turn.result["processing_time_ms"], result["processing_time_ms"]),
    }


def totals_of(differences: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Sum up the turns so far."""
    seen = list(differences)
    return {
        "turns": len(seen),
        "different": sum(not each["same"] for each in seen),
        "asked": sum(each["cost"]["replayed"]["asked"] for each in seen),
        "cost": {side: _sum([each["cost"][side] for each in seen]) for side in ("recorded", "replayed")},
        "time_ms": {side: round(sum(each["time_ms"][side] for each in seen), 3) for side in ("recorded", "replayed")},
    }


def _calls(calls: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What is compared of calls: what was called, with what, and what came of it."""
    return [{key: call[key] for key in ("function_name", "parameters", "status")} for call in calls]


def _cost(result: TurnResult) -> dict[str, int]:
    return _sum(list((result.get("usage") or {}).values()))


def _sum(costs: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    return {name: sum(cost.get(name) or 0 for cost in costs) for name in COST}


def _pair(recorded: Any, replayed: Any) -> dict[str, Any]:
    return {"recorded": recorded, "replayed": replayed}
