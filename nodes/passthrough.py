"""passthrough: the agent's own words stand as they are; nothing is cleaned or decided."""

from dataclasses import dataclass
from typing import Any

from nodes.state import TurnState


@dataclass(frozen=True)
class Passthrough:
    """Let the words through."""

    async def __call__(self, state: TurnState) -> dict[str, Any]:
        """Return the raw words as the cleaned ones."""
        return {"cleaned_text": state["raw_text"]}
