"""What an answer is that neither gives what was asked for nor says yes or no."""

import re

from playbooks.hospital.wish.acts import plain

_REFUSAL = re.compile(
    r"\b(?:i|we) (?:do|would|will|can|am|have) ?not\b(?! (?:hear|understand|know what|follow|catch))"
    r"|\b(?:have|got|there is) (?:no|only)\b|^no (?:e ?mail|address|name)\b|\b(?:rather|prefer|want) not\b"
    r"|\bonly (?:one|a first) name\b|\b(?:just|only) \w+$"
)
_OWN = re.compile(
    r"^same\b|\b(?:mine|my own|my (?:e ?mail|address|id)|the same|same (?:one|address|as)|the one (?:you|that you) have"
    r"|usual|on (?:file|record)|as before)\b"
)


def is_refusal(words: str) -> bool:
    """Whether a caller has not got what was asked for, or does not want to tell it."""
    return _REFUSAL.search(plain(words)) is not None


def is_own(words: str) -> bool:
    """Whether an address is meant that the caller gave before, or has on record."""
    return _OWN.search(plain(words)) is not None
