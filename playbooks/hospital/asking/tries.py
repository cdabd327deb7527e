"""What was asked in vain: twice, or of a caller who says that there is none."""

from collections.abc import Mapping
from itertools import pairwise

from domain.conversation import Role
from domain.playbook import Conversation
from playbooks.hospital.asking import phrases
from playbooks.hospital.wish.answers import is_refusal
from playbooks.hospital.wish.heard import heard

TRIES = 2


def in_vain(conversation: Conversation, *questions: str) -> bool:
    """Whether asking any of these once more would be of no use; who changes the slot meanwhile has not answered."""
    answers = answers_to(conversation, *questions)
    return len(answers) >= TRIES or any(map(is_refusal, answers))


def answers_to(conversation: Conversation, *questions: str) -> list[str]:
    """What was said when any of these was asked, but for turns that are about the slot."""
    turns = [(turn.role, turn.text) for turn in conversation.history]
    return [
        after
        for (asker, before), (speaker, after) in pairwise((*turns, (Role.CALLER, conversation.cleaned)))
        if asker is Role.AGENT
        and speaker is Role.CALLER
        and phrases.asks(before, *questions)
        and not heard(after, before, conversation.now).is_about_slot
    ]


def has_name(conversation: Conversation, who: Mapping[str, str]) -> bool:
    """Whether a name is known, with its family name unless that is not to be had."""
    return " " in who.get("name", "") or ("name" in who and in_vain(conversation, phrases.FAMILY))
