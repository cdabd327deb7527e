"""The demo: proposed only on the prospect's own plain yes; the consent gate judges it again."""

from collections.abc import Iterator

from domain.tool_call import ProposedCall
from language.consent import Verdict, judge
from playbooks.lumen.rules.hearing import Hearing

DEMO_WORDS = ("demo", "demonstration")
"""What the gated act is called; a yes counts only for a question that names it."""


def find_demo(hearing: Hearing) -> Iterator[ProposedCall]:
    """Propose the demo when the turn is an explicit yes to it, unless it is being created already."""
    if hearing.insights("demo_creation_initiated", None):
        return
    judged = judge(hearing.conversation.question, hearing.text, subject=DEMO_WORDS)
    if judged.verdict is Verdict.GRANTED:
        yield ProposedCall("initiate_demo_creation", {}, judged.quote)
