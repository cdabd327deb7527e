"""Scores an analyst on hand-made rows: the agent's question, the turn, and the calls that are due."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.conversation import CallContext, Role, Utterance
from domain.playbook import Conversation
from domain.tool_call import ProposedCall
from playbooks.lumen.dataset import DEMO_PROFILE, LumenDataset
from playbooks.lumen.rules.analyst import analyst


@dataclass(frozen=True)
class Score:
    """Right calls among those proposed and those due, and turns rightly left alone."""

    right: int
    proposed: int
    due: int
    left_alone: int
    to_leave_alone: int
    wrong: tuple[str, ...]

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0..1."""
        return 2 * self.right / (self.proposed + self.due)

    @property
    def silence(self) -> float:
        """Share of the turns without a fact that called nothing, 0..1."""
        return self.left_alone / self.to_leave_alone


def load_rows(name: str) -> list[dict[str, Any]]:
    """Read a file of rows beside this one."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def conversation_of(row: Mapping[str, Any]) -> Conversation:
    """Make what the analyst sees of a row: the demo prospect, and one question before the turn."""
    dataset = LumenDataset.model_validate({**DEMO_PROFILE, "business_insights": row.get("dataset", {})})
    asked = row["asked"]
    history = (Utterance(1, Role.AGENT, "Lumen", asked),) if asked else ()
    return Conversation(row["text"], row["text"], history, dataset.model_dump(mode="json"), CallContext())


def score(rows: Sequence[Mapping[str, Any]]) -> Score:
    """Count what the analyst gets right; a call is right when its name and every argument are."""
    right = proposed = due = left_alone = 0
    wrong: list[str] = []
    for row in rows:
        calls = list(analyst(conversation_of(row)))
        wanted = [(name, arguments) for name, arguments in row["calls"]]
        hits = sum(any(_matches(call, *want) for call in calls) for want in wanted)
        right, proposed, due = right + hits, proposed + len(calls), due + len(wanted)
        left_alone += not wanted and not calls
        if hits < len(wanted) or hits < len(calls):
            wrong.append(f"{row['asked']!r} / {row['text']!r}: {[(call.name, dict(call.arguments)) for call in calls]}")
    return Score(right, proposed, due, left_alone, sum(not row["calls"] for row in rows), tuple(wrong))


def _matches(call: ProposedCall, name: str, arguments: Mapping[str, Any]) -> bool:
    if call.name != name or call.arguments.keys() != arguments.keys():
        return False
    return all(_same(key, call.arguments[key], value) for key, value in arguments.items())


def _same(key: str, given: Any, wanted: Any) -> bool:
    """Lists by their items in any order; details and descriptions may say more than the words that matter."""
    if isinstance(wanted, list):
        return {_plain(item) for item in given} == {_plain(item) for item in wanted}
    if key == "insight_details":
        return _plain(wanted) in _plain(given)
    return _plain(given) == _plain(wanted)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
