"""How a text is turned into its spoken form: patterns, each with what is said instead, in order."""

import re
from collections.abc import Callable, Sequence

Said = str | Callable[[re.Match[str]], str]
Rule = tuple[re.Pattern[str], Said]

NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{2,3}){0,6},[0-9]{3}(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
"""An amount in figures: "1,200.50", "1,50,000", "42"."""

DASH = r"\s?[-–—]\s?"


def rule(pattern: str, said: Said, flags: re.RegexFlag = re.NOFLAG) -> Rule:
    """Make one rule."""
    return re.compile(pattern, flags), said


def apply(rules: Sequence[Rule], text: str) -> str:
    """Apply every rule once, in order."""
    for pattern, said in rules:
        text = pattern.sub(said, text)
    return text


def full_stop(found: re.Match[str]) -> str:
    """Keep the full stop of an abbreviation where the sentence ends with it."""
    ends = found[0].endswith(".") and re.match(r"[\"')\]]*(?:$|\s+[A-Z])", found.string[found.end() :])
    return "." if ends else ""
