"""The built-in decider of a discovery call."""

from domain.playbook import Conversation
from domain.tool_call import ProposedCall
from playbooks.lumen.dataset import LONGEST_DETAILS, LONGEST_VALUE
from playbooks.lumen.rules.channels import find_channels
from playbooks.lumen.rules.company import find_company
from playbooks.lumen.rules.demo import find_demo
from playbooks.lumen.rules.hearing import Hearing
from playbooks.lumen.rules.insights import find_insights
from playbooks.lumen.rules.metrics import find_metrics
from playbooks.lumen.rules.person import find_person

_RULES = (find_person, find_company, find_metrics, find_channels, find_insights, find_demo)


def analyst(conversation: Conversation) -> list[ProposedCall]:
    """Propose a call for each new or corrected fact of the newest turn; pure, and total on any text."""
    hearing = Hearing(conversation)
    return [call for rule in _RULES for call in rule(hearing) if _fits(call)]


def _fits(call: ProposedCall) -> bool:
    """Whether its words are few enough for a fact; an endless run of letters is none."""
    longest = LONGEST_DETAILS if "insight_details" in call.arguments else LONGEST_VALUE
    return all(len(value) <= longest for value in call.arguments.values())
