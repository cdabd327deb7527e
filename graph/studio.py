"""The turn graph for LangGraph Studio: the same drawing, and then a question to the person who sits there.

Only here is a run interrupted. The turn is over by then, in the tables and for every reader of them: whoever writes new
words instead of an answer (for which LangGraph drops the interrupt) leaves a held call, as everywhere else.
"""

from dataclasses import dataclass
from typing import Any, Protocol

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END
from langgraph.types import RetryPolicy, interrupt
from typing_extensions import TypedDict

from domain.dataset import Dataset
from domain.tool_call import CallStatus, FunctionCall
from domain.turn import TurnResult
from graph.faults import is_retryable
from graph.turn import TurnGraph, TurnNodes, draw_turn

ASK = "consent_in_studio"
ANSWERS = {"grant": True, "refuse": False}
UNCLEAR = 'Answer "grant" or "refuse".'


class Decided(TypedDict):
    """What became of a held call, and the dataset after it."""

    function_call: FunctionCall
    dataset: Dataset
    dataset_version: int


class DecideHeld(Protocol):
    """Decides a held call for the person in Studio; what was decided before stands."""

    async def __call__(self, tenant_id: str, session_id: str, consent_id: str, *, grant: bool) -> Decided:
        """Grant or refuse the call, and say what became of it."""
        ...


class Finished(TypedDict):
    """A turn that is over."""

    session: dict[str, Any]
    verdicts: list[dict[str, Any]]
    result: TurnResult | None


@dataclass(frozen=True)
class ConsentInStudio:
    """Ask about one held call of the turn; each has a run of its own, so that no answer meets another's question."""

    decide: DecideHeld

    async def __call__(self, state: Finished) -> dict[str, Any]:
        """Return the result with the decided call in it, and the dataset as it then stands."""
        result, held = state["result"], _first_held(state["result"])
        if result is None or held is None:
            return {}
        consent_id = str(held["result"]["consent_id"])
        session, grant = state["session"], _answer(_question(state, held, consent_id))
        decided = await self.decide(session["tenant_id"], session["session_id"], consent_id, grant=grant)
        calls = [decided["function_call"] if call["id"] == held["id"] else call for call in result["function_calls"]]
        version = decided["dataset_version"]
        return {
            "result": {**result, "function_calls": calls, "dataset_version": version},
            "dataset": decided["dataset"],
            "dataset_version": version,
        }


def compile_studio(nodes: TurnNodes, decide: DecideHeld, checkpointer: BaseCheckpointSaver[Any] | None) -> TurnGraph:
    """Make the graph that Studio runs."""
    turn = draw_turn(nodes)
    turn.add_node(ASK, ConsentInStudio(decide), retry_policy=RetryPolicy(max_attempts=2, retry_on=is_retryable))
    turn.add_edge("notify", ASK)
    turn.add_conditional_edges(ASK, after_consent_in_studio, [ASK, END])
    return turn.compile(checkpointer=checkpointer, name="turn")


async def after_consent_in_studio(state: Finished) -> str:
    """Go on asking while a call of the turn is held."""
    return END if _first_held(state["result"]) is None else ASK


def _first_held(result: TurnResult | None) -> FunctionCall | None:
    calls = result["function_calls"] if result else []
    return next((call for call in calls if call["status"] == CallStatus.HELD), None)


def _question(state: Finished, held: FunctionCall, consent_id: str) -> dict[str, Any]:
    asked = (verdict["question"] for verdict in state["verdicts"] if verdict["consent_id"] == consent_id)
    return {
        "consent_id": consent_id,
        "function_name": held["function_name"],
        "parameters": held["parameters"],
        "question": next(asked, None),
    }


def _answer(question: dict[str, Any]) -> bool:
    """Interrupt until the answer is clear. A resumed run gets here again, with all the answers given so far."""
    answer = interrupt(question)
    while not (isinstance(answer, str) and answer in ANSWERS):
        answer = interrupt({**question, "problem": UNCLEAR})
    return ANSWERS[answer]
