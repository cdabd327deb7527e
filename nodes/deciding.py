"""Asking a model which tools a turn calls for; shared by the draft and by the decision."""

from dataclasses import dataclass
from typing import Any

from domain.playbook import Playbook
from domain.tool_call import ProposedCall
from nodes.answers import MOST_CALLS, check_finish
from nodes.asking import ask_once
from nodes.prompting import decide_request
from nodes.state import TurnState
from nodes.storable import storable
from ports.chat_model import ChatModel
from ports.store import TurnStore


@dataclass(frozen=True)
class Proposals:
    """What a model proposed, and what asking it cost."""

    calls: list[ProposedCall]
    served: dict[str, Any]


async def ask_for_calls(
    model: ChatModel, playbook: Playbook, state: TurnState, words: str, turns: TurnStore
) -> Proposals:
    """Ask once.

    Raises:
        ProviderError: no answer, or one that may not be used.
    """
    asked = await ask_once(model, decide_request(playbook, state, words), state, turns)
    check_finish(asked.answer)
    calls = [
        ProposedCall(storable(call.name), storable(call.arguments), evidence=words)
        for call in asked.answer.calls[:MOST_CALLS]
    ]
    return Proposals(calls, asked.served(playbook.prompt("decide").label))
