"""A turn that asks a model, and a store that remembers what it was given to keep."""

from dataclasses import dataclass, field
from typing import Any, cast

from domain.errors import Unavailable
from nodes.state import TurnState
from playbooks.loader import load_playbooks

BOOKS = load_playbooks()
LUMEN = BOOKS["lumen"]


@dataclass
class KeptAnswers:
    """The part of a TurnStore that asking needs; it is out of reach as often as it is told."""

    away: int = 0
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def keep_answer(
        self, tenant_id: str, session_id: str, seq: int, question: str, answer: dict[str, Any]
    ) -> None:
        """Remember it."""
        if self.away > 0:
            self.away -= 1
            raise Unavailable("The connection to the database was lost.")
        self.answers[question] = answer

    async def earlier_texts(self, tenant_id: str, session_id: str, before_seq: int) -> list[str]:
        """Nothing was said before."""
        return []


def turn_state(words: str, answers: dict[str, Any] | None = None) -> TurnState:
    """A caller's turn, as `receive` leaves it."""
    context = LUMEN.context.model_dump(mode="json")
    session = {"tenant_id": "demo", "session_id": "s", "playbook": "lumen", "call_context": context}
    turn = {"seq": 1, "turn_id": "one", "at": 0.0}
    state = {"session": session, "turn": turn, "raw_text": words, "window": [], "dataset": {}}
    return cast(TurnState, state | {"answers": dict(answers or {})})
