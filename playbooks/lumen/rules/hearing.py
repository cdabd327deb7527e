"""The newest turn made ready for the rules: its clauses, and what they may be the answer to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from domain.conversation import Role
from domain.playbook import Conversation
from playbooks.lumen.rules.clauses import Clause, clauses_in
from playbooks.lumen.rules.guard import gives_orders
from playbooks.lumen.rules.phrases import any_of
from playbooks.lumen.rules.topics import Topic, asked_about, asked_again, said_over

_JOKED = any_of(r"(?:only |just )?(?:joking|kidding)|(?:old|bad|little|silly) joke|pulling your leg")
_SHORT_ANSWER = 12
_MOST_CLAUSES = 60
_ALWAYS_CAPITAL = frozenset({"I", "I'm", "I'd", "I've", "I'll", "I’m", "I’d", "I’ve", "I’ll"})


@dataclass(frozen=True)
class Hearing:
    """One turn, read once for all rules."""

    conversation: Conversation

    @cached_property
    def text(self) -> str:
        """The cleaned words, or the raw ones where nothing was cleaned, with single spaces."""
        return " ".join((self.conversation.cleaned or self.conversation.raw).split())

    @property
    def dataset(self) -> Mapping[str, Any]:
        """What is known so far."""
        return self.conversation.dataset

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The turn's clauses, in order, without sentences that give orders; of an endless turn the newest."""
        newest = clauses_in(self.text)[-_MOST_CLAUSES:]
        return tuple(clause for clause in _meant(newest) if not gives_orders(clause.sentence))

    @cached_property
    def gives_orders(self) -> bool:
        """Whether any of it talks to the machine: then nothing in it is a yes."""
        return gives_orders(self.text)

    @cached_property
    def asked(self) -> tuple[Topic, ...]:
        """What the assistant has just asked for, or had asked for when it asks again."""
        question = self.conversation.question
        if asked_again(question):
            earlier = [said.text for said in self.conversation.history if said.role is Role.AGENT][:-1]
            question = earlier[-1] if earlier else None
        return asked_about(question)

    @cached_property
    def expected(self) -> tuple[Topic, ...]:
        """What it asked for or repeated: an answer may put right what was repeated."""
        return (*self.asked, *said_over(self.conversation.question, self.dataset))

    @cached_property
    def short(self) -> bool:
        """Whether the turn is short enough to be nothing but an answer."""
        return len(self.text.split()) <= _SHORT_ANSWER

    @cached_property
    def cased(self) -> bool:
        """Whether capitals in this turn mean anything: recognition often writes none, or nothing else."""
        later = [word for word in self.text.split()[1:] if word not in _ALWAYS_CAPITAL]
        return any(word[:1].isupper() for word in later) and not self.text.isupper()

    def insights(self, part: str, empty: Any) -> Any:
        """A part of `business_insights`, or `empty` where the dataset has none."""
        return (self.dataset.get("business_insights") or {}).get(part) or empty


def _meant(clauses: Sequence[Clause]) -> Sequence[Clause]:
    """The clauses after the last that owns to a joke: "Zero. I'm joking. Fifty."."""
    joked = (at for at in range(len(clauses) - 1, -1, -1) if _JOKED.search(clauses[at].plain))
    return clauses[next(joked, -1) + 1 :]
