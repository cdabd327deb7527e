"""A closed grammar of plain assent: whatever is left over when an answer is read by it keeps a yes from being one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from language.consent_act import PLAIN_KIND, Act
from language.consent_answer import Sentence
from language.consent_assent_phrases import (
    FILLED,
    GO,
    LEAD,
    OKAY,
    ORDERS,
    PRACTICAL,
    PRAISE,
    REPLIES,
    THANKS,
    UNMINDED,
    WISHES,
    YES,
)
from language.consent_phrases import phrase


@dataclass(frozen=True)
class Assent:
    """How an answer agrees, counted by kind of phrase; `left` is the first thing said beyond agreement."""

    yes: int = 0
    go: int = 0
    okay: int = 0
    praise: int = 0
    thanks: int = 0
    please: int = 0
    outright: bool = False
    left: str = ""
    echoed: bool = False
    """A back-channel: one small word over and over."""

    @property
    def strength(self) -> int:
        """How often it says yes; a "please" says it once more, beside a yes."""
        said = self.yes + self.go
        return said + self.please if said else 0

    @property
    def plain(self) -> bool:
        """Whether it says yes and nothing else; a bare "okay" counts only by itself."""
        if self.left or self.echoed:
            return False
        return bool(self.strength or (self.okay and not self.praise and not self.thanks))


_ECHOES = frozenset({"yeah", "sure", "ok", "okay", "alright", "right"})
_NAMES = ("outright", "go", "yes", "okay", "praise", "thanks", "please", "filled")


def read_assent(sentences: Sequence[Sentence], question: str, act: Act) -> Assent:
    """Read an answer piece by piece, always the longest that fits.

    Questions are left over too, but for one of how or when it will be done, after a yes said twice over.
    """
    pieces: list[tuple[str, str]] = []
    for sentence in sentences:
        if sentence.asked and _counted(pieces).strength > 1 and PRACTICAL.fullmatch(sentence.text):
            continue
        left = sentence.text if sentence.asked else _read(sentence.text, question, act, pieces)
        if left:
            return _counted(pieces, left)
    return _counted(pieces)


def without_no(sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """The answer to "do you mind?" without the "not at all" that it begins with."""
    first, *others = sentences
    rest = UNMINDED.sub("", first.text).strip(" ,")
    return [Sentence(rest, first.asked), *others] if rest else others


def _read(text: str, question: str, act: Act, pieces: list[tuple[str, str]]) -> str:
    """Add the pieces of a sentence and return what is left of it."""
    grammar = _grammar(act)
    rest = text
    if not pieces and (lead := LEAD.match(rest)):
        rest = rest[lead.end() :]
    while rest:
        kind, end = max(
            ((name, found.end()) for name, pattern in grammar.items() if (found := pattern.match(rest))),
            key=lambda piece: piece[1],
            default=("", 0),
        )
        if not end:
            end = _reply(rest, question)
            kind = "praise"
        if not end:
            return rest
        pieces.append((kind, rest[:end]))
        rest = rest[end:].strip(" ,")
    return ""


def _reply(rest: str, question: str) -> int:
    """Where "I would" ends, in answer to "would you ...?"; 0 where the question did not ask so."""
    found = REPLIES.match(rest)
    asked = found and re.search(rf"(?<![\w']){found.group(1) or found.group(2)}(?![\w'])", question.casefold())
    return found.end() if found and asked else 0


def _counted(pieces: list[tuple[str, str]], left: str = "") -> Assent:
    kinds = [kind for kind, _ in pieces]
    said = {text for _, text in pieces}
    return Assent(
        yes=kinds.count("yes"),
        go=kinds.count("go") + kinds.count("outright"),
        okay=kinds.count("okay"),
        praise=kinds.count("praise"),
        thanks=kinds.count("thanks"),
        please=kinds.count("please"),
        outright="outright" in kinds,
        left=left,
        echoed=len(pieces) > 2 and len(said) == 1 and said <= _ECHOES,
    )


@lru_cache(maxsize=256)
def _grammar(act: Act) -> dict[str, re.Pattern[str]]:
    named, brief = act.named(PLAIN_KIND), act.brief
    asked = phrase(rf"(?:{ORDERS} )*(?:{named})")
    wished = phrase(rf"(?:{ORDERS} )*(?:{WISHES} )?(?:{ORDERS} )*(?:{named}|{brief})")
    return {
        "outright": asked,
        "go": phrase(f"{wished.pattern}|{GO.pattern}"),
        "yes": YES,
        "okay": OKAY,
        "praise": PRAISE,
        "thanks": THANKS,
        "please": phrase("please"),
        "filled": FILLED,
    }
