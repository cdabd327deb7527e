"""Marketing channels: where the prospect's business is seen and where its customers come from."""

import re
from collections.abc import Iterator

from domain.tool_call import ProposedCall
from language.words import is_word
from playbooks.lumen.dataset import LONGEST_VALUE, MOST_CHANNELS
from playbooks.lumen.rules.channel_names import KNOWN, as_written
from playbooks.lumen.rules.clauses import Clause
from playbooks.lumen.rules.hearing import Hearing
from playbooks.lumen.rules.phrases import any_of, choice, folded
from playbooks.lumen.rules.topics import Topic

_MARKETS = any_of(
    r"""
    advertis\w*|market|marketing|promot\w+|ads?|adverts?|campaigns?|leads?|enquir(?:y|ies)
    customers? (?:come|from|find)|channels?
    (?:find|finds|found|hear|heard) (?:of |about )?us|spend\w*|invest\w*|rely\w*|listed|registered|signed up|started
    (?:most|lot|all|half|bulk|rest|some|much|work|jobs|business|traffic|calls) .{0,30}(?:from|through|via|off)
    (?:we|i) <2>(?:use|run|do|put|have)|(?:we|i)(?:'re| are|'ve got) <3>(?:on|with|using|running|doing)
    """
)
_NAMED = re.compile(
    r"\b"
    + choice(
        r"""
        (?:advertis(?:e|ing)|market(?:ing)?|ads|adverts|campaigns?|listed|registered) <1>(?:on|with|through|via)
        (?:leads|work|business|customers|enquiries|jobs|calls|traffic|them|it) <3>(?:from|through|via|off)
        find us <1>(?:on|through|via)
        """
    )
    + r" (?P<names>[^.?!;]+)"
)
_ABOUT_US = any_of(
    r"""
    (?:saw|found|heard|came across|read about|discovered) (?:of |about )?(?:you|this|it|your|lumen)
    i(?:'ve)? (?:\w+ )?(?:saw|seen|noticed|watched) (?:one|it|that|them)
    i(?:'ve)? (?:\w+ )?(?:saw|seen|noticed|watched) an? (?:\w+ )?(?:ad|advert|video|post|poster)
    """
)
_NOT_A_CHANNEL = re.compile(
    " "
    + choice(
        r"""
        reviews?|ratings?|rankings?|accounts?|sheets?|docs|drive|calendar|meet|analytics|tags?|budget|address|me|you|it
        (?:are|is) (?:really |very |so )?(?:loyal|great|happy|lovely|the best)
        """
    )
    + r"\b"
)
_GIVEN_UP = re.compile(
    r" (?:but (?:we )?(?:stopped|gave|dropped)|used to|no(?=\W|$)|didn't|doesn't work|never worked|is dead"
    r"|(?:is|are|comes) (?:next|planned|on the list))\b"
)
_DROPS = any_of(
    r"""
    not|no|never|\w+n't|without|stop|stopped|quit|dropped|ditched|knocked|cancelled|left|gave up|given up|used to|tried
    scrapped|hate|off|(?:finished|done|through) with|packed in|pulled (?:out|the plug)
    instead of|rather than|apart from|other than|except|nothing|competitors?|they|he|she|you|if|might|may|could|should
    want|like to|love to|thinking|considering|plan\w*|hoping|hope|going to|look(?:ed|ing) (?:at|into)|considered
    thought about|asked about|suggest(?:s|ed)|recommend(?:s|ed)
    """
)
_RESUMES = any_of(
    r"""
    (?:none|nothing|no \w+)\b.{0,20}?(?:apart from|except(?: for)?|other than|but)
    but|just|only|mainly|mostly|it's|now|these days|instead|though|we're|we are|we do|we use
    """
)
_COMMA = re.compile(r" ?(?:,|&|/|\band\b|\bplus\b|\bor\b|\bas well as\b|\balong with\b|\bthen\b) ?")
_BEFORE_A_NAME = re.compile(
    "(?:"
    + choice(
        r"""
        mostly|mainly|usually|generally|primarily|largely|also|just|only|some|the odd|odd|a (?:bit|little) of
        bits? of|little|lots? of
        a lot of|our|the|an?|of|on|in|from|through|via|probably|maybe|obviously|(?:something|things?) called|called
        site|people
        you know|like|well
        """
    )
    + " )+"
)
_AFTER_A_NAME = re.compile(
    "(?: "
    + choice(
        r"""
        mostly|mainly|really|too|as well|now|at the moment|these days|sometimes|actually|and that|i think|of course
        a month
        by (?:a mile|far)|for sure
        """
    )
    + ")+$"
)
_NO_NAME = any_of(
    r"""
    we|i|it|they|you|he|she|is|are|was|were|get|got|have|do|does|our|them|there|that|this|which|who|not|no|yes|yeah
    people|customers?|homeowners?|landlords?|area|areas|county|everywhere|anywhere|somewhere|places?|month|year|week
    time
    money|pounds?|quid|website|internet|online|ads?|adverts?|marketing|advertising|leads?|us|me|each|different|various
    things?|stuff|lot|calls?|know|say|\d\S*|well|mainly|mostly
    """
)
_LONGEST_NAME = 4


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
        channels = list(fresh.values())[:MOST_CHANNELS]
        yield ProposedCall("log_marketing_channels", {"channels": channels}, evidence[0])


