"""What the prospect's company is called, does and belongs to."""

import re
from collections.abc import Callable, Iterator

from domain.tool_call import ProposedCall
from playbooks.lumen.dataset import same_words
from playbooks.lumen.rules.clauses import Clause
from playbooks.lumen.rules.headcount import find_size
from playbooks.lumen.rules.hearing import Hearing
from playbooks.lumen.rules.insight_phrases import NO_ANSWER
from playbooks.lumen.rules.phrases import any_of, choice, folded
from playbooks.lumen.rules.topics import Topic

_FIRM = "company|business|firm|organi[sz]ation"
_CALLED = re.compile(
    r"\b"
    + choice(
        r"""
        (?:we're|we are|(?:the|our|my) (?:<firm>)(?:'s| is)?) (?:actually |now )?(?:called|known as|named|trading as)
        (?:the|our|my) (?:<firm>) name(?:'s| is)|(?:<firm>)'s called|(?:now )?trad(?:e|ing) as
        changed (?:our|the) name to
        (?:we've|we|we have) (?:just |recently )?(?:rebranded|renamed)(?: ourselves| it)?(?: as| to)?
        """,
        firm=_FIRM,
    )
    + r" (?:now |actually )?(?P<name>[^,.;!?]+)"
)
_COMES_FROM = re.compile(
    r"\b(?:i work (?:for|at)|i'm (?:calling |ringing )?(?:from|with|at)|(?:calling|ringing|here) from|from) (?P<name>[^,.;!?]+)"
)
_FIRM_WORD = any_of(
    r"""
    ltd|limited|plc|llp|inc|windows?|glass|glazing|roofing|plumbing|heating|services|solutions|group|sons|co|company
    builders
    building|construction|homes?|doors|repairs|electrical|joinery|kitchens|bathrooms|partners|agency|studio|works
    conservatories
    installations?|interiors|landscapes|gardens|brothers|bros|associates|motors|dental|legal|law|finance|properties
    estates
    """
)
_NAME_ENDS = re.compile(
    r" (?:and (?:i|we|my|our)|but|now|so|these|not|instead|which|who|by|in|based|because|as|since|actually|i|we|it|please)\b"
)
_BEFORE_NAME = re.compile(r"(?:(?:it's|it is|that's|we're|actually|called|now|yes|yeah|no|just|the company is)\b\W*)+")
_ANOTHER = re.compile(r"\W*(?:no\W+)?(?:it's|it is|we're|that's|actually|it should be)\b.*")
_JOINS = frozenset({"and", "of", "the", "&"})
_SECTOR = re.compile(
    rf"\b(?:we're|we are|we work|(?:{_FIRM}) is|i'm|it's|more) (?:\w+ )?(?:in|into) (?:the )?(?P<sector>[\w &-]{{3,40}}?) "
    r"(?:sector|industry|business|trade|space|game|market|side(?: of things)?)\b"
    r"|\b(?:our|the) (?:sector|industry|trade|line of (?:work|business))(?:'s| is) (?:actually |now |really |more )?(?P<named>[\w &-]{3,50})"
)
_BEFORE_SECTOR = re.compile(
    r"\W*(?:(?:it's|we're|we are|that's|mainly|mostly|in|well|the|so|yeah|yes|i'd say|just)\b\W*)+"
)
_ACT = "do|offer|install|fit|repair|cover|sell|supply|make|provide|build|clean|handle|design|manufacture|serve|fix|replace|run"
_ACTING = "doing|offering|installing|fitting|repairing|covering|selling|supplying|making|providing|building|cleaning|designing"
_DESCRIBES = re.compile(
    r"\b(?:we're|we are) (?:(?:actually|basically|now|just|really|more of) )*"
    rf"(?P<kind>an? (?:[\w&-]+ ){{1,8}}?(?:{_FIRM}|outfit|shop|contractor|installer|supplier|agency|specialist|provider|retailer)\b.*)"
    r"|\b(?:we're|we are|we) (?P<based>(?:now )?based in .+)|\bwe(?:'ve| have) (?:just |recently )?(?P<moved>moved to .+)"
    rf"|\b(?P<also>we (?:also|now|mainly|mostly|only|primarily|even) (?:also )?(?:{_ACT})\b.+)"
    rf"|\b(?P<begun>we(?:'ve| have)? (?:also |just |now )?started (?:{_ACTING})\b.+)|\b(?P<special>we (?:\w+ )?speciali[sz]e in .+)"
)
_WHAT_WE_DO = re.compile(rf"\b(?P<does>we (?:\w+ )?(?:{_ACT}|help)\b.+)")
_MARKETING = any_of(
    r"marketing|advertis\w*|ppc|seo|google|facebook|leaflets?|ads?|adverts?|campaigns?|social|channels?|calls|visitors|trial|demo|meeting"
)
_TAG = re.compile(r",? (?:actually|really|you know|i (?:think|suppose|guess|reckon)|i'd say|to be honest|as well|now)$")


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
    """Whether the dataset says so already, word for word or, for what the company does, within its text."""
    known = hearing.dataset.get(topic.value)
    core = re.sub(r"^(?:an?|the) ", "", folded(value))
    within = isinstance(known, str) and core in folded(known)
    return same_words(known, value) or (within and topic in (Topic.COMPANY_DESCRIPTION, Topic.COMPANY_SECTOR))


