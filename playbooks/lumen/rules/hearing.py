"""The newest turn made ready for the rules: its clauses, and what they may be the answer to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from domain.playbook import Conversation
from playbooks.lumen.rules.clauses import Clause, clauses_in
from playbooks.lumen.rules.topics import Topic, asked_about


@dataclass(frozen=True)
class Hearing:
    """One turn, read once for all rules."""

    conversation: Conversation

    @property
    def text(self) -> str:
        """The cleaned words, or the raw ones where nothing was cleaned."""
        return self.conversation.cleaned or self.conversation.raw

    @property
    def dataset(self) -> Mapping[str, Any]:
        """What is known so far."""
        return self.conversation.dataset

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The turn's clauses, in order."""
        return clauses_in(self.text)

    @cached_property
    def asked(self) -> tuple[Topic, ...]:
        """What the assistant has just asked about."""
        return asked_about(self.conversation.question, self.dataset)

    @property
    def short(self) -> bool:
        """Whether the turn is short enough to be nothing but an answer."""
        return len(self.text.split()) <= 12

    @cached_property
    def cased(self) -> bool:
        """Whether capitals in this turn mean anything: recognition often writes none, or nothing else."""
        words = self.text.split()[1:]
        letters = [word for word in words if word[:1].isalpha() and word not in {"I", "I'm", "I'd", "I've", "I'll"}]
        return any(word[:1].isupper() for word in letters) and any(word[:1].islower() for word in letters)

    def insights(self, part: str, empty: Any) -> Any:
        """A part of `business_insights`, or `empty` where a dataset has none."""
        return (self.dataset.get("business_insights") or {}).get(part) or empty
