"""What the prospect's company does, and the sector it belongs to."""

import re

from language.word_classes import MODALS, QUESTION, SUBJECTS
from playbooks.lumen.rules.channel_names import KNOWN
from playbooks.lumen.rules.clauses import Clause
from playbooks.lumen.rules.hearing import Hearing
from playbooks.lumen.rules.insight_phrases import NO_ANSWER
from playbooks.lumen.rules.phrases import any_of, choice, folded
from playbooks.lumen.rules.topics import Topic

_FIRM = "company|business|firm|organi[sz]ation"
_NOW = "(?:(?:actually|now|really|more) )?"
_SECTOR = re.compile(
    rf"\b(?:we're|we are|we work|(?:{_FIRM}) is|i'm|it's|more) (?:\w+ )?(?:in|into) (?:the )?"
    r"(?P<sector>[\w &-]{3,40}?) (?:sector|industry|business|trade|space|game|market|side(?: of things)?)\b"
    rf"|\b(?:our|the) (?:sector|industry|trade|line of (?:work|business))(?:'s| is) {_NOW}(?P<named>[\w &-]{{3,50}})"
)
_IN_A_TRADE = re.compile(
    r"\W*(?:well\W+)?(?:we're|we are|i'm) (?:\w+ )?in (?P<sector>(?!the\b|an?\b)[a-z][\w &-]+)\W*$"
)
_SMALL_WORDS = choice(
    r"""
    it's|we're|we are|that's|mainly|mostly|in|well|the|so|yeah|yes|i'd say|just|no|more|really
    probably|put us down as|call it
    """
)
_BEFORE_SECTOR = re.compile(rf"\W*(?:{_SMALL_WORDS}\b\W*)+")
_ACT = choice(
    r"""
    do|offer|install|fit|repair|cover|sell|supply|make|provide|build|clean|handle|design|manufacture|serve|fix|replace
    run|restore|maintain|service|renovate|deliver|print|train|grow|look after
    """
)
_ACTING = choice(
    r"""
    doing|offering|installing|fitting|repairing|covering|selling|supplying|making|providing|building|cleaning|designing
    """
)
_KIND = rf"(?:{_FIRM}|outfit|shop|contractor|installer|supplier|agency|specialist|provider|retailer)"
_AMOUNTS = "(?:bit|little|lot|few|couple|team)"
_DESCRIBES = re.compile(
    r"\b(?:we're|we are) (?:(?:actually|basically|now|just|really|more of|mainly|mostly|primarily|purely) )*"
    rf"(?P<kind>an? (?!{_AMOUNTS}\b)(?:[\w&-]+ ){{1,8}}?(?:{_KIND}\b|(?<=\w )(?:in|for|based|that) ).*)"
    r"|\b(?:we're|we are|we) (?P<based>(?:now )?based in .+)"
    r"|\bwe(?:'ve| have) (?:just |recently )?(?P<moved>(?:moved to|opened) .+)"
    r"|\bwe (?:just |recently )?(?P<went>moved to (?!an?\b|the\b|new\b|\w+ing\b|one\b).+)"
    r"|\b(?P<covers>we (?:cover|serve|operate|work) (?:in |across |throughout |all over |the whole of )?.+)"
    rf"|\b(?P<also>we (?:also|now|mainly|mostly|only|primarily|even) (?:also )?{_ACT}\b.+)"
    rf"|\b(?P<begun>we(?:'ve| have)? (?:also |just |now )?started {_ACTING}\b.+)"
    rf"|\b(?P<too>we {_ACT} .+ (?:as well|too)\b.*)"
    r"|\b(?P<special>we (?:\w+ )?speciali[sz]e in .+)"
)
_STATE = choice(
    r"""
    are|were|have|had|get|got|want|need|like|love|hate|think|know|hope|wish|find|feel|spend|use|try|struggle
    can|could|will|would|might|may|should|must|did|went|came|lost|took|never|already|always|still|keep
    """
)
"""Words after "we" that tell of no trade."""
_WHAT_WE_DO = re.compile(
    rf"\b(?P<does>we (?:(?:\w+ly|also|just) )?(?!{_STATE}\b|\w+(?:ed|n't)\b)[a-z]{{2,}} .+)"
    r"|\b(?:we're|we are|it's|it is) (?P<is>an? (?:[\w&-]+ ){2,}.+)"
)
_GOES_ON = re.compile(r",? and we\b", re.IGNORECASE)
_MARKETING = any_of(
    r"""
    marketing|advertis\w*|ppc|seo|google|facebook|leaflets?|ads?|adverts?|campaigns?|social|channels?|calls|visitors
    trial
    demo|meeting
    """
)
_AFTERTHOUGHT = re.compile(
    r",? (?:actually|really|you know|i (?:think|suppose|guess|reckon)|i'd say|to be honest|as well|now)$"
)
_SECTOR_WORDS = 5
_CLAUSE_WORDS = SUBJECTS | QUESTION | MODALS
"""What no sector is named with: "depends who you ask"."""


def find_sector(hearing: Hearing, clause: Clause) -> str | None:
    """The sector that a clause puts the company in, or None."""
    if clause.wishes or clause.denies:
        return None
    found = _SECTOR.search(clause.plain)
    if found:
        part = "sector" if found["sector"] else "named"
        return clause.text[found.start(part) : found.end(part)].strip()
    trade = _IN_A_TRADE.match(clause.plain) if Topic.COMPANY_DESCRIPTION in hearing.asked else None
    if trade and clause.text[trade.start("sector")].islower():
        return clause.text[trade.start("sector") : trade.end("sector")].strip()
    asked = Topic.COMPANY_SECTOR in hearing.asked and Topic.COMPANY_DESCRIPTION not in hearing.asked
    if not (asked and hearing.short) or NO_ANSWER.search(clause.plain):
        return None
    before = _BEFORE_SECTOR.match(clause.plain)
    words = _without_afterthought(clause.text[before.end() if before else 0 :])
    said = folded(words).split()
    return words if 0 < len(said) <= _SECTOR_WORDS and _CLAUSE_WORDS.isdisjoint(said) else None


def find_description(hearing: Hearing, clause: Clause) -> str | None:
    """What a clause says of the company's work or place, or None."""
    if clause.wishes or clause.over or clause.denies or _MARKETING.search(clause.plain) or KNOWN.search(clause.plain):
        return None
    asked = Topic.COMPANY_DESCRIPTION in hearing.asked
    found = _DESCRIBES.search(clause.plain) or (_WHAT_WE_DO.search(clause.plain) if asked else None)
    if found is None or found.lastgroup is None:
        return None
    start, end = found.span(found.lastgroup)
    return _without_afterthought(clause.text[start:end] + (_what_follows(clause) if asked else ""))


def _what_follows(clause: Clause) -> str:
    """The rest of the sentence where it goes on with "and we ..."."""
    rest = clause.sentence[clause.sentence.find(clause.text) + len(clause.text) :]
    return rest if _GOES_ON.match(rest) and not _MARKETING.search(folded(rest)) else ""


def _without_afterthought(text: str) -> str:
    words = text.partition(", not ")[0].rstrip(" .,!")
    return words[: len(_AFTERTHOUGHT.sub("", folded(words)))]
