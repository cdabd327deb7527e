"""A call that waits for the caller's yes is asked about in the reply, so that a yes has something to answer."""

from collections.abc import Iterator, Sequence
from typing import Any

from domain.playbook import BusinessTool, HeldCall, Playbook
from domain.tool_call import ConsentMode
from language.anchoring.anchors import Corpus, unanchored
from language.consent.judging import Verdict
from nodes.holding import judge_for
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
    details = [
        detail for name, value in held.arguments.items() if name not in tool.exempt for detail in _details(value)
    ]
    return f"That is: {', '.join(details)}. {question}" if details else question


def _asks(tool: BusinessTool, held: HeldCall, said: str) -> bool:
    if judge_for(tool, said, _YES).verdict is not Verdict.GRANTED:
        return False
    return held.mode is not ConsentMode.READ_BACK or _reads_back(tool, held, said)


def _reads_back(tool: BusinessTool, held: HeldCall, said: str) -> bool:
    """Whether every number and name of the arguments was said, in one of the forms people say it in."""
    corpus = Corpus.of((said,))
    values = (value for name, value in held.arguments.items() if name not in tool.exempt)
    return all(any(_holds(corpus, form) for form in _forms(value)) for value in values if value is not None)


def _holds(corpus: Corpus, form: str) -> bool:
    return not unanchored(form, corpus, title=True)


def _forms(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
            for form in spoken_forms(value):
                yield form
                yield form.rpartition(" ")[0]  # the year, or the half of the day, goes without saying
        case _:
            yield " ".join(fact_texts(value))


def _details(value: Any) -> list[str]:
    if isinstance(value, str):
        return (spoken_forms(value) or [value])[:1]
    return [str(item) for item in fact_texts(value)]