def _channels(hearing: Hearing, clause: Clause) -> list[str]:
    asked = Topic.CHANNELS in hearing.asked
    if not clause.states or _ABOUT_US.search(clause.plain):
        return []
    if not (asked or _MARKETS.search(clause.plain)):
        return []
    known = _known(clause)
    return known + [name for name in _others(hearing, clause, asked) if not _overlaps(name, known)]


def _known(clause: Clause) -> list[str]:
    """Channels by name, each judged by the words since the one before it."""
    found: list[str] = []
    dropped, end = False, 0
    for match in KNOWN.finditer(clause.plain):
        dropped = _dropped(clause.plain[end : match.start()], dropped)
        end = match.end()
        if not (dropped or _NOT_A_CHANNEL.match(clause.plain, end) or _GIVEN_UP.match(clause.plain, end)):
            found.append(as_written(clause.text[match.start() : end]))
    return found


def _dropped(between: str, before: bool) -> bool:
    """Whether the words before a channel take it out; without such words the verdict before it holds on."""
    drops = [match.end() for match in _DROPS.finditer(between)]
    resumes = [match.end() for match in _RESUMES.finditer(between)]
    if not drops and not resumes:
        return before
    return bool(drops) and (not resumes or resumes[-1] < drops[-1])


def _others(hearing: Hearing, clause: Clause, asked: bool) -> Iterator[str]:
    """Names that no list holds: what "we advertise on" goes on with, or capitals in answer to the question."""
    named = _NAMED.search(clause.plain)
    if _DROPS.search(clause.plain) or not (named or (asked and hearing.short and hearing.cased)):
        return
    start = named.start("names") if named else 0
    for first, last in _spans(clause.plain, start):
        name = clause.text[first:last]
        fits = 0 < len(name.split()) <= _LONGEST_NAME and not _NO_NAME.search(folded(name))
        if fits and len(name) <= LONGEST_VALUE and (named or _is_named(name, first)):
            yield as_written(name)


def _is_named(name: str, start: int) -> bool:
    """Whether capitals make a name of it; at the start of a clause an ordinary word has one too."""
    words = name.split()
    return all(word[:1].isupper() for word in words) and (start > 0 or not is_word(folded(words[0])))


def _spans(plain: str, start: int) -> Iterator[tuple[int, int]]:
    """Where the items of a list stand, without the small words around them."""
    breaks = [match.span() for match in _COMMA.finditer(plain, start)]
    firsts = [start, *(end for _, end in breaks)]
    lasts = [*(begin for begin, _ in breaks), len(plain)]
    for first, last in zip(firsts, lasts, strict=True):
        small = _BEFORE_A_NAME.match(plain, first, last)
        first = small.end() if small else first
        item = plain[first:last].rstrip(" .,!?")
        last = first + len(_AFTER_A_NAME.sub("", item))
        yield first, last


def _overlaps(name: str, known: list[str]) -> bool:
    said = folded(name)
    return any(folded(channel) in said or said in folded(channel) for channel in known)
