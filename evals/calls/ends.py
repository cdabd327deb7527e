"""What a call has come to: what it learnt field by field, beside what was due, its acts and its consents."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from domain.event import EventType
from domain.playbook import Playbook
from domain.tool_call import CallStatus, Effect
from evals.arguments import same_value

TIMES = frozenset({"created_at", "updated_at", "requested_at", "timestamp", "at"})
"""Fields that say when; they differ from call to call."""
_CONSENT = (EventType.CONSENT_REQUIRED, EventType.CONSENT_DECIDED)


@dataclass(frozen=True)
class Field:
    """One value of a dataset, or one item of a list, beside the one that was due."""

    path: str
    kind: Literal["right", "wrong", "missing", "invented"]
    due: Any = None
    given: Any = None


def end_of(
    playbook: Playbook,
    first: Mapping[str, Any],
    last: Mapping[str, Any],
    calls: Iterable[Mapping[str, Any]],
    events: Iterable[Mapping[str, Any]],
) -> dict[str, Any]:
    """Say what a call came to, from its dataset at both ends, its calls as clients see them, and its events."""
    verdicts: dict[str, list[str]] = {}
    for event in events:
        if event["type"] in _CONSENT:
            consent = event["data"]
            verdicts[consent["consent_id"]] = [consent["function_name"], consent.get("status", CallStatus.HELD.value)]
    acts = [call["function_name"] for call in calls if is_act(playbook, call)]
    return {"dataset": learnt(first, last), "acts": acts, "consents": list(verdicts.values())}


def is_act(playbook: Playbook, call: Mapping[str, Any]) -> bool:
    """Whether a call left what cannot be taken back."""
    tool = playbook.tool(call["function_name"])
    return tool is not None and tool.policy.effect is Effect.COMMIT and call["status"] == CallStatus.DONE


def learnt(first: Mapping[str, Any], last: Mapping[str, Any]) -> dict[str, Any]:
    """The values, by dotted path, that are not those that the call began with."""
    before, after = dict(_values("", first)), dict(_values("", last))
    gone = {path: None for path, value in before.items() if value is not None and path not in after}
    return {path: value for path, value in after.items() if value != before.get(path)} | gone


def fields_of(due: Mapping[str, Any], given: Mapping[str, Any]) -> list[Field]:
    """Put what was learnt, by dotted path, beside what was due."""
    due = dict(_values("", due))
    return [field for path in sorted(due.keys() | given.keys()) for field in _compared(path, due, given)]


def _values(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    match value:
        case {"has": _} | {"any": _}:
            yield path, value
        case Mapping():
            for name, item in value.items():
                if name not in TIMES:
                    yield from _values(f"{path}.{name}" if path else name, item)
        case [] | None:
            yield path, None
        case _:
            yield path, value


def _compared(path: str, due: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[Field]:
    left = _items(given, path)
    missing = []
    for item in _items(due, path):
        found = next((place for place, other in enumerate(left) if same_value(other, item)), None)
        if found is None:
            missing.append(item)
        else:
            yield Field(path, "right", item, left.pop(found))
    pairs = min(len(missing), len(left))
    yield from (Field(path, "wrong", *pair) for pair in zip(missing, left, strict=False))
    yield from (Field(path, "missing", due=item) for item in missing[pairs:])
    yield from (Field(path, "invented", given=item) for item in left[pairs:])


def _items(values: Mapping[str, Any], path: str) -> list[Any]:
    if path not in values:
        return []
    value = values[path]
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else [value]
