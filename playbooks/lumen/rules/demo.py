"""The demo: proposed only on the prospect's own plain yes; the consent gate judges it again."""

from collections.abc import Iterator

from domain.tool_call import ProposedCall
from language.consent.judging import Verdict, judge
from playbooks.lumen.rules.hearing import Hearing
from playbooks.lumen.rules.phrases import any_of, folded

DEMO_WORDS = ("demo", "demonstration")
"""What the gated act is done to; a yes counts only for a question that names it."""

DEMO_ACTS = ("create", "build", "make", "set up", "start", "prepare", "put together", "generate", "initiate", "launch")
"""How the gated act is called; a yes counts only for a question that proposes one of them."""

_YES = any_of(
    r"yes|yep|yeah|yup|sure|absolutely|definitely|of course|go on|go ahead|go for it|let's|please do|do it|i'm ready"
)
_DOUBT = any_of(
    r"""
    not|never|no|\w+n't|maybe|perhaps|possibly|probably|might|could|would|later|next|first|but|if|when|once|until
    unless|think|guess
    suppose|already|still|here|again|tomorrow|week|month|wait|hold on|before|after|what|how|why|who|he|she|they|wife
    hear|show|\w+\?
    """
)
_TALKS = any_of(
    r"(?:tell|walk|talk|take) you|explain|describe|go (?:through|over)|hear (?:more|about)|(?:what|how) the demo"
)
_DEMANDS = any_of(
    r"""
    (?:can|could|will|would) you (?:please |just )*(?:<acts>) (?:me|us) <demo><end>
    (?:can|could|will|would) you (?:please |just )*(?:<acts>) <demo> (?:for (?:me|us)|now|please)<end>
    """,
    acts="|".join(DEMO_ACTS),
    demo=r"(?:the|a|that|this|our|my) demo(?:nstration)?",
    end=r"(?:,? (?:now|please|for (?:me|us)|then))*\W*$",
)


def find_demo(hearing: Hearing) -> Iterator[ProposedCall]:
    """Propose the demo when the turn is an explicit yes to it, unless it is being created already."""
    if hearing.gives_orders or hearing.insights("demo_creation_initiated", None):
        return
    said = folded(f"{hearing.conversation.question or ''} {hearing.text}")
    if not any(word in said for word in DEMO_WORDS):
        return
    judged = judge(hearing.conversation.question, hearing.text, subject=DEMO_WORDS, acts=DEMO_ACTS)
    unsure = judged.verdict is Verdict.UNCLEAR
    if judged.verdict is Verdict.GRANTED or (unsure and (_plain_yes(hearing) or _demands(hearing))):
        yield ProposedCall("initiate_demo_creation", {}, hearing.text)


def _plain_yes(hearing: Hearing) -> bool:
    """Whether a short yes answers a question for the demo: where the gate is not sure, it holds the call."""
    question, answer = folded(hearing.conversation.question or ""), folded(hearing.text)
    asked = "?" in question and any(word in question for word in DEMO_WORDS)
    asked = asked and not _TALKS.search(question)
    return bool(asked and hearing.short and _YES.search(answer) and not _DOUBT.search(answer))


def _demands(hearing: Hearing) -> bool:
    """Whether the turn ends on a request to have it made."""
    return hearing.short and _DEMANDS.search(folded(hearing.text)) is not None
