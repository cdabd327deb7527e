"""What a caller of the test desk can have done by a word: the call ended, or handed to a person."""

from collections.abc import Callable, Sequence
from typing import Annotated

from pydantic import Field

from domain.playbook import CallMoment, Conversation, ToolAnswer
from domain.tool_call import Effect, ProposedCall
from tools.business_tool import Moment, business_tool

Reason = Annotated[str, Field(description="The caller's words.")]
Analyst = Callable[[Conversation], Sequence[ProposedCall]]
WORDS = {"goodbye": "end_call", "colleague": "transfer_to_human"}
ANSWERS = {"end_call": "Goodbye.", "transfer_to_human": "One moment, I will put you through."}


async def end_call(reason: Reason, moment: Moment) -> ToolAnswer:
    """End the call."""
    return _done(moment)


async def transfer_to_human(reason: Reason, moment: Moment) -> ToolAnswer:
    """Hand the caller to a person."""
    return _done(moment)


def _done(_: CallMoment) -> ToolAnswer:
    return ToolAnswer({"success": True})


ACTS = tuple(
    business_tool(act, description=str(act.__doc__), effect=Effect.COMMIT) for act in (end_call, transfer_to_human)
)


def acting(analyst: Analyst) -> Analyst:
    """An analyst that also hears the words for the acts."""

    def analyse(conversation: Conversation) -> Sequence[ProposedCall]:
        cleaned = conversation.cleaned
        acts = [ProposedCall(act, {"reason": cleaned}, cleaned) for word, act in WORDS.items() if word in cleaned]
        return acts or analyst(conversation)

    return analyse


def answer_to(conversation: Conversation) -> str | None:
    """What is said of an act that was done."""
    done = (call["function_name"] for call in conversation.calls if call["success"])
    return next((ANSWERS[name] for name in done if name in ANSWERS), None)
