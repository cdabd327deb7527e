"""Values that a caller took back: "Monday, no, Tuesday"; "not Monday but Tuesday"."""

import re
from collections.abc import Sequence

from language.slots.words import Found, longest

CUE = re.compile(
    r"\W*(?:(?:oh|uh|um|er|erm|ah|well|but|or|and)\W+)*"
    r"(?:no|nope|sorry|wait|actually|rather|i mean|i meant|i said|make (?:that|it)|scratch that|strike that|hold on"
    r"|correction|my mistake|my bad|pardon(?: me)?|excuse me|let's (?:say|make it)|change that to|instead)\b"
    r"(?:\W+(?:no|not that|sorry|wait|actually|rather|i mean|i meant|make (?:that|it)|let's (?:say|make it)|oh|uh|um"
    r"|that's|it's|it is|that is|the|on|at|for|to|be|should be|i want|i'd like))*\W*",
    re.IGNORECASE,
)
"""Between a value that is taken back and the one that stands."""
_STOP = re.compile(r"[.!?](?=\s)")
_DENIED = re.compile(r"\b(?:not|isn't|wasn't)(?: (?:on|at|for|the|in))*\s*$", re.IGNORECASE)


def standing(text: str, found: Sequence[Found]) -> list[Found]:
    """The findings that stand, in order: what a correction takes back or "not" denies is left out.

    A denied value alone stands out too ("not Monday" names no day to book).
    """
    kept: list[Found] = []
    for one in found:
        if _DENIED.search(text, 0, one.start):
            continue
        if kept and _takes_back(text, kept[-1].end, one.start):
            kept.pop()
        kept.append(one)
    return kept


def _takes_back(text: str, end: int, start: int) -> bool:
    """Whether the words between two values take back the first: a cue alone, or a sentence that begins with one."""
    if CUE.fullmatch(text, end, start):
        return True
    return any(CUE.fullmatch(text, stop.end(), start) for stop in _STOP.finditer(text, end, start))


def repaired(
    text: str, found: Sequence[Found], bare: Sequence[Found], also: re.Pattern[str] | None = None
) -> list[Found]:
    """The findings, and those bare ones that correct one of them: the "9" of "at 8, sorry, 9".

    What matches `also` between the two links them too.
    """
    ends = {one.end for one in found}
    kept = [*found]
    for one in bare:
        if any(end <= one.start and _links(text, end, one.start, also) for end in ends):
            kept.append(one)
            ends.add(one.end)
    return longest(kept)


def _links(text: str, end: int, start: int, also: re.Pattern[str] | None) -> bool:
    return bool(CUE.fullmatch(text, end, start) or (also and also.fullmatch(text, end, start)))
