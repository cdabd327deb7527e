"""A closed grammar of plain assent: whatever is left over when an answer is read by it keeps a yes from being one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from language.consent import assent_phrases as phrases
from language.consent.act import PLAIN_KIND, Act
from language.consent.answer import Sentence
from language.consent.doubts import TAKES_BACK
from language.consent.phrases import phrase

_ECHOES = frozenset({"yeah", "sure", "ok", "okay", "alright", "right"})


@dataclass(frozen=True)
class Assent:
    """The phrases of an answer, each with its kind; `left` is the first thing said beyond agreement."""

    pieces: tuple[tuple[str, str], ...]
    left: str = ""

    def count(self, *kinds: str) -> int:
        """How many phrases are of these kinds."""
        return sum(kind in kinds for kind, _ in self.pieces)

    @property
    def strength(self) -> int:
        """How often a yes is said; a "please" beside one says it once more."""
        said = self.count("yes", "order", "outright")
        return said + self.count("please") if said else 0

    @property
    def is_plain(self) -> bool:
        """Whether it says yes and nothing else; "okay" is a yes only by itself, "well, yes" is none."""
        if self.left or self._is_echo():
            return False
        if self.strength:
            return self.strength > self.count("lead")
        return bool(self.count("okay")) and not self.count("praise", "thanks", "echo", "surprise", "lead")

    def _is_echo(self) -> bool:
        """Whether it is one small word over and over, which may only say "I hear you"."""
        said = {text for _, text in self.pieces}
        return len(self.pieces) > 2 and len(said) == 1 and said <= _ECHOES


def read_assent(sentences: Sequence[Sentence], question: str, act: Act) -> Assent:
    """Read an answer phrase by phrase, always the longest that fits.

    A question is left over too, unless it only asks how or when it will be done, after a yes said twice over. A
    sentence that gives the caller's name, number or address takes nothing from the yes before it.
    """
    pieces: list[tuple[str, str]] = []
    for sentence in sentences:
        if sentence.asked:
            is_harmless = Assent(tuple(pieces)).strength > 1 and phrases.PRACTICAL.fullmatch(sentence.text)
            left = "" if is_harmless else sentence.text
        elif Assent(tuple(pieces)).strength and _gives_contact(sentence.text):
            left = ""
        else:
            left = _read(sentence.text, question, act, pieces)
        if left:
            return Assent(tuple(pieces), left)
    return Assent(tuple(pieces))


def without_no(sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """The answer to "do you mind?" without the "not at all" that it begins with."""
    first, *others = sentences
    rest = phrases.UNMINDED.sub("", first.text).strip(" ,")
    return [Sentence(rest, first.asked), *others] if rest else others


def _read(text: str, question: str, act: Act, pieces: list[tuple[str, str]]) -> str:
    """Add the phrases of a sentence to `pieces` and return what is left of it."""
    rest = text
    while rest:
        kind, end = _longest(rest, question, act)
        if not end or (kind == "lead" and pieces):
            return rest
        pieces.append((kind, rest[:end]))
        rest = rest[end:].strip(" ,")
    return ""


def _gives_contact(sentence: str) -> bool:
    return bool(phrases.CONTACT.fullmatch(sentence)) and not any(sign.search(sentence) for sign in TAKES_BACK)


def _longest(rest: str, question: str, act: Act) -> tuple[str, int]:
    """The kind and the end of the longest phrase that `rest` begins with; "" and 0 where none does."""
    found = [(kind, match.end()) for kind, pattern in _grammar(act) if (match := pattern.match(rest))]
    return max(found, key=lambda piece: piece[1], default=("praise", _reply(rest, question)))


def _reply(rest: str, question: str) -> int:
    """Where "I would" ends, in answer to "would you ...?"; 0 where the question did not ask so."""
    found = phrases.REPLIES.match(rest)
    if not found:
        return 0
    verb = found.group(1) or found.group(2)
    return found.end() if re.search(rf"\b{'are' if verb == 'am' else verb}\b", question.casefold()) else 0


@lru_cache(maxsize=256)
def _grammar(act: Act) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The kinds of phrases by which a caller agrees to one act; of equal ends the first kind counts."""
    named, orders = act.named(PLAIN_KIND), f"(?:{phrases.ORDERS} )*"
    return (
        ("outright", phrase(f"{orders}(?:{phrases.ASKS_FOR} )?{orders}{named}")),
        ("order", phrase(f"{orders}(?:{phrases.WISHES} )?{orders}(?:{named}|{act.brief})")),
        ("order", phrases.GO),
        ("yes", phrases.YES),
        ("okay", phrases.OKAY),
        ("praise", phrases.PRAISE),
        ("thanks", phrases.THANKS),
        ("please", phrase("please")),
        ("filled", phrases.FILLED),
        ("echo", phrase(act.echo)),
        ("surprise", phrases.SURPRISE),
        ("lead", phrases.LEAD),
    )
