"""Marketing channels: where the prospect's business is seen and where its customers come from."""

import re
from collections.abc import Iterator

from domain.tool_call import ProposedCall
from playbooks.lumen.dataset import folded
from playbooks.lumen.rules.channel_names import KNOWN, as_written
from playbooks.lumen.rules.clauses import Clause
from playbooks.lumen.rules.hearing import Hearing
from playbooks.lumen.rules.topics import Topic

_MARKETS = re.compile(
    r"\b(?:advertis\w*|market(?:ing)?|promot\w+|ads?|adverts?|campaigns?|leads?|enquir(?:y|ies)|customers?|channels?|"
    r"(?:find|finds|found|hear|heard)\s+(?:of\s+|about\s+)?us|(?:most|lot|all|half|bulk|rest|some|much|work|jobs|business|traffic|calls)\b"
    r".{0,30}\b(?:from|through|via|off|on)|(?:we|i)(?:\s+\w+){0,2}\s+(?:use|run|do|are\s+on|put|have)|(?:we|i)(?:'re|\s+are|'ve\s+got)"
    r"(?:\s+\w+){0,3}\s+(?:on|with|using|running|doing)|we're\s+doing|spend\w*|invest\w*|rely\w*|listed|registered|signed\s+up|started)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:(?:advertis(?:e|ing)|market(?:ing)?|ads|adverts|campaigns?|listed|registered)\s+(?:\w+\s+)?(?:on|with|through|via)|"
    r"(?:leads|work|business|customers|enquiries|jobs|calls|traffic|them|it|us)\s+(?:\w+\s+){0,3}(?:from|through|via|off)|"
    r"find\s+us\s+(?:\w+\s+)?(?:on|through|via)|spend\w*\s+(?:\w+\s+){0,5}on)\s+(?P<names>[^.?!;]+)",
    re.IGNORECASE,
)
_FROM_US = re.compile(
    r"\b(?:saw|found|heard|came\s+across|read\s+about|discovered)\s+(?:of\s+|about\s+)?(?:you|this|it|your|lumen)\b",
    re.IGNORECASE,
)
_NOT_A_CHANNEL = re.compile(
    r"\s*(?:reviews?|ratings?|rankings?|account|sheets?|docs|drive|calendar|meet|analytics|tag|budget|address|me\b|you\b|it\b)",
    re.IGNORECASE,
)
_DROPS = re.compile(
    r"\b(?:not|no|never|don't|doesn't|didn't|aren't|isn't|haven't|won't|without|stopped|quit|dropped|ditched|cancelled|left|gave\s+up|"
    r"given\s+up|used\s+to|tried|instead\s+of|rather\s+than|apart\s+from|other\s+than|except|nothing|hate|off|scrapped|"
    r"want|like\s+to|love\s+to|thinking|considering|plan\w*|hoping|hope|might|may|could|should|going\s+to|looking\s+(?:at|into)|if|"
    r"competitors?|they|he|she|you)\b|n't\b",
    re.IGNORECASE,
)
_RESUMES = re.compile(
    r"\b(?:but|just|only|mainly|mostly|it's|now|these\s+days|instead|though|we're|we\s+are|we\s+do|we\s+use)\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:,|&|/|\band\b|\bplus\b|\bor\b|\bas\s+well\s+as\b|\balong\s+with\b|\bthen\b)\s*", re.IGNORECASE
)
_TRIM = re.compile(
    r"^(?:(?:mostly|mainly|usually|generally|primarily|largely|also|just|only|some|the\s+odd|odd|bit|a\s+bit\s+of|a\s+little|little|bits?\s+of|lots?\s+of|a\s+lot\s+of|our|the|a|an|"
    r"of|on|in|from|through|via|probably|maybe|obviously|something\s+called|things?\s+called|thing\s+called|called|site|people|you\s+know|like|well|um|uh)\s+)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:\s+(?:mostly|mainly|really|too|as\s+well|now|at\s+the\s+moment|these\s+days|these|sometimes|actually|and\s+that|i\s+think|of\s+course|a\s+month|every\s+month))+$",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"\b(?:we|i|it|they|you|he|she|is|are|was|were|get|got|have|do|does|our|them|there|that|this|which|who|not|no|people|customers?|"
    r"homeowners?|landlords?|area|areas|county|everywhere|anywhere|somewhere|places?|month|year|week|time|money|pounds?|quid|"
    r"website|internet|online|ads?|adverts?|marketing|advertising|leads?|us|me|each|different|various|things?|stuff|lot|calls?|know|say)\b|\d",
    re.IGNORECASE,
)


def find_channels(hearing: Hearing) -> Iterator[ProposedCall]:
    """Propose the channels named that are new, in one call."""
    known = {folded(channel) for channel in hearing.insights("marketing_channels", [])}
    fresh: dict[str, str] = {}
    evidence: list[str] = []
    for clause in hearing.clauses:
        for channel in _channels(hearing, clause):
            if folded(channel) not in known and folded(channel) not in fresh:
                fresh[folded(channel)] = channel
                evidence.append(clause.text)
    if fresh:
        yield ProposedCall("log_marketing_channels", {"channels": list(fresh.values())}, evidence[0])


def _channels(hearing: Hearing, clause: Clause) -> list[str]:
    asked = Topic.CHANNELS in hearing.asked
    if clause.asks or clause.supposes or clause.of_others or _FROM_US.search(clause.text):
        return []
    if not (asked or _MARKETS.search(clause.text)):
        return []
    known = _known(clause.text)
    return known + [name for name in _others(hearing, clause, asked) if not _overlaps(name, known)]


def _known(text: str) -> list[str]:
    """Channels by name, each judged by the words since the one before it."""
    found: list[str] = []
    dropped, end = False, 0
    for match in KNOWN.finditer(text):
        between = text[end : match.start()]
        drops = list(_DROPS.finditer(between))
        resumes = list(_RESUMES.finditer(between))
        if drops or resumes:
            dropped = bool(drops) and not (resumes and resumes[-1].start() > drops[-1].end())
        end = match.end()
        if not dropped and not _NOT_A_CHANNEL.match(text, end) and not _afterwards_dropped(text[end:]):
            found.append(as_written(match.group()))
    return found


def _afterwards_dropped(rest: str) -> bool:
    return bool(
        re.match(
            r"\s*(?:but\s+(?:we\s+)?(?:stopped|gave|dropped)|didn't|doesn't\s+work|never\s+worked|is\s+dead)",
            rest,
            re.IGNORECASE,
        )
    )


def _others(hearing: Hearing, clause: Clause, asked: bool) -> Iterator[str]:
    """Names nobody listed: what "we advertise on ..." goes on with, or capitals in answer to the question."""
    named = _NAMED.search(clause.text)
    answer = clause.text if asked and hearing.short and hearing.cased else ""
    source = named["names"] if named else answer
    if _DROPS.search(clause.text) or not source:
        return
    for part in _SPLIT.split(source):
        name = _TAIL.sub("", _TRIM.sub("", part.strip(" ,.!?"))).strip()
        if 0 < len(name.split()) <= 4 and not _PLAIN.search(name) and (named or _capital(name)):
            yield as_written(name)


def _capital(name: str) -> bool:
    return all(word[:1].isupper() for word in name.split()) and name.casefold() not in {
        "yes",
        "yeah",
        "well",
        "mainly",
        "mostly",
        "no",
        "i",
    }


def _overlaps(name: str, known: list[str]) -> bool:
    said = folded(name)
    return any(folded(channel) in said or said in folded(channel) for channel in known)
