"""How the patient answers: by the agent's last question, once more when asked again, and then no more."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from cli.demo.hospital.visits import Visit
from cli.demo.hospital.wanted import Wanted
from playbooks.hospital.directory import DIRECTORY

WISH, WHEN, PICK, REFUSE, GOODBYE = "wish", "when", "pick", "refuse", "goodbye"
_YES = frozenset({"agree", "confirm"})
_MOST = 3
"""How often the same is said in a call: an answer may serve two questions, and be said again once."""
_MOST_IN_ALL = 12
_LAST_QUESTION = re.compile(r"[^.!?]*\?\s*$")


class Patient:
    """One side of a conversation; says keys of the visit's words."""

    def __init__(self, visit: Visit, asked: Mapping[str, re.Pattern[str]]) -> None:
        self.visit = visit
        self.wanted = visit.wanted
        """What is wanted now: something that was offered, once it was taken."""
        self._asked = asked
        self._last = WISH
        self._said: Counter[str] = Counter()

    def answer(self, agent: str) -> str | None:
        """Choose what to say to the agent's words; None when all is said."""
        key = self._chosen(agent)
        if self._last == GOODBYE and not agent.rstrip().endswith("?"):
            return None
        if key not in self.visit.words or self._said[key] == _MOST or self._said.total() >= _MOST_IN_ALL:
            key = GOODBYE
        if self._said[key] == _MOST:
            return None
        if key == WHEN:
            self.wanted = self.visit.wanted
        self._said[key] += 1
        self._last = key
        return key

    def pick(self, requested: Wanted | None, offered: Sequence[Wanted]) -> str:
        """Take the first of what is offered in the place of what was asked for; refuse where it was not asked for."""
        if not offered or requested not in (self.wanted, self.visit.wanted):
            return REFUSE
        self.wanted = offered[0]
        return PICK

    def _chosen(self, agent: str) -> str:
        """The answer to the last question; what was said last where that is none of those that are known."""
        found = _LAST_QUESTION.search(agent)
        question = found.group() if found else ""
        key = next((key for key, pattern in self._asked.items() if pattern.search(question)), self._last)
        return REFUSE if key in _YES and self.wanted.is_contradicted_by(agent, DIRECTORY) else key
