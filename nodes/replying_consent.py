"""A call that waits for the caller's yes is asked about in the reply, so that a yes has something to answer."""

from collections.abc import Sequence
from typing import Any

from domain.playbook import BusinessTool, HeldCall, Playbook
from domain.tool_call import ConsentMode
from language.consent.judging import Verdict
from nodes.judging import judge_for
from nodes.read_back import details_of, told
from nodes.replying_facts import fact_texts, spoken_forms

_YES = "yes please"


def unasked(playbook: Playbook, held: Sequence[HeldCall], said: str) -> HeldCall | None:
    """Find the first held call to which a yes, after these words, would not be a consent; None when all is asked."""
    tools = ((playbook.tool(call.name), call) for call in held)
    return next((call for tool, call in tools if tool is not None and not _asks(tool, call, said)), None)


def question_for(playbook: Playbook, held: HeldCall) -> str | None:
    """Ask for a yes in general terms, with the details where they must be read back; None for an act without words."""
    tool = playbook.tool(held.name)
    if tool is None or not tool.policy.subject:
        return None
    verb = (tool.policy.acts or ("go ahead with",))[0]
    question = f"Shall I {verb} the {tool.policy.subject[0]}?"
    if held.mode is not ConsentMode.READ_BACK:
        return question
    details = [detail for value in _arguments_in_order(tool, held) for detail in _details(value)]
    return f"That is: {', '.join(details)}. {question}" if details else question


def _arguments_in_order(tool: BusinessTool, held: HeldCall) -> list[Any]:
    """The values that must be said, in the order of the tool's schema: a stored call has its names sorted."""
    names = [*tool.parameters.get("properties", {}), *held.arguments]
    return [held.arguments[name] for name in dict.fromkeys(names) if name in held.arguments and name not in tool.exempt]


def _asks(tool: BusinessTool, held: HeldCall, said: str) -> bool:
    if judge_for(tool, said, _YES).verdict is not Verdict.GRANTED:
        return False
    return held.mode is not ConsentMode.READ_BACK or _reads_back(tool, held, said)


def _reads_back(tool: BusinessTool, held: HeldCall, said: str) -> bool:
    """Whether every number and name of the arguments was said, in one of the forms people say it in."""
    details = details_of(tool, held.arguments)
    return len(told(details, said)) == len(details)


def _details(value: Any) -> list[str]:
    if isinstance(value, str):
        return (spoken_forms(value) or [value])[:1]
    return [str(item) for item in fact_texts(value)]
