"""The words by which speakers announce that they correct themselves."""

from dataclasses import dataclass

from language.draft import Draft
from language.tokens import word_set
from language.word_classes import FUNCTION_WORDS, QUESTION, word_class

_PHRASES = (
    "i mean to say, i meant to say, let me rephrase that, let me rephrase, wait a minute, i should say, i am sorry, "
    "i'm sorry, i mean, i meant, make that, make it, scratch that, strike that, excuse me, pardon me, my mistake, "
    "my bad, hold on, not that, never mind, no, nope, sorry, wait, actually, rather, instead, oops, whoops, pardon, "
    "correction, nevermind, apologies"
)
_ELEMENTS: dict[str, list[list[str]]] = {}
for _phrase in _PHRASES.split(", "):
    _ELEMENTS.setdefault(_phrase.split()[0], []).append(_phrase.split())
_OPENERS = word_set("or oh well ah")
_HEADS = _OPENERS | QUESTION | _ELEMENTS.keys()
_STRONG_ALONE = frozenset(
    {
        "i meant", "i meant to say", "make that", "scratch that", "strike that", "oops", "my mistake", "correction",
        "i should say", "let me rephrase", "let me rephrase that",
    }
)  # fmt: skip
_NO_IDIOMS = word_set(
    "one longer more matter doubt idea problem problems way such need worries thanks thank less nothing sooner "
    "better other"
)
_WILL = word_set("i you we they to will can could would did does do")
_NOT_AFTER = {
    "rather": word_set("would i'd he'd she'd we'd they'd you'd much"),
    "wait": word_set("to can't cannot the a long will must should please"),
    "no": word_set("say says said saying"),
    "make that": _WILL,
    "make it": _WILL,
    "sorry": word_set("am was so very feel are were i'm"),
}
_NOT_BEFORE = {
    "rather": word_set("than"),
    "instead": word_set("of"),
    "wait": word_set("for until till times time and to"),
    "sorry": word_set("for about to if but that"),
    "hold on": word_set("to"),
}
_NEVER_DETERMINED = frozenset({"question", "determiner", "preposition", "number", "day", "month"})
_UNFINISHED = frozenset({"auxiliary", "modal", "subject"})


@dataclass(frozen=True)
class Cue:
    """A cue of `length` words.

    `strong` with two signs of a correction; `replaces` when a plain word may replace another; after a weak
    cue a word of the classes `barred_before` was not taken back; `only_questions` when nothing but a
    question that starts anew is a correction; `bare` for a "no" that may as well be a determiner.
    """

    length: int
    strong: bool
    replaces: bool
    barred_before: frozenset[str] = _UNFINISHED
    only_questions: bool = False
    bare: bool = False


def cue_at(draft: Draft, left: list[int], position: int) -> Cue | None:
    """The correction cue that starts at `left[position]`, or None."""
    if draft.words[left[position]].folded not in _HEADS:
        return None
    words = [draft.words[index].folded for index in left[position : position + 12]]
    opener = 1 if words[0] in _OPENERS else 0
    elements = _elements(words[opener:])
    length = opener + sum(len(element.split()) for element in elements)
    if position + length >= len(left):
        return None
    before = draft.words[left[position - 1]].folded
    if not elements:
        return _broken_question(draft, left, position, words)
    if not opener and not _holds(elements, before, words[length]):
        return None
    if elements[-1] == "no" and not draft.pauses_before(left[position + length]):
        return _bare_no(length, words[length])
    length += _denial(words[length:], before)
    return _weighed(draft, left, position, length, elements) if position + length < len(left) else None


def _elements(words: list[str]) -> list[str]:
    """The phrases of correction that stand in a row at the head of some words."""
    found: list[str] = []
    at = 0
    while at < len(words):
        element = next((one for one in _ELEMENTS.get(words[at], ()) if words[at : at + len(one)] == one), None)
        if element is None:
            break
        found.append(" ".join(element))
        at += len(element)
    return found


def _holds(elements: list[str], before: str, after: str) -> bool:
    """Whether the neighbours leave the cue its meaning ("rather than" corrects nothing)."""
    return before not in _NOT_AFTER.get(elements[0], ()) and after not in _NOT_BEFORE.get(elements[-1], ())


def _denial(words: list[str], before: str) -> int:
    """Words of "not four" after "four, no": the cue names again what it takes back."""
    value = word_class(before) in {"number", "ordinal", "day", "month"}
    return 2 if value and words[:2] == ["not", before] and len(words) > 2 else 0


def _is_apart(draft: Draft, left: list[int], position: int, end: int) -> bool:
    """Whether a hesitation stands beside the cue, or a pause on both sides of it."""
    hesitates = any(index in draft.cuts for index in range(left[position - 1] + 1, left[end]))
    return hesitates or (draft.pauses_before(left[position]) and draft.pauses_before(left[end]))


def _weighed(draft: Draft, left: list[int], position: int, length: int, elements: list[str]) -> Cue:
    words = sum(len(element.split()) for element in elements)
    signs = len(elements) + (length > words) + _is_apart(draft, left, position, position + length)
    strong = signs > 1 or elements[0] in _STRONG_ALONE
    return Cue(length, strong, strong or elements == ["i mean"], frozenset() if strong else _UNFINISHED)


def _broken_question(draft: Draft, left: list[int], position: int, words: list[str]) -> Cue | None:
    """A hesitation, or "or" after a broken-off question, is a cue when a question word follows."""
    linked = words[0] == "or"
    if len(words) <= linked or words[linked] not in QUESTION:
        return None
    before = draft.words[left[position - 1]].folded
    hesitates = any(index in draft.cuts for index in range(left[position - 1] + 1, left[position + linked]))
    broken = word_class(before) == "auxiliary"
    content = before not in FUNCTION_WORDS or word_class(before) in {"question", "determiner"}
    started = broken and position > 1 and draft.words[left[position - 2]].folded in QUESTION
    if (hesitates and (broken or content)) or (linked and started):
        return Cue(int(linked), strong=False, replaces=False, only_questions=True)
    return None


def _bare_no(length: int, after: str) -> Cue | None:
    """ "no" without a pause after it may be a determiner: "we get, actually, no calls"; "few or no leads".

    It takes something back only where none can stand: before another determiner, a question, a value.
    """
    kind = word_class(after)
    if after in _NO_IDIOMS or kind not in _NEVER_DETERMINED:
        return None
    return Cue(length, strong=False, replaces=False, bare=True)
