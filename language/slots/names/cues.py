"""The words before and after a name that tell that it is one, and whose."""

import re
from dataclasses import dataclass
from enum import StrEnum

from language.slots.dates.calendar import compiled


class Part(StrEnum):
    """Which part of a name follows a cue; of a `WHOLE` name two words or more must."""

    ANY = "any"
    FIRST = "first"
    LAST = "last"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that announce a name; after a `strong` one a plain word is a name too.

    After one that is not `lone` a single unknown word in small letters is none ("it's contactless").
    """

    pattern: re.Pattern[str]
    strong: bool
    part: Part = Part.ANY
    lone: bool = True


CUES = (
    Cue(compiled(r"\b(?:first|given|christian) name(?:'s| is|:)? "), True, Part.FIRST),
    Cue(compiled(r"\b(?:last|family|second|sur) ?name(?:'s| is|:)? "), True, Part.LAST),
    Cue(
        compiled(
            r"(?<!first )(?<!last )(?<!family )\bnames?(?:'s| is| was| should be|:) (?:it's |is )?"
            r"(?!(?:first|last|on|in|under)\b)"
        ),
        True,
    ),
    Cue(compiled(r"\b(?:in|under|by|on|for|with|and) (?:the|my) names? (?:of |is |as )?"), True),
    Cue(compiled(r"\bcall me (?!back\b)"), True),
    Cue(compiled(r"\bnaam (?!hai\b)"), True),
    Cue(compiled(r"\b(?:my|the|on|under) (?:full )?names? (?:of )?(?!is\b|was\b)"), False),
    Cue(
        compiled(r"\b(?:this is|it's|it is|its|i'm|i am|i -|here is|here's|speaking with|you're speaking to)[ ,:]+"),
        False,
        lone=False,
    ),
    Cue(compiled(r"\b(?:under|name|booked by)[ ,:]+"), False),
    Cue(compiled(r"\b(?:for|with)(?: i think| uh| um)? "), False, Part.WHOLE),
)
"""The cues, those that tell more first."""

BOOKING = compiled(
    r"\b(?:book(?:ing|ed)?|reserv(?:ations?|ed|e)|table|appointment|party|seats?|lunch|dinner|slot|cancel|register)\b"
    r"|^\W*for "
)
"""What a text is about where "for" and a full name tell whom it is for."""

AFTER = compiled(
    r"(?:,? (?:here|speaking|calling|is my (?:full |first |last )?name|is the (?:\w+ )?name|'s my name"
    r"|is what you can call me|party of|(?:mera )?naam hai))\b"
)
"""What follows the name of the caller."""
TITLE = compiled(r"\b(?:mr|mrs|ms|miss|princess|prince|sir|madam)\.? $")
"""Before the name of a person."""

_NO_CALLER = compiled(
    r"(?:\b(?:dr|doctor|nurse|professor|prof)\.? "
    r"|\b(?:ask|tell|let|see|meet|thank|remind) (?:(?:mr|mrs|ms|miss)\.? )?"
    r"|\b(?:restaurant|place|hospital|clinic|company|business|shop|doctor|doctor's|website|address|number)"
    r"(?: (?:by|with|under|for))?(?: the)?(?: names?| called)?(?: of| is)? +)$"
)
_NO_PERSON = compiled(
    r",? (?:neighbou?rhood|area|salon|dental|airport|school|bank|limited|securities|center|centre|village|city|visit"
    r"|restaurant|cuisine|food|hospital|clinic|street|road|avenue|hotel|in [A-Z])\b"
)

OPENING = compiled(
    r"^(?:\W*\b(?:yes|yeah|yep|sure|ok|okay|well|so|um|uh|er|oh|hi|hello|hey|it's|its|it is|that's|that is|this is"
    r"|i'm|i am|certainly|of course|thanks|right|haan|ji|the name is|name is|my|name|is|please|sorry|no"
    r"|not [\w'-]+(?=,))\b)*\W*"
)
"""What may stand before an answer; matches every text."""
CLOSING = compiled(
    r"(?:\W*\b(?:please|thanks|thank you|here|speaking|sir|madam|ma'am|that's it|is my name|ok|okay|hai|ji|not [\w'-]+"
    r"|with an? [a-z](?:[ -][a-z])*)\b)*\W*$"
)
"""What may stand after an answer; matches every text."""
COMMENT = compiled(r"\W*(?:it's|its|it is|that's|that is|this is|i'm|i am)\b")
"""What opens a remark ("it's silly") as well as an answer ("it's Priya")."""


def is_of_another(said: str, start: int, end: int) -> bool:
    """Whether a name at a place is of a doctor, a place or a business, and not of the caller."""
    return _NO_CALLER.search(said, 0, start) is not None or _NO_PERSON.match(said, end) is not None
