"""A passive tells what was done for the caller, or what is usual, or only that somebody else is busy."""

import re

from language.said_done.phrases import ClaimKind

_HABIT = re.compile(
    r"\b(?:usually|normally|always|typically|generally|often|every|each|per|regularly|by law|by default"
    r"|by (?:our|the|a) (?!(?:week|day|month|hour|year|few|couple|quarter|half)\b)\w+"
    r"|(?:is|are) \w+ (?:online|in person|over the phone|by phone)"
    r"|(?:done|finished|completed|processed|handled|sorted) (?:in|within)"
    r" (?:(?:about|around|under|less|than|an?|the) )*\w+"
    r" (?:minutes?|hours?|days?|weeks?))\b"
)
_NOBODY = re.compile(r"(?:i|who|which|what)\b")
_OWNED = re.compile(r"\b(?:your|the|those|these|both|all|they|we|you|my|our|two|three)\b")
_ANY = re.compile(r"(?:an?|any) ")
_FULL = re.compile(
    r"\b(?:fully|solidly|heavily|double|over|completely) (?:re)?(?:booked|scheduled|reserved)"
    r"|\b(?:booked|scheduled) (?:up|out|solid|until)\b"
)
_OTHERS = re.compile(
    r"\b(?:(?:dr|doctor|mr|mrs|ms|prof|professor) \w+|doctors?|dr|he|she|they|we|clinic|calendar|diary|room|schedule"
    r"|machine|surgeon|nurse|therapist|department)$"
)
_TIMES = re.compile(
    r"\b(?:slots?|times?|morning|afternoon|evening|day|week|hour|\w+day|o'clock|one|am|pm|\d+|today|tomorrow)$"
)
_TAKEN = re.compile(
    r"\b(?:already|fully|unfortunately|sorry|afraid|however|by (?:another|someone|somebody|an?)|taken|both)\b"
)
_PLANNED = re.compile(r"\w+ (?:\w+ )?(?:booked|scheduled) to\b")
_CALLERS = re.compile(r"\byou(?:r)?\b")
_RECORDED = re.compile(r"\b(?:calls?|line|conversations?)$")


def is_habit(text: str) -> bool:
    """Whether a clause tells what is done as a rule, and not what was done now."""
    return _HABIT.search(text) is not None


def is_told_of_us(kind: ClaimKind, subject: str, rest: str) -> bool:
    """Judge a passive: `subject` stands before it, `rest` begins with its "is", "are", "has been"."""
    if is_habit(rest) or _NOBODY.match(subject or "who") or _is_general(subject, rest):
        return False
    if kind is ClaimKind.TOLD:
        return re.match(r"(?:you|we)\b", subject) is None
    if kind is ClaimKind.PAID and re.match(r"(?:is|are) (?!being)", rest):
        return re.search(r"\b(?:your?|it|that|this)\b", subject) is not None
    if kind is ClaimKind.BOOKED:
        return not _is_taken(subject, rest)
    return not (kind is ClaimKind.NOTED and _RECORDED.search(subject))


def _is_general(subject: str, rest: str) -> bool:
    """Whether it tells of any of its sort: "reports are sent", "a confirmation is sent"."""
    many = rest.startswith("are ") and "been" not in rest and not _OWNED.search(subject)
    return many or (rest.startswith("is ") and _ANY.match(subject) is not None)


def _is_taken(subject: str, rest: str) -> bool:
    """Whether "is booked" says that somebody else has the time."""
    if _FULL.search(rest):
        return True
    if _CALLERS.search(f"{subject} {rest}"):
        return False
    if re.match(r"our\b", subject) or _PLANNED.match(rest) or _OTHERS.search(subject):
        return True
    return _TIMES.search(subject) is not None and _TAKEN.search(f"{subject} {rest}") is not None
