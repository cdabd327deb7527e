"""What the prospect's company is called, does, counts and belongs to."""

import re
from collections.abc import Callable, Iterator

from domain.tool_call import ProposedCall
from playbooks.lumen.dataset import folded, same_words
from playbooks.lumen.rules.amounts import amounts_in
from playbooks.lumen.rules.clauses import Clause
from playbooks.lumen.rules.hearing import Hearing
from playbooks.lumen.rules.topics import METRICS, Topic

_FIRM = r"(?:company|business|firm|organi[sz]ation)"
_HERE = r"(?:we|i|our|us|it|there|my|the)"
_PEOPLE = re.compile(
    r"\s*(?:(?:full[\s-]time|part[\s-]time|good|office|field|core)\s+)?(?P<unit>people|employees|staff(?:\s+members)?|members(?:\s+of\s+staff)?|of\s+us|(?:people\s+)?(?:in|on)\s+the\s+(?:team|books|payroll)|"
    r"guys|lads|folks|workers|heads|strong|person|man\b)(?:\s+(?:team|company|business|firm|outfit|operation))?",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\b(?:we're|we\s+are|we've|we\s+have|have|got|employ|there's|there\s+are|there're|it's|it\s+is|team\s+of|staff\s+of|grown|grew|shrunk|up\s+to|down\s+to|size\s+is|headcount|now|total|altogether|call\s+it)\b",
    re.IGNORECASE,
)
_HEADCOUNT = re.compile(
    r"\b(?:team|staff|workforce|headcount|company\s+size|crew)\s+(?:of|is|are)?\s*(?:now\s+|about\s+)?$", re.IGNORECASE
)
_ALONE = re.compile(r"\b(?:just|only)\s+(?:me|the\s+(?:two|three|four|five|six)\s+of\s+us)\b", re.IGNORECASE)
_CHANGES = re.compile(
    r"\s+(?:more|new|extra|less|fewer|left|leaving|visit\w*|come|coming|on\s+the\s+(?:web)?site|call\w*|ring\w*|(?:to|on)\s+(?:the|our)\s+(?:web)?site|who|a\s+(?:day|week|month))\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    rf"\b(?:(?:we're|we\s+are|(?:the|our|my)\s+{_FIRM}(?:'s|\s+is)?)\s+(?:actually\s+|now\s+)?(?:called|known\s+as|named|trading\s+as)|(?:the|our|my)\s+{_FIRM}\s+name(?:'s|\s+is)|"
    rf"(?:we've|we|we\s+have)\s+(?:just\s+|recently\s+)?(?:rebranded|renamed)(?:\s+(?:ourselves|it))?(?:\s+(?:as|to))?|(?:we\s+)?(?:now\s+)?trad(?:e|ing)\s+as|changed\s+(?:our|the)\s+name\s+to|"
    rf"i\s+work\s+(?:for|at)|i'm\s+(?:calling\s+|ringing\s+)?(?:from|with|at)|(?:calling|ringing)\s+from|{_FIRM}'s\s+called)\s+(?:now\s+|actually\s+|as\s+)?(?P<name>[^,.;!?]+)",
    re.IGNORECASE,
)
_PLACED = re.compile(r"\b(?:from|with|at)\s+$", re.IGNORECASE)
_FIRM_WORD = re.compile(
    r"\b(?:ltd|limited|plc|llp|inc|windows?|glass|glazing|roofing|plumbing|heating|services|solutions|group|sons|co|company|builders|building|construction|homes?|doors|repairs|"
    r"electrical|joinery|kitchens|bathrooms|partners|agency|studio|works|conservatories|installations?|interiors|landscapes|gardens|brothers|bros|associates)\b",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(
    r"\s+(?:and|but|now|so|these|not|instead|which|who|by|in|based|because|as|since|actually|i|we|it|where|from|the|if)\b.*$|\s+(?:now|please|though)$",
    re.IGNORECASE,
)
_SECTOR = re.compile(
    rf"\b(?:we're|we\s+are|we\s+work|{_FIRM}\s+is|i'm|it's|more)\s+(?:\w+\s+)?(?:in|into)\s+(?:the\s+)?(?P<sector>[\w\s&-]{{3,40}}?)\s+(?:sector|industry|business|trade|space|game|market|side(?:\s+of\s+things)?)\b|"
    r"\b(?:our|the)\s+(?:sector|industry|trade|line\s+of\s+(?:work|business))(?:'s|\s+is)\s+(?:actually\s+|now\s+|really\s+|more\s+)?(?P<named>[\w\s&-]{3,50})",
    re.IGNORECASE,
)
_DESCRIBES = re.compile(
    rf"\b(?:we're|we\s+are)\s+(?:actually\s+|basically\s+|now\s+|just\s+|really\s+|more\s+of\s+)*(?P<kind>(?:a|an)\s+(?:[\w&-]+\s+){{1,8}}?(?:{_FIRM}|outfit|shop|contractor|installer|supplier|agency|specialists?|provider|retailer|manufacturer)s?\b.*)|"
    r"\b(?:we|we're|we\s+are)\s+(?P<based>(?:now\s+)?based\s+in\s+.+)|\bwe(?:'ve|\s+have)\s+(?:just\s+|recently\s+)?(?P<moved>moved\s+to\s+[A-Z].+)|"
    r"\b(?P<does>we(?:'ve\s+started|\s+have\s+started|\s+(?:also|now|mainly|mostly|only|specialise|specialize|started|primarily))\s+(?:now\s+|also\s+)?(?:in\s+)?"
    r"(?:do|doing|offer(?:ing)?|install(?:ing)?|fit(?:ting)?|repair(?:ing)?|cover(?:ing)?|sell(?:ing)?|suppl(?:y|ying)|mak(?:e|ing)|provid(?:e|ing)|build(?:ing)?|clean(?:ing)?|handl(?:e|ing)|design(?:ing)?|manufactur(?:e|ing)|serv(?:e|ing))\b.+)|"
    r"\b(?P<special>we\s+(?:\w+\s+)?speciali[sz]e\s+in\s+.+)",
    re.IGNORECASE,
)
_MARKETING = re.compile(
    r"\b(?:marketing|advertis\w*|ppc|seo|google|facebook|leaflets?|ads?|campaigns?|social|channels?|calls|visitors|trial|demo|research|meeting|report)\b",
    re.IGNORECASE,
)
_WHAT_WE_DO = re.compile(
    r"\b(?P<does>we\s+(?:\w+\s+)?(?:do|offer|install|fit|repair|cover|sell|supply|make|provide|build|clean|handle|design|manufacture|fix|replace|help|run|serve)\b.+)",
    re.IGNORECASE,
)


def find_company(hearing: Hearing) -> Iterator[ProposedCall]:
    """Propose each fact about the company that is new: one call for each field."""
    for topic, find in _FINDS.items():
        for clause in hearing.clauses:
            value = find(hearing, clause) if clause.states else None
            if value and not _known(hearing, topic, value):
                yield ProposedCall(
                    "update_profile_field", {"field_to_update": topic.value, "new_value": value}, clause.text
                )
                break


def _known(hearing: Hearing, topic: Topic, value: str) -> bool:
    """Whether the dataset says so already, word for word or, for a description, within its text."""
    known = hearing.dataset.get(topic.value)
    within = isinstance(known, str) and folded(re.sub(r"^(?:a|an|the)\s+", "", value)) in folded(known)
    return same_words(known, value) or (within and topic in (Topic.COMPANY_DESCRIPTION, Topic.COMPANY_SECTOR))


def _size(hearing: Hearing, clause: Clause) -> str | None:
    if clause.wishes or clause.over and not re.search(r"\bnow\b|these\s+days", clause.text, re.IGNORECASE):
        return None
    asked = Topic.COMPANY_SIZE in hearing.asked
    if asked and (alone := _ALONE.search(clause.text)):
        return alone.group()
    for amount in reversed(amounts_in(clause.text)):
        unit = _PEOPLE.match(clause.text, amount.end)
        counts = asked or (_COUNTS.search(clause.text) and not _about_visits(hearing, clause, amount.end))
        if unit and counts and not _CHANGES.match(clause.text, unit.end()):
            return clause.text[amount.start : unit.end()].strip()
        if (
            not unit
            and (_HEADCOUNT.search(clause.text[: amount.start]) or _bare(hearing, clause))
            and not _CHANGES.match(clause.text, amount.end)
        ):
            return amount.text
    return None


def _about_visits(hearing: Hearing, clause: Clause, end: int) -> bool:
    return any(topic in hearing.asked for topic in METRICS) and not re.search(
        r"\bof\s+us|staff|employ|team", clause.text, re.IGNORECASE
    )


def _bare(hearing: Hearing, clause: Clause) -> bool:
    """A bare amount answers only the question for it."""
    only = hearing.asked[:1] == (Topic.COMPANY_SIZE,) or (
        Topic.COMPANY_SIZE in hearing.asked and not _MARKETING.search(clause.text)
    )
    return only and not _MARKETING.search(clause.text) and len(clause.text.split()) <= 10


def _name(hearing: Hearing, clause: Clause) -> str | None:
    if clause.over and not re.search(r"\bnow\b|rebrand|renam|changed", clause.text, re.IGNORECASE):
        return None
    found = _CALLED.search(clause.text)
    asked = Topic.COMPANY_NAME in hearing.asked
    corrects = _corrects(hearing, clause)
    words = found["name"] if found else clause.text if corrects or (asked and hearing.short) else ""
    name = re.sub(
        r"^(?:it's|it\s+is|that's|we're|actually|called|now|yes|yeah|no|just|the\s+company\s+is)\W+",
        "",
        _NAME_ENDS.sub("", words.strip(" .,!")),
        flags=re.IGNORECASE,
    ).strip()
    if not name or len(name.split()) > 6:
        return None
    capital = hearing.cased and all(word[:1].isupper() or word in {"and", "of", "the", "&"} for word in name.split())
    if found and _PLACED.search(clause.text[: found.start("name")]):
        return name if capital and (asked or _FIRM_WORD.search(name)) else None
    return name if capital or (found and not hearing.cased) or (asked and _FIRM_WORD.search(name)) else None


def _corrects(hearing: Hearing, clause: Clause) -> bool:
    known = hearing.dataset.get("company_name")
    return (
        isinstance(known, str)
        and bool(re.search(rf"\bnot\s+{re.escape(known)}\b", clause.sentence, re.IGNORECASE))
        and not clause.denies
    )


def _sector(hearing: Hearing, clause: Clause) -> str | None:
    found = _SECTOR.search(clause.text)
    if found and not clause.wishes and not clause.denies:
        return (found["sector"] or found["named"]).strip()
    if (
        Topic.COMPANY_SECTOR in hearing.asked
        and Topic.COMPANY_DESCRIPTION not in hearing.asked
        and hearing.short
        and not clause.denies
    ):
        words = re.sub(
            r"^\W*(?:(?:it's|we're|we\s+are|that's|mainly|mostly|in|well|the|so|um|yeah|yes|i'd\s+say)\b\W*)+",
            "",
            clause.text,
            flags=re.IGNORECASE,
        ).strip(" .")
        return words if 0 < len(words.split()) <= 5 else None
    return None


def _description(hearing: Hearing, clause: Clause) -> str | None:
    if clause.wishes or clause.over or _MARKETING.search(clause.text) or clause.denies:
        return None
    found = _DESCRIBES.search(clause.text)
    if found is None and Topic.COMPANY_DESCRIPTION in hearing.asked:
        found = _WHAT_WE_DO.search(clause.text)
    value = next((part for part in found.groups() if part), None) if found else None
    return value.strip(" .,!") if value else None


_FINDS: dict[Topic, Callable[[Hearing, Clause], str | None]] = {
    Topic.COMPANY_NAME: _name,
    Topic.COMPANY_SIZE: _size,
    Topic.COMPANY_SECTOR: _sector,
    Topic.COMPANY_DESCRIPTION: _description,
}
