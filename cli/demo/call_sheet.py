"""The call that the demo plays: turns of both sides, and what should come of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from domain.errors import ConfigError

PLAYBOOKS = Path(__file__).parents[2] / "playbooks"
TIMES = frozenset({"created_at", "updated_at", "timestamp"})
"""Values that differ from call to call."""


@dataclass(frozen=True)
class SheetTurn:
    """One side's words: as recognition wrote them down, and as sound (raw mu-law, 8,000 Hz)."""

    speaker: str
    raw_text: str
    audio: Path


@dataclass(frozen=True)
class Fact:
    """A value that counts as found when it holds one of the accepted texts."""

    pointer: str
    accepted: tuple[str, ...]


@dataclass(frozen=True)
class CallSheet:
    """A ready call of a playbook."""

    playbook: str
    about: str
    turns: tuple[SheetTurn, ...]
    expected: Mapping[str, Any]
    facts: tuple[Fact, ...]

    def differences(self, dataset: Mapping[str, Any]) -> list[str]:
        """Where the dataset is not what the call sheet expects, times aside."""
        return list(_differences("", self.expected, dataset))

    def found(self, dataset: Mapping[str, Any]) -> list[Fact]:
        """The facts that the dataset holds."""
        return [fact for fact in self.facts if _holds(dataset, fact)]


def load_call_sheet(playbook: str) -> CallSheet:
    """Read the call sheet of a playbook (ConfigError when it has none)."""
    found = sorted((PLAYBOOKS / playbook / "scenarios").glob("*/call.yaml"))
    if not found:
        playable = sorted(path.parents[2].name for path in PLAYBOOKS.glob("*/scenarios/*/call.yaml"))
        raise ConfigError(f"There is no call to play for {playbook!r}; there is one for: {', '.join(playable)}.")
    sheet = yaml.safe_load(found[0].read_text(encoding="utf-8"))
    turns = (SheetTurn(turn["speaker"], turn["raw_text"], found[0].parent / turn["audio"]) for turn in sheet["turns"])
    facts = (Fact(fact["pointer"], tuple(map(str, fact["accepted"]))) for fact in sheet["facts"])
    return CallSheet(sheet["playbook"], sheet["about"], tuple(turns), sheet["expected"], tuple(facts))


def _differences(path: str, expected: Any, actual: Any) -> Iterator[str]:
    if isinstance(expected, Mapping) and isinstance(actual, Mapping):
        for key in (expected.keys() | actual.keys()) - TIMES:
            yield from _differences(f"{path}/{key}", expected.get(key), actual.get(key))
    elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        for index, pair in enumerate(zip(expected, actual, strict=True)):
            yield from _differences(f"{path}/{index}", *pair)
    elif expected != actual:
        yield f"{path or '/'}: expected {expected!r}, got {actual!r}"


def _holds(dataset: Any, fact: Fact) -> bool:
    texts = [text.casefold() for text in _texts(_at(dataset, fact.pointer.strip("/").split("/")))]
    return any(accepted.casefold() in text for accepted in fact.accepted for text in texts)


def _at(value: Any, path: list[str]) -> Any:
    """Follow a pointer; into a list of insights it goes by their category."""
    for part in path:
        if isinstance(value, list):
            value = [item for item in value if item.get("category") == part]
        else:
            value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = [item for key, item in value.items() if key not in TIMES]
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif value is not None:
        yield str(value)
