"""Which of the things that a turn asks for is in hand, which wait, and which are questions beside them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from playbooks.hospital.wish.acts import FACTS, Act, Intent, intent_of
from playbooks.hospital.wish.heard import LONGEST, Heard, heard
from playbooks.hospital.wish.parts import Opening, Piece, pieces_of
from playbooks.hospital.wish.patient import for_each, wants_oneself
from playbooks.hospital.wish.state import Wish

_WHOLE = (Act.EMERGENCY, Act.ORDER, Act.HUMAN)
"""What a turn is as a whole, whatever else it holds."""
_BOOKED = Piece("", intent=Intent.BOOK)
"""What words that tell no act of their own are about."""
_FOR_ALL = re.compile(r"\W+(?:both|all)(?: of (?:them|us))?(?: together)? (?P<when>.+)$", re.IGNORECASE)
_IT = re.compile(r"\b(?:it|that|this|him|her|them)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """A turn taken apart: what it says of the wish in hand, the words of those that wait, and questions beside them."""

    main: Heard
    later: tuple[str, ...] = ()
    asides: tuple[Heard, ...] = ()


@dataclass(frozen=True)
class _Listener:
    """Who hears pieces of a turn as the answer to `question`, with `wish` in hand."""

    wish: Wish
    question: str | None
    now: float

    def heard(self, piece: Piece) -> Heard:
        """What a piece says."""
        return heard(piece.words, self.question, self.now)

    def is_aside(self, piece: Piece) -> bool:
        """Whether a piece only asks for a fact."""
        one = self.heard(piece)
        return piece.opening is Opening.QUESTION and (one.act in FACTS or not one.is_about_slot)

    def wanted(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """The pieces, those about one wish put together."""
        before: Piece | None = None
        for piece in pieces:
            if before is None:
                before = piece
            elif self._is_another(before, piece):
                yield before
                before = piece.after(before)
            else:
                before = before.with_more(piece)
        if before:
            yield before

    def is_beside(self, piece: Piece) -> bool:
        """Whether a piece leaves the wish in hand as it is: wants one thing more, or another one changed."""
        if not self.wish.is_begun or piece.intent is None:
            return False
        about_slot = self.heard(piece).is_about_slot
        if _IT.search(piece.words):
            return piece.added and about_slot
        return piece.added or (piece.intent is not self.wish.intent and about_slot)

    def _is_another(self, before: Piece, piece: Piece) -> bool:
        """Whether a piece wants something else than those before it."""
        left, right = self.heard(before), self.heard(piece)
        told = piece.opening is Opening.WHOM and (left.days or left.times)
        anew = (piece.intent is Intent.BOOK or _FOR_ALL.search(piece.words)) and _with_another(left, right)
        if before.intent is None and before.opening is not Opening.ANOTHER and not (told or anew):
            return left.act is Act.YES and self.is_beside(piece)
        if piece.intent not in (None, before.intent):
            return True
        if piece.opening is Opening.WHOM:
            return bool(right.days or right.times) and _with_another(left, right)
        if piece.opening is Opening.ANOTHER or piece.added:
            return left.is_about_slot
        return piece.intent is not None and (_with_another(left, right) or _on_another_day(left, right))


def said_in(words: str, wish: Wish, question: str | None, now: float) -> Said:
    """Take a turn apart; `wish` is what was in hand before it."""
    words = words[:LONGEST]
    if each := for_each(words):
        first, other = each
        said = said_in(first, wish, question, now)
        return replace(said, later=(Piece(other, intent=intent_of(other)).after(_BOOKED).words, *said.later))
    whole, listener, pieces = heard(words, question, now), _Listener(wish, question, now), pieces_of(words)
    if whole.act in _WHOLE:
        return Said(whole)
    asides = [piece for piece in pieces if listener.is_aside(piece)]
    wanted = list(listener.wanted(piece for piece in pieces if piece not in asides))
    if wanted and wanted[0].added and listener.is_beside(wanted[0]):
        wanted = [Piece(""), *wanted]
    if not wanted or len(wanted) + len(asides) == 1:
        return Said(whole)
    main, *later = _sharing(wanted)
    in_hand = listener.heard(main)
    waiting = tuple(_words_of(piece, in_hand) for piece in later if not piece.comes_by_itself)
    return Said(in_hand, waiting, tuple(map(listener.heard, asides)))


def _words_of(piece: Piece, in_hand: Heard) -> str:
    """The words that wait; who wants something beside what is for another wants it for oneself."""
    return f"{piece.bare} for me" if in_hand.for_another and wants_oneself(piece.words) else piece.bare


def _sharing(wanted: Sequence[Piece]) -> list[Piece]:
    """The pieces, each with what the last of them says for all: "both on Tuesday"."""
    shared = _FOR_ALL.search(wanted[-1].words)
    if shared is None:
        return [*wanted]
    return [replace(one, words=f"{_FOR_ALL.sub('', one.words).strip()} {shared['when']}") for one in wanted]


def _with_another(one: Heard, other: Heard) -> bool:
    """Whether two pieces name a doctor or department each, and not the same."""
    named = one.department is not None and other.department is not None
    return named and (one.department, one.doctor) != (other.department, other.doctor)


def _on_another_day(one: Heard, other: Heard) -> bool:
    days, others = ({day.value for day in each.days} for each in (one, other))
    return bool(days and others) and not days & others
