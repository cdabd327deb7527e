"""One gated act in words: its verbs, and what they must be done to; sources of patterns over folded words."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

GENERAL = (
    "create", "build", "make", "set up", "start", "begin", "prepare", "put together", "generate", "initiate", "launch",
    "arrange", "book", "reserve", "schedule", "order",
)  # fmt: skip
"""Verbs of an act that names none of its own."""

_WITH = ("go ahead with", "proceed with", "get started with", "get started on")
_PERSON = "(?:you|me|us)"
_ONTO = "(?:(?:through|over|on|up|along|across) )?(?:to |with )?"
_OWNER = "(?:a|an|the|this|that|one|some|your|our|my|your own|our own|my own)"
_FUNCTION = (
    "a|an|the|this|that|these|those|it|its|he|his|she|her|they|their|them|you|your|we|our|us|i|my|me|in|on|at|by|for|"
    "from|of|to|into|off|over|under|with|without|about|against|regarding|before|after|between|and|or|but|not|no|never|"
    "if|when|than|as|how|what|why|who|where|whether|sure|is|are|was|be|been|do|does|did|has|have|had|will|would|can|"
    "could|should|may|might|another|other|next|last|old|same"
)
ANY_KIND = rf"(?:(?!(?:{_FUNCTION})(?![\w'])|\w+ing(?![\w']))\w+ ){{0,2}}"
"""Up to two words that tell which one an agent means: "your new personalised demo"."""
PLAIN_KIND = "(?:(?:new|free|own|personal|personali[sz]ed|custom|live|quick|short|little|whole) )?"
"""The word for its kind that changes nothing in a caller's mouth."""


@dataclass(frozen=True)
class Act:
    """What is done, by the verbs `acts`, to what the words of `subject` name."""

    subject: tuple[str, ...]
    acts: tuple[str, ...]

    @classmethod
    def of(cls, subject: Collection[str], acts: Collection[str]) -> "Act":
        """Name an act; one without verbs has the general ones, and those of its subject."""
        return cls(tuple(subject), tuple(acts) or GENERAL)

    @cached_property
    def thing(self) -> str:
        """The bare words for what it is done to."""
        return rf"(?:{'|'.join(re.escape(word.casefold()) for word in self.subject)})(?:e?s)?"

    def named(self, kind: str) -> str:
        """The act in full: "create your new demo"; `kind` is what may stand before its name."""
        return f"(?:{'|'.join([*self._on(f'(?:{_OWNER} )?{kind}{self.thing}'), *self._complete()])})"

    @cached_property
    def brief(self) -> str:
        """The act on what was named before: "create it"."""
        return f"(?:{'|'.join(self._on('(?:it|that|this|one)'))})"

    def _on(self, target: str) -> Iterator[str]:
        for act in self.acts:
            verb, particle = _forms(act)
            if particle:
                yield rf"{verb} (?:{_PERSON} )?{particle} (?:to |with )?{target}"
                yield rf"{verb} {target} {particle}"
            else:
                yield rf"{verb} (?:{_PERSON} {_ONTO}|to )?{target}"
        yield from (rf"{words} {target}" for words in _WITH)

    def _complete(self) -> Iterator[str]:
        """The acts that hold a word of the subject and need nothing more: "transfer you", "hang up"."""
        for act in self.acts:
            if not set(act.casefold().split()).isdisjoint(word.casefold() for word in self.subject):
                verb, particle = _forms(act)
                yield rf"{verb}(?: {_PERSON})?" + (f" {particle}" if particle else "")


def _forms(act: str) -> tuple[str, str]:
    """The verb with its form in -ing, and the particle after it, or ""."""
    verb, _, particle = act.casefold().partition(" ")
    stem = verb.removesuffix("e")
    return rf"(?:{re.escape(verb)}|{re.escape(stem)}{re.escape(stem[-1:])}?ing)", re.escape(particle)
