"""Facts about the prospect's company, one rule for each field."""

import re
from collections.abc import Callable, Iterator

from domain.tool_call import ProposedCall
from playbooks.lumen.dataset import same_words
from playbooks.lumen.rules.amounts import same_amount
from playbooks.lumen.rules.clauses import Clause
from playbooks.lumen.rules.company_name import find_company_name
from playbooks.lumen.rules.headcount import find_size
from playbooks.lumen.rules.hearing import Hearing
from playbooks.lumen.rules.phrases import folded
from playbooks.lumen.rules.topics import Topic
from playbooks.lumen.rules.trade import find_description, find_sector

_FINDS: dict[Topic, Callable[[Hearing, Clause], str | None]] = {
    Topic.COMPANY_NAME: find_company_name,
    Topic.COMPANY_SIZE: find_size,
    Topic.COMPANY_SECTOR: find_sector,
    Topic.COMPANY_DESCRIPTION: find_description,
}
_ARTICLE = re.compile(r"^(?:an?|the) ")


def find_company(hearing: Hearing) -> Iterator[ProposedCall]:
    """Propose each fact about the company that is new: one call for each field."""
    for topic, find in _FINDS.items():
        for clause in hearing.clauses:
            value = find(hearing, clause) if clause.states else None
            if value and not _known(hearing, topic, value):
                arguments = {"field_to_update": topic.value, "new_value": value}
                yield ProposedCall("update_profile_field", arguments, clause.text)
                break


def _known(hearing: Hearing, topic: Topic, value: str) -> bool:
    """Whether the dataset says so already: word for word, the same amount, or within what the company does."""
    known = hearing.dataset.get(topic.value)
    if topic is Topic.COMPANY_SIZE:
        return same_amount(known, value)
    within = isinstance(known, str) and _ARTICLE.sub("", folded(value)) in folded(known)
    return same_words(known, value) or (within and topic in (Topic.COMPANY_DESCRIPTION, Topic.COMPANY_SECTOR))
