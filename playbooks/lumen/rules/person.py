"""Who the prospect is: their own name and their own job title."""

import re
from collections.abc import Iterator, Sequence

from domain.tool_call import ProposedCall
from language.anchoring.derived_values import Derivation, Rule
from playbooks.lumen.dataset import same_words
from playbooks.lumen.rules.clauses import Clause
from playbooks.lumen.rules.hearing import Hearing
from playbooks.lumen.rules.job_titles import TITLE, TITLE_FIRST
from playbooks.lumen.rules.names import find_name
from playbooks.lumen.rules.phrases import any_of, choice, folded
from playbooks.lumen.rules.topics import Topic

_ARTICLE = (
    r"(?:(?:actually|now|just|really|also|currently|officially|technically|basically|only|in fact) )*"
    r"(?:(?:the|an?|our|their|her|his) )?(?:(?:new|current) )?"
)
_HOLDS = re.compile(
    r"\b"
    + choice(
        r"""
        i'm|i am|my (?:job )?(?:title|role|position|job)(?:'s| is)|i work as|i've become|i became|i'm working as
        i took over as
        (?:promoted|moved)(?: up| over| across)? to|they(?:'ve)? made me|i (?:was|got) made|i've been made
        """
    )
    + rf" (?:now )?{_ARTICLE}{TITLE}"
)
_IT_IS = re.compile(rf"(?:^|\b(?:it's|it is|that's|just|yes|yeah|no)\b\W*){_ARTICLE}{TITLE}")
_DOES = re.compile(
    r"\bi(?:'m)? (?P<title>(?:run|manage|look after|head(?: up)?|lead|handle|in charge of|responsible for) "
    r"(?:(?:the|our|all|everything)\b[\w ]{2,40}|marketing|sales|operations))"
)
_APPOSED = re.compile(
    r"(?:\b(?:here|speaking)|\b(?:i'm|this is|it's|my name's|my name is) [\w'-]+(?: [\w'-]+){0,2}), "
    + rf"{_ARTICLE}{TITLE}"
)
_HEADS = re.compile(rf"\W*(?:(?:it's|i'm|this is) )?{TITLE_FIRST}")
_LAST = re.compile(rf", {_ARTICLE}{TITLE}\W*$")
_OWNS = any_of(r"(?<!and )i own (?:it|(?:the|this|my) (?:\w+ )?(?:company|business|firm|place|shop))")
_DENIED = re.compile(r"\b(?:i'm|i am|i was) not [^,.;]*")
_PUTS_RIGHT = re.compile(r"\W*(?:well|actually|no|sorry|rather|or|i mean)\b")
_TOO_LITTLE = any_of(r"chief|lead|head|chair|boss|partner|principal|assistant")

Told = tuple[Clause, str]


def find_person(hearing: Hearing) -> Iterator[ProposedCall]:
    """Propose the prospect's name and job title where they are new."""
    for topic, find in ((Topic.USER_NAME, find_name), (Topic.JOB_TITLE, _title)):
        told = [(clause, find(hearing, clause)) for clause in hearing.clauses if clause.states]
        known = hearing.dataset.get(topic.value)
        new = [(clause, value) for clause, value in told if value and not same_words(known, value)]
        for clause, value in _standing(new):
            arguments = {"field_to_update": topic.value, "new_value": value}
            yield ProposedCall("update_profile_field", arguments, clause.text)


def titles_held(text: str, now: float) -> tuple[Derivation, ...]:
    """The title that words tell without naming it, at any time `now`: who says "I own it" is the owner."""
    owns = _OWNS.search(folded(text))
    return (Derivation("owner", Rule.OPTION, text[owns.start() : owns.end()]),) if owns else ()


def _standing(told: Sequence[Told]) -> Sequence[Told]:
    """The first that was told, or what was last said in its stead: "Marcus. Well, Mark.", "Dave. Dave Marsh."."""
    instead = [at for at in told[1:] if _PUTS_RIGHT.match(at[0].plain) or at[1].startswith(f"{told[0][1]} ")]
    return (instead or told[:1])[-1:]


def _title(hearing: Hearing, clause: Clause) -> str | None:
    if clause.wishes or clause.over:
        return None
    asked = Topic.JOB_TITLE in hearing.expected
    if asked and _OWNS.search(clause.plain):
        return "owner"
    plain = _DENIED.sub(lambda found: " " * len(found.group()), clause.plain)
    found = _HOLDS.search(plain) or _APPOSED.search(plain)
    if found is None and find_name(hearing, clause):
        found = _HEADS.match(plain)
    if found is None and asked:
        found = _IT_IS.search(plain) or _LAST.search(plain) or _DOES.search(plain)
    if found is None or (_TOO_LITTLE.fullmatch(found["title"]) and not asked):
        return None
    return clause.text[found.start("title") : found.end("title")].strip()
