"""What the prospect's company is called."""

import re

from playbooks.lumen.rules.clauses import Clause
from playbooks.lumen.rules.hearing import Hearing
from playbooks.lumen.rules.job_titles import TITLE
from playbooks.lumen.rules.names import find_name
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
    r"\b"
    + choice(
        r"""
        i (?:work for|work at|run|own)|i'm (?:calling |ringing )?(?:from|with|at)|(?:calling|ringing|here) from|from
        """
    )
    + r" (?P<name>[^,.;!?]+)"
)
_EMPLOYED = re.compile(rf"\b{TITLE} (?:at|with|for) (?P<name>[^,.;!?]+)")
_ANOTHER = re.compile(r"\W*(?:no\W+)?(?:it's|it is|we're|that's|actually|it should be)\b.*")
_ASIDE = re.compile(
    r"\W*(?:(?:and|oh|sorry)\W+)*it's (?:now )?(?P<name>[^,.;!?]+?),? (?:by the way|now|these days)\W*$"
)
_FIRM_WORD = any_of(
    r"""
    ltd|limited|plc|llp|inc|windows?|glass|glazing|roofing|plumbing|heating|services|solutions|group|sons|co|company
    builders
    building|construction|homes?|doors|repairs|electrical|joinery|kitchens|bathrooms|partners|agency|studio|works
    conservatories|installations?|interiors|landscapes|gardens|brothers|bros|associates|motors|dental|legal|law|finance
    properties|estates|cleaning|security|flooring|scaffolding|decorators|engineering|logistics|foods|media|digital
    """
)
_BEFORE = re.compile(r"(?:(?:it's|it is|that's|we're|actually|called|now|yes|yeah|no|just|the company is)\b\W*)+")
_AFTER = any_of(
    r"""
    and (?:i|we|my|our)|but|now|so|these|not|instead|which|who|by|in|based|because|as|since|actually|i|i'm|we|we're|it
    please
    """
)
_JOINS = frozenset({"and", "of", "the", "&"})
_MOST_WORDS = 6


def find_company_name(hearing: Hearing, clause: Clause) -> str | None:
    """The name that a clause gives the prospect's company, or None."""
    if clause.over:
        return None
    called = _CALLED.search(clause.plain)
    if called:
        name = _trimmed(clause, called.start("name"))
        return name if _capital(name) or not hearing.cased else None
    asked = Topic.COMPANY_NAME in hearing.asked
    employed = _EMPLOYED.search(clause.plain)
    placed = employed or _COMES_FROM.search(clause.plain)
    if placed:
        name = _trimmed(clause, placed.start("name"))
        introduced = " " in name and find_name(hearing, clause) is not None
        sure = asked or employed or introduced or _FIRM_WORD.search(folded(name))
        return name if _capital(name) and sure else None
    aside = _ASIDE.match(clause.plain)
    if aside and _FIRM_WORD.search(aside["name"]) and _capital(name := _trimmed(clause, aside.start("name"))):
        return name
    if asked or _corrects(hearing, clause) or _puts_right(hearing, clause) or _unlike(hearing, clause):
        name = _trimmed(clause, 0)
        return name if hearing.short and hearing.cased and _capital(name) and " " in name else None
    return None


def _unlike(hearing: Hearing, clause: Clause) -> bool:
    """Whether it is a firm's name, said against a word of the assistant's: "Fenbrook Windows, not Quickfix"."""
    name, _, other = clause.plain.partition(", not ")
    question = folded(hearing.conversation.question or "").split()
    return bool(other) and other.split()[0].strip(" .!") in question and _FIRM_WORD.search(name) is not None


def _trimmed(clause: Clause, start: int) -> str:
    before = _BEFORE.match(clause.plain, start)
    start = before.end() if before else start
    after = _AFTER.search(clause.plain, start + 1)
    return clause.text[start : after.start() if after else None].partition(",")[0].strip(" .!")


def _capital(name: str) -> bool:
    words = name.split()
    return 0 < len(words) <= _MOST_WORDS and all(word[:1].isupper() or word in _JOINS for word in words)


def _corrects(hearing: Hearing, clause: Clause) -> bool:
    """Whether the sentence, elsewhere, denies the name on record."""
    known = hearing.dataset.get("company_name")
    denied = isinstance(known, str) and f"not {folded(known)}" in folded(clause.sentence)
    return denied and not clause.denies


def _puts_right(hearing: Hearing, clause: Clause) -> bool:
    """Whether the turn answers the name that was repeated with another one."""
    known = str(hearing.dataset.get("company_name"))
    longer = folded(clause.text).startswith(folded(known)) and not folded(clause.text).startswith(f"{folded(known)},")
    return Topic.COMPANY_NAME in hearing.expected and (longer or _ANOTHER.match(clause.plain) is not None)
