"""The mask of a case: whoever and whatever was named in a call, learnt from all of its words."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from domain.conversation import Role
from domain.dataset import texts_in
from domain.playbook import Playbook
from evals.masking.dates import Weeks
from evals.masking.invented import Mask

ASKS_NAME = "name"
"""In a question, what makes its answer a name."""


def build_mask(playbook: Playbook, turns: Iterable[Mapping[str, Any]], data: Any, at: datetime) -> Mask:
    """Learn from the turns, as clients see them, and from plain data; `at` is the moment of the case."""
    speakers = (playbook.caller, playbook.agent)
    mask = Mask((*playbook.context.texts, *playbook.hint_phrases, *speakers, *_enums(playbook)), Weeks(at).spans)
    before = ""
    for each in turns:
        for text in (each["raw_text"] or "", each["cleaned_text"] or ""):
            mask.learn(text, asked=each["role"] == Role.CALLER and ASKS_NAME in before.casefold())
        mask.learn(reply_to(each))
        before = reply_to(each) or words_of(each)
    for text in texts_in(data):
        mask.learn(text)
    return mask


def words_of(turn: Mapping[str, Any]) -> str:
    """What was said in a turn."""
    return turn["cleaned_text"] or turn["raw_text"] or ""


def reply_to(turn: Mapping[str, Any]) -> str:
    """What we answered to a turn, if anything."""
    return (turn["result"] or {}).get("reply") or ""


def _enums(playbook: Playbook) -> list[str]:
    """Values that tools offer to choose from: they name nobody."""
    offered = (field.get("enum", ()) for tool in playbook.tools for field in tool.parameters["properties"].values())
    return [str(value) for values in offered for value in values]
