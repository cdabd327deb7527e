"""One gated act in words: its verbs, and what they must be done to; sources of patterns over folded words."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from language.tokens import word_set
from language.word_classes import FUNCTION_WORDS

GENERAL = (
    "create", "build", "make", "set up", "start", "begin", "prepare", "put together", "generate", "initiate", "launch",
    "arrange", "book", "reserve", "schedule", "order",
)  # fmt: skip
"""Verbs of an act that names none of its own."""

_WITH = ("(?:go ahead|proceed|get started) with", "get started on")
_IRREGULAR = {"build": "built", "make": "made", "begin": "begun", "set": "set", "put": "put", "send": "sent"}
_PERSON = "(?:you|me|us)"
_ONTO = "(?:(?:through|over|on|up|along|across) )?(?:to |with )?"
_OWNER = "(?:a|an|the|this|that|one|some|your|our|my|your own|our own|my own)"
_NO_KIND = "|".join(sorted(FUNCTION_WORDS | word_set("off about regarding sure another other next last old same")))
_LITTLE = "now|then|here|please|right|straight|thanks|thank"
ANY_KIND = rf"(?:(?!(?:{_NO_KIND})(?![\w'])|\w+ing(?![\w']))\w+ ){{0,2}}"
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
        """Name an act; one without verbs of its own has the general ones."""
        return cls(tuple(subject), tuple(acts) or GENERAL)

    @cached_property
    def thing(self) -> str:
        """The bare words for what it is done to."""
        return _any(re.escape(word.casefold()) for word in self.subject) + "(?:e?s)?"

    def named(self, kind: str) -> str:
        """The act in full: "create your new demo"; `kind` is what may stand before its name."""
        return _any([*self._on(f"(?:{_OWNER} )?{kind}{self.thing}"), *self._complete()])

    @cached_property
    def echo(self) -> str:
        """The thing alone, as callers repeat it: "the demo"."""
        return rf"(?:{_OWNER} )?{self.thing}"

    @cached_property
    def brief(self) -> str:
        """The act on what was named before: "create it"."""
        return _any(self._on("(?:it|(?:that|this)(?: one)?|one)"))

    def _on(self, target: str) -> Iterator[str]:
        forms = [_forms(act) for act in self.acts]
        single = [verb for verb, particle in forms if not particle]
        split = [(verb, particle) for verb, particle in forms if particle]
        joined = [rf"{verb} (?:{_PERSON} )?{particle}" for verb, particle in split]
        if single:
            yield rf"{_any(single)} (?:{_PERSON} {_ONTO}|to )?{target}"
        yield rf"{_any([*joined, *_WITH])} (?:to |with )?{target}"
        yield from (rf"{verb} {target} {particle}" for verb, particle in split)
        yield rf"(?:get|have) {target} {_any(_done(act) for act in self.acts)}"

    def _complete(self) -> Iterator[str]:
        """The acts that hold a word of the subject and need nothing more: "transfer you", "hang up"."""
        for act in self.acts:
            if not set(act.casefold().split()).isdisjoint(word.casefold() for word in self.subject):
                verb, particle = _forms(act)
                end = f" {particle}" if particle else ""
                yield rf"{verb} {_PERSON}{end}(?=$|,| (?:to|{_LITTLE})(?![\w']))"
                yield rf"{verb}{end}(?=$|,| (?:{_LITTLE})(?![\w']))"


@lru_cache(maxsize=256)
def orders_of(act: Act) -> re.Pattern[str]:
    """The act as callers order it: "cancel it", "cancel the appointment", "cancel kar do" or, after a yes, "cancel"."""
    bare = _any(verb for verb, particle in map(_forms, act.acts) if not particle)
    brief = f"{act.brief}(?: too| as well)?"
    return re.compile(
        rf"(?<![\w'])(?:{act.named(PLAIN_KIND)}|{brief}|(?:{bare} kar (?:do|dijiye|den)|(?<=[ ,]){bare})$)(?![\w'])"
    )


def _any(alternatives: Iterable[str]) -> str:
    return f"(?:{'|'.join(alternatives)})"


def _forms(act: str) -> tuple[str, str]:
    """The verb with its form in -ing, and the particle after it, or ""."""
    verb, _, particle = act.casefold().partition(" ")
    stem = verb.removesuffix("e")
    return rf"(?:{re.escape(verb)}|{re.escape(stem)}{re.escape(stem[-1:])}?ing)", re.escape(particle)


def _done(act: str) -> str:
    """The act as what is done to a thing: "created", "set up"."""
    verb, _, particle = act.casefold().partition(" ")
    done = _IRREGULAR.get(verb, verb.removesuffix("e") + "ed")
    return re.escape(f"{done} {particle}".strip())
