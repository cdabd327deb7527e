"""What a session has learnt: changes as data, folded into the dataset one by one."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from pydantic import BaseModel, ConfigDict

Dataset = dict[str, Any]
Change = list[dict[str, Any]]
"""Operations in order: {op: set | set_once | append | union, path: JSON Pointer, value}."""


class DatasetModel(BaseModel):
    """A playbook's dataset schema; every field has a default, because a call starts knowing nothing."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    created_at: float = 0.0
    updated_at: float = 0.0


def set_value(path: str, value: Any) -> dict[str, Any]:
    """Write `value` at `path`; the same value again changes nothing."""
    return {"op": "set", "path": path, "value": value}


def set_once(path: str, value: Any) -> dict[str, Any]:
    """Write `value` at `path` only while it holds null: the effect stands until it is taken back."""
    return {"op": "set_once", "path": path, "value": value}


def append(path: str, value: Mapping[str, Any], same_by: Sequence[str]) -> dict[str, Any]:
    """Append `value` unless an item equal in the `same_by` fields is there."""
    return {"op": "append", "path": path, "value": dict(value), "same_by": list(same_by)}


def union(path: str, values: Sequence[str]) -> dict[str, Any]:
    """Add the strings that are not there yet (case-insensitive), in order of first mention."""
    return {"op": "union", "path": path, "value": list(values)}


def fold(dataset: Dataset, change: Change, *, now: float) -> tuple[Dataset, bool]:
    """Apply a change to a copy of the dataset.

    Returns:
        The new dataset and True when a value really changed; `updated_at` (epoch seconds) moves only then.
    """
    after = deepcopy(dataset)
    changed = [_apply(after, operation) for operation in change]
    if not any(changed):
        return dataset, False
    after["updated_at"] = now
    return after, True


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text of a JSON value, at any depth; the keys are ours and no text."""
    match value:
        case str():
            yield value
        case dict():
            for item in value.values():
                yield from texts_in(item)
        case list():
            for item in value:
                yield from texts_in(item)


def _apply(dataset: Dataset, operation: dict[str, Any]) -> bool:
    parent, key = _locate(dataset, operation["path"])
    value = operation["value"]
    match operation["op"]:
        case "set":
            return _put(parent, key, value)
        case "set_once":
            return parent.get(key) is None and _put(parent, key, value)
        case "append":
            return _append(parent.setdefault(key, []), value, operation["same_by"])
        case "union":
            return _union(parent.setdefault(key, []), value)
        case other:
            raise ValueError(f"unknown dataset operation {other!r}")


def _locate(dataset: Dataset, path: str) -> tuple[dict[str, Any], str]:
    *parents, key = [part.replace("~1", "/").replace("~0", "~") for part in path.lstrip("/").split("/")]
    node = dataset
    for part in parents:
        node = node.setdefault(part, {})
    return node, key


def _put(parent: dict[str, Any], key: str, value: Any) -> bool:
    if _same(parent.get(key), value):
        return False
    parent[key] = value
    return True


def _append(items: list[Any], value: dict[str, Any], same_by: Sequence[str]) -> bool:
    if any(all(_same(item.get(field), value.get(field)) for field in same_by) for item in items):
        return False
    items.append(value)
    return True


def _union(items: list[Any], values: Sequence[str]) -> bool:
    known = {str(item).casefold().strip() for item in items}
    fresh = [value for value in dict.fromkeys(values) if value.casefold().strip() not in known]
    kept: dict[str, str] = {}
    for value in fresh:
        kept.setdefault(value.casefold().strip(), value)
    items.extend(kept.values())
    return bool(kept)


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return " ".join(left.split()) == " ".join(right.split())
    return bool(left == right)
