"""The promise "said means done": what a sentence claims was done, and whether there is a receipt for it.

A claim is an act told as done or being done, in the first person ("I've booked you in"), in the passive ("your order
is confirmed"), as a bare fact ("you're all set", "it's on its way") or in a word ("Noted."). An offer, a question, a
plan, a condition, a denial or a habit ("confirmations are sent by mail") claims nothing.

The limit: these are checks of English words, by lists. In doubt a sentence counts as a claim, for one that is held
back is only said otherwise. What is claimed is compared by its kind, not by its details; an act by a verb that no list
has counts as `done`. Sentences that say it without any verb of doing pass ("the directions are on your phone").
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from language.said_done import phrases
from language.said_done.acts import unlisted_acts
from language.said_done.idioms import IDIOMS
from language.said_done.passive import is_habit, is_told_of_us
from language.said_done.phrases import ClaimKind
from language.said_done.scope import NOT_YET, Clause, stated

__all__ = ["Claim", "ClaimKind", "Receipt", "claims_of", "unbacked_claims"]

_KINDS = frozenset(kind.value for kind in ClaimKind)
_APPOINTED = re.compile(
    r"\b(?:appointment|booking|visit|slot|reservation|consultation|(?:to|for) (?:\w+day|tomorrow|next|\w+ o'clock))\b"
)
_KEPT_DATA = re.compile(r"\b(?:plan|number|address|card|name|e-?mail|account|subscription|package|contract|method)\b")
_INSTEAD = re.compile(r"\b(?:instead of|rather than)\b")
_HISTORY = re.compile(
    r"\b(?:(?:last|this) (?:year|month|spring|summer|autumn|fall|winter)|(?:in|since) (?:19|20)\d\d"
    r"|(?:many |\w+ )?years ago|over the years|to all (?:of )?our \w+)\b"
)
_TO_THE_CALLER = re.compile(r"\byour?\b")
_ALSO = {
    ClaimKind.CREATED: frozenset({ClaimKind.CREATED, ClaimKind.BOOKED}),
    ClaimKind.TOLD: frozenset({ClaimKind.TOLD, ClaimKind.TRANSFERRED}),
}


class Claim(NamedTuple):
    """Something told as done: any of the `kinds` may be meant; `text` is how it is said, in plain words."""

    kinds: frozenset[ClaimKind]
    text: str


@dataclass(frozen=True)
class Receipt:
    """Proof of one effect: which tool brought it about, what that backs, and what it answered."""

    tool: str
    backs: frozenset[str]
    result: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kinds(self) -> frozenset[str]:
        """The claims it backs: those of its tool, less and more what its answer says (`email_sent: false`)."""
        told = {key.rpartition("_")[2]: value for key, value in self.result.items() if isinstance(value, bool)}
        denied = {kind for kind, value in told.items() if not value}
        return (self.backs - denied) | {kind for kind, value in told.items() if value and kind in _KINDS}


def unbacked_claims(sentence: str, receipts: Iterable[Receipt]) -> list[Claim]:
    """Return what a sentence claims was done and no receipt proves, in order."""
    claims = claims_of(sentence)
    backed = frozenset[str]().union(*(receipt.kinds for receipt in receipts)) if claims else frozenset[str]()
    return [claim for claim in claims if claim.kinds.isdisjoint(backed)]


@lru_cache(maxsize=256)
def claims_of(sentence: str) -> tuple[Claim, ...]:
    """Return what a sentence claims was done, in order; readings of the same words are one claim."""
    return tuple(claim for clause in stated(sentence) for claim in _claims_in(clause))


def _claims_in(clause: Clause) -> Iterator[Claim]:
    found = [
        (match.start(), match.end(), way.kind)
        for way in _WAYS
        for match in way.pattern.finditer(clause.text)
        if way.claims(match, clause)
    ] or [(act.start(), act.end(), ClaimKind.DONE) for act in unlisted_acts(clause.text) if _is_stated(act, clause)]
    first, until, kinds = 0, 0, frozenset[ClaimKind]()
    for start, end, kind in sorted(found):
        if kinds and start >= until:
            yield Claim(kinds, clause.text[first:until].strip())
            kinds = frozenset()
        first, until = (first, max(until, end)) if kinds else (start, end)
        kinds |= _meant(kind, clause.text)
    if kinds:
        yield Claim(kinds, clause.text[first:until].strip())


def _is_stated(act: re.Match[str], clause: Clause) -> bool:
    told = clause.text[: act.end()]
    return not (NOT_YET.search(told) or is_habit(clause.text) or _is_history(clause.text))


def _meant(kind: ClaimKind, text: str) -> frozenset[ClaimKind]:
    """The kinds that a way of saying it may mean: to change a visit is to move it, to move a plan to change it."""
    if kind is ClaimKind.CHANGED:
        return frozenset(
            {ClaimKind.CHANGED if _KEPT_DATA.search(text) or not _APPOINTED.search(text) else ClaimKind.MOVED}
        )
    if kind is ClaimKind.MOVED and _KEPT_DATA.search(text) and not _APPOINTED.search(text):
        return frozenset({ClaimKind.CHANGED})
    if kind is ClaimKind.BOOKED and _INSTEAD.search(text):
        return frozenset({ClaimKind.MOVED})
    return _ALSO.get(kind, frozenset({kind}))


@dataclass(frozen=True)
class _Way:
    """One pattern of a kind of claim."""

    kind: ClaimKind
    pattern: re.Pattern[str]
    form: str

    def claims(self, match: re.Match[str], clause: Clause) -> bool:
        """Whether what the pattern found is stated as done for the caller."""
        # an idiom may hold such a word itself: "no longer booked"
        so_far = clause.text[: match.start() if self.form == "idiom" else match.end()]
        if NOT_YET.search(so_far) or (self.form == "fragment" and not clause.opens) or _is_history(clause.text):
            return False
        subject, rest = clause.text[: match.start()].strip(), clause.text[match.start() :]
        return self.form != "passive" or is_told_of_us(self.kind, subject, rest)


def _is_history(text: str) -> bool:
    """Whether a clause tells what a business did, and not for this caller: "we moved to Elm Street last year"."""
    return _HISTORY.search(text) is not None and _TO_THE_CALLER.search(text) is None


_ADV = (
    r"(?:(?:just|now|already|also|all|successfully|officially|personally|quickly|even|since|then|both|too|currently"
    r"|finally|properly|hereby|safely|duly|straight away|right away|gone ahead and|went ahead and|go ahead and|well"
    r"|provisionally|indeed|in fact|kindly|automatically|immediately|therefore|only) )*"
)
_WHO = (
    r"(?:i|we|(?:my|our|a|the) (?:\w+ )?(?:colleague|team|system|office|desk|reception|assistant|receptionist|staff)"
    r"|reception|someone|somebody)"
)
_HAVE = r"(?: have| has| had)?"
_BE = rf"(?:(?:is|are|was|were|am|got) {_ADV}(?:being |been )?|(?:has|have|had) {_ADV}been )"
_MINE = r"(?:you|your \w+(?: \w+)?|it|that|this|everything|them|those|all of that|the \w+(?: \w+)?)"
_LEAD = (
    r"(?:(?:okay|ok|great|sure thing|alright|all right|right|perfect|and|there|there we go|sure|yes|good|so|done|lovely"
    r"|super|excellent|wonderful|fine|certainly|thanks|thank you|well|then|but|now|absolutely|of course|got it) )*"
)
_THING = (
    r"(?:(?:your|the|an?|this) )?(?:\w+ )?(?:appointment|booking|e-?mail|message|text|payment|order|transfer"
    r"|reservation|confirmation|note|details?|address|cancellation|request|refund|invoice|slot|everything|it|that|number|visit)"
)
_AFTER = (
    r"(?=$| (?:for|you|your|it|that|this|in|on|at|with|to|the|and|as|everything|them|him|her|down|now|already|then|up"
    r"|out|under|a|an|over|from|off|successfully|through|away|both)\b)"
)
_GOES_ON = r"(?=$| (?:you|your|it|that|this|the|now|them)\b)(?!.* (?:is|takes|would|will|can|costs)\b)"


def _first_person(kind: ClaimKind) -> Iterator[str]:
    did, doing, do = phrases.DID[kind], phrases.DOING.get(kind), phrases.DO.get(kind)
    yield rf"\b{_WHO}{_HAVE} {_ADV}(?:{did})\b"
    got = r"(?:have|had|got|have got|have had|have gotten) (?!to )"
    yield rf"\b(?:i|we) {got}{_ADV}(?:\w+ )?{_MINE} (?:\w+ ){{0,2}}?(?:{did})\b"
    if doing:
        yield rf"\b{_WHO} (?:am|are|is) {_ADV}(?:busy |in the (?:process|middle) of |just )?(?:{doing})\b"
        yield rf"\b(?:i|we){_HAVE} {_ADV}(?:finished|done|completed|been) (?:{doing})\b"
    if do:
        was = r"(?:was |were |have been |have )?"
        yield rf"\b(?:i|we) {was}{_ADV}(?:did|managed to|able to|got to|succeeded in) {_ADV}(?:{do})\b"


def _passive(kind: ClaimKind) -> Iterator[str]:
    did = "|".join(filter(None, (phrases.DID[kind], phrases.DONE_TO.get(kind))))
    yield rf"\b{_BE}{_ADV}(?:fully )?(?:{did})\b"


def _fragment(kind: ClaimKind) -> Iterator[str]:
    did, doing = phrases.DID[kind], phrases.DOING.get(kind)
    yield rf"^{_LEAD}{_ADV}(?:{did}){_AFTER}"
    yield rf"^{_LEAD}{_THING} {_ADV}(?:{did}){_AFTER}"
    yield rf"^{_LEAD}that is (?:your|the|an?|both) (?:[\w'-]+ ){{1,3}}?(?:now )?(?:{did}){_AFTER}"
    if doing:
        yield rf"^{_LEAD}{_ADV}(?:{doing}){_GOES_ON}"


def _idiom(kind: ClaimKind) -> Iterator[str]:
    return (rf"(?:\b|^)(?:{way})\b" for way in IDIOMS.get(kind, ()))


_FORMS = {"first person": _first_person, "passive": _passive, "fragment": _fragment, "idiom": _idiom}
_WAYS = tuple(
    _Way(kind, re.compile(pattern), form)
    for form, patterns in _FORMS.items()
    for kind in ClaimKind
    for pattern in patterns(kind)
)
