"""Values that a caller took back: "Monday, no, Tuesday"; "not Monday but Tuesday"."""

import re
from collections.abc import Sequence

from language.negation import is_negation
from language.slots.words import Found, longest
from language.tokens import tokens

CUE = re.compile(
    r"\W*(?:(?:oh|uh|um|er|erm|ah|well|but|or|and)\W+)*"
    r"(?:no|nope|sorry|wait|actually|rather|i mean|i meant|i said|make (?:that|it)|scratch that|strike that|hold on"
    r"|correction|my mistake|my bad|pardon(?: me)?|excuse me|let's (?:say|make it)|change that to|instead)\b"
    r"(?:\W+(?:no|not that|sorry|wait|actually|rather|i mean|i meant|make (?:that|it)|let's (?:say|make it)|oh|uh|um"
    r"|that's|it's|it is|that is|the|on|at|for|to|be|should be|i want|i'd like))*\W*",
    re.IGNORECASE,
)
"""Between a value that is taken back and the one that stands."""
_CLAUSE = 3
"""Words that may stand between the cue that opens a sentence and the value."""
_STOP = re.compile(r"[.!?](?=\s)")
_DENIED = re.compile(
    r"(?:(?<!why )(?<!if )\bnot|(?<=\w )(?:isn't|wasn't)|\bexcept|\b(?:other|rather) than|\binstead of|\bapart from"
    r"|\b(?:not|\w+n't) (?:really )?(?:want|like)(?: to (?:see|have|go))?"
    r"|\b(?:rather|prefer) not(?: to)?(?: see| have| go)?"
    r"|(?P<all>\b(?:any|some|every) ?(?:day|time|one|body|doctor)(?: else)?,? but))"
    r"(?: (?:on|at|for|the|in|with|to))*\s*$",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*[,.;]?\s*(?:but )?(?:at |on )?", re.IGNORECASE)
"""Between a value that is denied and the one that stands."""
_ALIKE = re.compile(r",? (?:or|nor) (?:on |with )?\s*", re.IGNORECASE)
"""Between two values of which the second is denied with the first."""
_DENIED_AFTER = re.compile(r"(?: (?:ko|ka|se|ke (?:din|saath|sath|paas)|baje))? (?:nahin?|mat)\b", re.IGNORECASE)
"""Behind what is not meant, in Hindi: "kal nahi"."""


def standing(text: str, found: Sequence[Found]) -> list[Found]:
    """The findings that stand, in order: what a correction takes back or "not" denies is left out.

    A denied value alone stands out too ("not Monday", "kal nahi" name no day to book).
    """
    kept: list[Found] = []
    unwanted = denied(text, found)
    for one in found:
        if one in unwanted:
            continue
        if kept and _takes_back(text, kept[-1].end, one.start):
            kept.pop()
        kept.append(one)
    return kept


def denied(text: str, found: Sequence[Found]) -> list[Found]:
    """The findings that are named only to be denied: "not Monday", "anyone but Dr Khan", "kal nahi"."""
    kept: list[Found] = []
    for one in found:
        alike = kept and _ALIKE.fullmatch(text, kept[-1].end, one.start)
        if alike or _denies(text, one.start) or _DENIED_AFTER.match(text, one.end):
            kept.append(one)
    return kept


def _denies(text: str, end: int) -> bool:
    """Whether the words before a value deny it; who wants "nobody else, not anyone but" it wants it."""
    before = _DENIED.search(text, 0, end)
    if before is None or before["all"] is None:
        return before is not None
    clause = re.split(r"[.,;!?]", text[: before.start()])[-1]
    return not any(is_negation(word.folded) for word in tokens(clause))


def _takes_back(text: str, end: int, start: int) -> bool:
    """Whether the words between two values take back the first: a cue alone, or a sentence that begins with one."""
    if CUE.fullmatch(text, end, start):
        return True
    return any(_corrects(text[stop.end() : start]) for stop in _STOP.finditer(text, end, start))


def _corrects(words: str) -> bool:
    """Whether words between the end of a sentence and a value take back what was before: "Wait no, my wife says"."""
    cue = CUE.match(words)
    rest = words[cue.end() :].split() if cue else []
    return cue is not None and len(rest) <= _CLAUSE and not any(map(is_negation, rest))


def repaired(
    text: str, found: Sequence[Found], bare: Sequence[Found], also: re.Pattern[str] | None = None
) -> list[Found]:
    """The findings, and those bare ones that correct one of them: the "9" of "at 8, sorry, 9", of "not at 8, 9".

    What matches `also` between the two links them too.
    """
    ends = {one.end for one in found}
    unwanted = {one.end for one in denied(text, found)}
    kept = [*found]
    for one in bare:
        instead = any(_JOINT.fullmatch(text, end, one.start) for end in unwanted if end <= one.start)
        if instead or any(end <= one.start and _links(text, end, one.start, also) for end in ends):
            kept.append(one)
            ends.add(one.end)
    return longest(kept)


def _links(text: str, end: int, start: int, also: re.Pattern[str] | None) -> bool:
    return bool(CUE.fullmatch(text, end, start) or (also and also.fullmatch(text, end, start)))
