"""The gates a model's sentence passes before anybody hears it: said means done, no fact from nowhere, no echo.

The limit: numbers, names, dates and prices are compared by words, claims by their kind and the facts beside them. A
sentence that states something else in common words passes ("we close early on public holidays").
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from domain.errors import Fault
from language.anchoring.anchors import Corpus, Kind, Span, unanchored
from language.echoes import echoes
from language.said_done.claims import Receipt, claims_of, unbacked_claims
from language.tokens import tokens
from language.word_classes import DAYS, MONTHS

_NO_COUNT = re.compile(
    r"\b(?:one (?:moment|second|minute|more|of (?:our|my|the|us|them|these|those))|(?:no|any|every|some|each|this|that"
    r"|which|either|another|the (?:only|other|same|right|next)) one|first of all|at first|first (?:and last )?names?"
    r"|last (?:two|three|four) (?:digits|letters)|one by one|one at a time|one thing|a second|a couple of"
    r"|both|double[- ]check|step one|once|twice"
    r"|(?:which|either|any|both|each) of (?:the|these|those) (?:two|three|four)|half of|a quarter of"
    r"|the (?:two|three|second|first|last) (?:of|option)"
    r"|(?:one or two|a few|several|two|three|a couple of) (?:quick )?(?:details|questions|things)"
    r"|one (?:quick|last|final) (?:thing|question)|or two|in two minds)\b",
    re.IGNORECASE,
)  # fmt: skip
"""Words of number that count nothing."""

_NO_NAMES = (
    "Dr Mr Mrs Ms Prof AI OK SMS ID PIN TV PDF e-mail E-mail X-ray a b c Hello Please Thank Thanks Sir Madam Namaste"
)
"""Capitals that name nobody."""

_OFFER = re.compile(
    r"\b(?:free of charge|for free|no charge|complimentary|discount(?:ed)?|half price|refundable)\b", re.IGNORECASE
)
"""Prices without a number."""
_DENIED = re.compile(r"\b(?:no|not|never|cannot|unable)\b|n't\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b(?:https?://|www\.)\S*\w|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net)\b", re.IGNORECASE
)
"""An e-mail or web address."""
_SPOKEN_MARKS = {"@": " at ", ".": " dot ", "-": " dash ", "_": " underscore "}
_CALENDAR = DAYS | MONTHS
_REFUSAL = re.compile(
    r"^\W*(?:(?:i'?m|i am) (?:very |so |truly )?sorry|sorry|i apologi[sz]e|unfortunately)?\W*(?:but )?(?:"
    r"(?:as an? (?:ai|artificial|large|language|virtual)\b.*)"
    r"|i(?: can(?:not|'t)|'m (?:unable|not able) to| am (?:unable|not able) to) (?:help|assist|comply|answer|fulfil|do)"
    r"(?: you)?(?: with)?(?: (?:that|this|your))?(?: request| question)?)\W*$",
    re.IGNORECASE,
)
_DATA = re.compile(r'^\s*[{\[]\s*["\[{]|"newest_turn"|"call_context"|\bcalls_now\b|\bawaiting_yes\b')


class Objection(StrEnum):
    """Why a sentence of ours is not said, beside a model's own faults."""

    UNBACKED = "unbacked"
    UNANCHORED = "unanchored"


@dataclass
class Gates:
    """The gates of one reply. `everything` reads the whole call, when what is at hand does not hold a fact."""

    receipts: Sequence[tuple[Receipt, Corpus]]
    corpus: Corpus
    everything: Callable[[], Awaitable[Corpus]]
    prompt: str
    _whole: Corpus | None = field(default=None, init=False)

    async def objection(self, sentence: str, before: str = "", said: str = "") -> Objection | Fault | None:
        """Say what is wrong with a sentence; `before` was said of it already, `said` is the reply so far."""
        full = f"{before} {sentence}".strip()
        if fault := self._fault(sentence, said):
            return fault
        if len(self._unbacked(full)) > len(self._unbacked(before)):
            return Objection.UNBACKED
        if _foreign(sentence, self.corpus) and _foreign(sentence, await self._all()):
            return Objection.UNANCHORED
        return None

    def _fault(self, sentence: str, said: str) -> Fault | None:
        if _DATA.search(sentence) or echoes(f"{said} {sentence}", (self.prompt,)):
            return Fault.ECHO
        return Fault.REFUSED if _REFUSAL.match(sentence) else None

    def _unbacked(self, sentence: str) -> list[object]:
        """The claims that no receipt proves, and those whose day or figures are not those of the receipt."""
        claims = claims_of(sentence)
        if not claims:
            return []
        unbacked: list[object] = list(unbacked_claims(sentence, [receipt for receipt, _ in self.receipts]))
        if unbacked:
            return unbacked
        kinds = frozenset[str]().union(*(claim.kinds for claim in claims))
        facts = Corpus()
        for receipt, told in self.receipts:
            if not kinds.isdisjoint(receipt.kinds):
                facts = facts.union(told)
        spans = _spans(sentence, facts)
        return [span for span in spans if span.kind is Kind.NUMBER or span.text.casefold() in _CALENDAR]

    async def _all(self) -> Corpus:
        if self._whole is None:
            self._whole = await self.everything()
        return self._whole


def _foreign(sentence: str, corpus: Corpus) -> bool:
    """Whether a sentence holds a number, name or offer that the corpus does not."""
    if _spans(sentence, corpus) or not all(
        _holds_address(corpus, found.group()) for found in _ADDRESS.finditer(sentence)
    ):
        return True
    offer = _OFFER.search(sentence)
    if offer is None or _DENIED.search(sentence) or sentence.rstrip().endswith("?"):
        return False
    return not all(corpus.holds_root(word.folded) for word in tokens(offer.group()))


def _holds_address(corpus: Corpus, address: str) -> bool:
    """Whether an address was given as a whole: written, or said word by word ("jo dot smith at example dot com")."""
    spoken = "".join(_SPOKEN_MARKS.get(letter, letter) for letter in address)
    return any(corpus.holds_name("".join(token.folded for token in tokens(form))) for form in (address, spoken))


def _spans(sentence: str, corpus: Corpus) -> tuple[Span, ...]:
    return unanchored(_NO_COUNT.sub("well", sentence), corpus.union(_free()))


@lru_cache(maxsize=1)
def _free() -> Corpus:
    return Corpus.of((_NO_NAMES,))
