"""What the nodes of a replay write to: nothing of the call itself."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from domain.errors import Fault
from domain.session import SessionFacts
from domain.tool_call import PlannedCall
from domain.turn import TurnResult
from ports.records import Learnt, NewSession, NewTurn, OpenTurn, TurnReceipt, Words
from ports.replays import ReplayStore


@dataclass
class ForkStore:
    """A TurnStore that remembers one turn at a time, and keeps fresh answers in the replay's own rows."""

    replays: ReplayStore
    replay_id: str
    texts: list[str] = field(default_factory=list)
    turn_id: str = ""
    learnt: Learnt | None = None

    def begin(self, turn_id: str, texts: list[str]) -> None:
        """Start a turn; `texts` is what was said before it."""
        self.turn_id, self.texts, self.learnt = turn_id, texts, None

    async def keep_words(self, tenant_id: str, session_id: str, seq: int, words: Words) -> None:
        """The words are those that were heard."""

    async def keep_plan(
        self, tenant_id: str, session_id: str, seq: int, words: Words, plan: list[PlannedCall]
    ) -> list[PlannedCall]:
        """Each run of a replay makes its own plan."""
        return plan

    async def keep_answer(
        self, tenant_id: str, session_id: str, seq: int, question: str, answer: dict[str, Any]
    ) -> None:
        """Keep what a model answered, so that a replay that is taken up again does not ask twice.

        That there was no model is nobody's answer: where the replay goes on, there may be one.
        """
        if answer.get("fault") == Fault.ABSENT:
            return
        await self.replays.keep_answer(tenant_id, self.replay_id, seq, self.turn_id, question, answer)

    async def keep_learnt(self, tenant_id: str, session_id: str, learnt: Learnt) -> bool:
        """Remember what the turn would have changed."""
        self.learnt = learnt
        return True

    async def finish_turn(self, tenant_id: str, session_id: str, result: TurnResult, *, owner: str | None) -> None:
        """The result is in the run's state."""

    async def keep_passthrough(self, facts: SessionFacts, turn: NewTurn, result: TurnResult) -> TurnReceipt:
        """No agent's turn is run again."""
        raise NotImplementedError

    async def earlier_texts(self, tenant_id: str, session_id: str, before_seq: int) -> list[str]:
        """Everything said before, as the fork knows it."""
        return self.texts

    async def adopt_turn(self, new: NewSession, turn: NewTurn, *, owner: str, lease: timedelta) -> OpenTurn:
        """No turn comes in here."""
        raise NotImplementedError