def _name(hearing: Hearing, clause: Clause) -> str | None:
    if clause.over:
        return None
    asked = Topic.COMPANY_NAME in hearing.asked
    called = _CALLED.search(clause.plain)
    if called:
        name = _trimmed(clause, called.start("name"))
        return name if _capital(name) or not hearing.cased else None
    placed = _COMES_FROM.search(clause.plain)
    if placed:
        name = _trimmed(clause, placed.start("name"))
        return name if _capital(name) and (asked or _FIRM_WORD.search(folded(name))) else None
    if _corrects(hearing, clause) or (asked and hearing.short and not clause.denies) or _puts_right(hearing, clause):
        name = _trimmed(clause, 0)
        return name if _capital(name) and len(name.split()) > 1 and hearing.cased else None
    return None


def _puts_right(hearing: Hearing, clause: Clause) -> bool:
    """Whether a short turn answers the name that was repeated with another one."""
    repeated = Topic.COMPANY_NAME in hearing.expected and hearing.short
    return repeated and _ANOTHER.match(clause.plain) is not None


def _trimmed(clause: Clause, start: int) -> str:
    before = _BEFORE_NAME.match(clause.plain, start)
    start = before.end() if before else start
    ends = _NAME_ENDS.search(clause.plain, start)
    return clause.text[start : ends.start() if ends else None].strip(" .,!")


def _capital(name: str) -> bool:
    words = name.split()
    return 0 < len(words) <= 6 and all(word[:1].isupper() or word in _JOINS for word in words)


def _corrects(hearing: Hearing, clause: Clause) -> bool:
    known = hearing.dataset.get("company_name")
    denied = isinstance(known, str) and f"not {folded(known)}" in folded(clause.sentence)
    return denied and not clause.denies


def _sector(hearing: Hearing, clause: Clause) -> str | None:
    if clause.wishes or clause.denies:
        return None
    found = _SECTOR.search(clause.plain)
    if found:
        part = "sector" if found["sector"] else "named"
        return clause.text[found.start(part) : found.end(part)].strip()
    asked = Topic.COMPANY_SECTOR in hearing.asked and Topic.COMPANY_DESCRIPTION not in hearing.asked
    before = _BEFORE_SECTOR.match(clause.plain)
    words = clause.text[before.end() if before else 0 :].strip(" .!")
    words = words[: len(_TAG.sub("", folded(words)))]
    answers = asked and hearing.short and 0 < len(words.split()) <= 5 and not NO_ANSWER.search(clause.plain)
    return words if answers else None


def _description(hearing: Hearing, clause: Clause) -> str | None:
    if clause.wishes or clause.over or clause.denies or _MARKETING.search(clause.plain):
        return None
    found = _DESCRIBES.search(clause.plain)
    if found is None and Topic.COMPANY_DESCRIPTION in hearing.asked:
        found = _WHAT_WE_DO.search(clause.plain)
    if found is None or found.lastgroup is None:
        return None
    start, end = found.span(found.lastgroup)
    told = clause.text[start:end] + (_what_follows(clause) if Topic.COMPANY_DESCRIPTION in hearing.asked else "")
    told = told.rstrip(" .,!")
    return told[: len(_TAG.sub("", folded(told)))]


def _what_follows(clause: Clause) -> str:
    """The rest of the sentence where it goes on with "and we ..."."""
    rest = clause.sentence[clause.sentence.find(clause.text) + len(clause.text) :]
    return rest if re.match(r",? and we\b", rest, re.IGNORECASE) and not _MARKETING.search(folded(rest)) else ""


_FINDS: dict[Topic, Callable[[Hearing, Clause], str | None]] = {
    Topic.COMPANY_NAME: _name,
    Topic.COMPANY_SIZE: find_size,
    Topic.COMPANY_SECTOR: _sector,
    Topic.COMPANY_DESCRIPTION: _description,
}
