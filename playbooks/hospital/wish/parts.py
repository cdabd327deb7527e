"""The pieces of a turn that asks for several things: "cancel the one on Friday, and book me another on Monday"."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from playbooks.hospital.wish.acts import Intent

MOST_PIECES = 8
"""Pieces of a turn that are told apart; what is beyond them belongs to the last."""


class Opening(StrEnum):
    """How a piece begins: what is to be done, "one for" and the like, with whom it is to be, or a question."""

    ORDER = "order"
    ANOTHER = "another"
    WHOM = "whom"
    QUESTION = "question"
    NONE = "none"


@dataclass(frozen=True)
class Piece:
    """A stretch of a turn; `intent` is what it tells to do, `added` whether it says that this is one thing more."""

    words: str
    opening: Opening = Opening.NONE
    intent: Intent | None = None
    added: bool = False

    @property
    def bare(self) -> str:
        """Its words without what links them to those before."""
        return _LINK.sub("", self.words).strip(" ,.;")

    @property
    def comes_by_itself(self) -> bool:
        """Whether it asks for a confirmation, which whatever is booked or changed brings anyhow."""
        return self.intent is Intent.RESEND

    def with_more(self, piece: "Piece") -> "Piece":
        """This piece and the next as one."""
        opening = piece.opening if self.opening is Opening.NONE else self.opening
        return Piece(self.words + piece.words, opening, self.intent or piece.intent, self.added or piece.added)

    def after(self, before: "Piece") -> "Piece":
        """This piece with the act that it leaves to the one before it: "one for my heart" is to be booked, too."""
        if self.intent or before.intent is None:
            return self
        return replace(self, words=f"{before.intent} {self.bare}", intent=before.intent)


_LINK = re.compile(r"^\W*(?:(?:and|then|also|plus)\W+)+", re.IGNORECASE)
_JOINT = r"(?:^\W*|[.?!;,]+\s+|\s(?=(?:and|then|also|plus)\b))"
_WANT = r"(?:i(?:'d| would)? )?(?:also )?(?:like|love|want|need|wish)"
_LEAD = (
    r"(?:(?:and|then|also|plus|so|please|hello|hi|there|well|okay|after that|to|let us|let's|i wanna"
    rf"|i(?: am|'m) calling to|{_WANT} to|(?:can|could|would|will|may) (?:you|i|we)(?: also| please)*)[ ,]+)*"
)
_ORDERS = {
    Intent.CANCEL: r"cancel|call off",
    Intent.MOVE: r"move|shift|re-?schedule|postpone|prepone|push back|bring forward|change (?:my|the|an)",
    Intent.BOOK: rf"book|make|schedule|arrange|fix|get|see|reserve|{_WANT} (?:an?|another|one more|two|three) \w+",
    Intent.RESEND: r"re-?send|send",
}
_OPENINGS = {
    **{intent.name: rf"(?:{verbs})\b" for intent, verbs in _ORDERS.items()},
    Opening.ANOTHER.name: (
        r"(?:one|another(?: one)?|the (?:other|second)(?: one)?|a second one) (?:is )?(?:for|with|on|at)\b"
    ),
    Opening.WHOM.name: r"(?:(?<=\band )|(?<=\balso )|(?<=\bthen ))"
    r"(?:(?:an?|the|with|my|doctor|dr\.?) \w+|(?:\w+ ){1,3}?(?:at|on|(?:the )?same day|today|tomorrow)\b)",
    Opening.QUESTION.name: r"(?:what|when|where|which|who|how|do|does|is|are)\b",
}
_OPENS = re.compile(
    rf"{_JOINT}(?P<piece>{_LEAD}(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _OPENINGS.items())}))",
    re.IGNORECASE,
)
_ADDED = re.compile(r"\b(?:also|another|one more|a second|as well|too|after that)\b", re.IGNORECASE)


def pieces_of(words: str) -> tuple[Piece, ...]:
    """Cut a turn where a new piece opens, losing nothing; words before the first opening are a piece of their own."""
    opened = list(_OPENS.finditer(words))[:MOST_PIECES]
    if not opened:
        return (Piece(words),)
    starts = [found.start("piece") for found in opened]
    ends = [*starts[1:], len(words)]
    pieces = [_piece(found, words[start:end]) for found, start, end in zip(opened, starts, ends, strict=True)]
    before = words[: starts[0]]
    return (Piece(before), *pieces) if any(letter.isalnum() for letter in before) else tuple(pieces)


def _piece(found: re.Match[str], words: str) -> Piece:
    added = bool(_ADDED.search(words))
    intent = next((intent for intent in Intent if found[intent.name]), None)
    if intent:
        return Piece(words, Opening.ORDER, intent, added)
    return Piece(words, next(opening for opening in Opening if found.groupdict().get(opening.name)), added=added)
