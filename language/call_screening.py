"""Machines that stand before a person: they ask who is calling and why, and put the call through or not."""

import re

_NAME = r"\b(?:say|state|record|tell me|give)\W+(?:\w+\W+){0,3}your\W+(?:\w+\W+)?name\b"
_REASON = (
    r"\b(?:reason|purpose)\W+(?:for|of)\W+(?:(?:your|the|this)\W+call|calling)\b|\bwhy\W+you\W*(?:'re|are)\W+calling\b"
)
_ASKS = re.compile(rf"{_NAME}.{{0,60}}(?:{_REASON})|(?:{_REASON}).{{0,60}}{_NAME}", re.IGNORECASE | re.DOTALL)
_SERVICE = re.compile(r"\b(?:call[- ]screening|screening (?:service|call))\b", re.IGNORECASE)
_MAILBOX = re.compile(r"\b(?:beep|tone|mailbox|voice ?mail|leave\W+(?:\w+\W+){0,3}message)\b", re.IGNORECASE)


def is_screening(words: str) -> bool:
    """Tell whether words are those of a machine that screens calls, and not of a person or an answering machine."""
    asks = _ASKS.search(words) or _SERVICE.search(words)
    return asks is not None and _MAILBOX.search(words) is None
