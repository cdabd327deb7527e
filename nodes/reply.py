"""reply: what a playbook that speaks answers, by its own built-in replier."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.playbook import Playbook
from nodes.reading import conversation_of
from nodes.state import TurnState


@dataclass(frozen=True)
class Reply:
    """Ask the playbook's replier; a playbook without one stays silent."""

    playbooks: Mapping[str, Playbook]

    async def __call__(self, state: TurnState) -> dict[str, Any]:
        """Return the reply, or None where the playbook has nothing to say."""
        playbook = self.playbooks[state["session"]["playbook"]]
        if playbook.replier is None:
            return {"reply": None}
        return {"reply": playbook.replier(conversation_of(state, state.get("cleaned_text") or ""))}
