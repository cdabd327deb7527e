"""The words by which speakers announce that they correct themselves."""

from dataclasses import dataclass

from language.draft import Draft
from language.word_classes import DETERMINERS, FUNCTION_WORDS, NUMBERS, PREPOSITIONS, QUESTION, word_class

_ELEMENTS = tuple(
    sorted(
        (
            tuple(phrase.split())
            for phrase in (
                "no", "nope", "sorry", "wait", "actually", "rather", "instead", "oops", "i mean", "i meant", "i mean to say",
                "i meant to say", "i'm sorry", "i am sorry", "make that", "make it", "scratch that", "strike that",
                "excuse me", "pardon me", "pardon", "my mistake", "my bad", "correction", "hold on", "not that", "whoops", "nevermind", "never mind",
                "i should say", "let me rephrase", "let me rephrase that", "wait a minute", "apologies",
            )
        ),
        key=len,
        reverse=True,
    )
)
_OPENERS = frozenset({"or", "oh", "well", "ah"})
_STRONG_ALONE = frozenset(
    {"i meant", "i meant to say", "make that", "scratch that", "strike that", "oops", "my mistake", "correction",
     "i should say", "let me rephrase", "let me rephrase that"}
)  # fmt: skip
_NO_IDIOMS = frozenset(
    "one longer more matter doubt idea problem problems way such need worries thanks thank less nothing sooner "
    "better other".split()
)
_NOT_AFTER = {
    "rather": frozenset("would i'd he'd she'd we'd they'd you'd much".split()),
    "wait": frozenset("to can't cannot the a long will must should please".split()),
    "make that": frozenset("i you we they to will can could would did does do".split()),
    "make it": frozenset("i you we they to will can could would did does do".split()),
    "sorry": frozenset("am was so very feel are were i'm".split()),
}
_NOT_BEFORE = {
    "rather": frozenset({"than"}),
    "instead": frozenset({"of"}),
    "wait": frozenset("for until till times time and to".split()),
    "sorry": frozenset("for about to if but that".split()),
    "hold on": frozenset({"to"}),
}


@dataclass(frozen=True)
class Cue:
    """A cue of `length` words. `strong`: two signs of a correction. `replaces`: a plain word may replace another."""

    length: int
    strong: bool
    replaces: bool
    barred_before: frozenset[str] = frozenset({"auxiliary", "modal", "subject"})
    only_questions: bool = False


def cue_at(draft: Draft, left: list[int], position: int) -> Cue | None:
    """The correction cue that starts at `left[position]`, or None."""
    words = [draft.words[index].folded for index in left[position : position + 9]]
    opener = 1 if words[0] in _OPENERS and position > 0 else 0
    elements: list[str] = []
    at = opener
    while True:
        found = next((e for e in _ELEMENTS if tuple(words[at : at + len(e)]) == e), None)
        if found is None:
            break
        elements.append(" ".join(found))
        at += len(found)
    if position + at >= len(left):
        return None
    if not elements:
        return _broken_question(draft, left, position, words)
    before = draft.words[left[position - 1]].folded
    if not opener and not _holds(elements, before, draft.words[left[position + at]].folded):
        return None
    return _weighed(draft, left, position, at, elements, bool(opener))


def _broken_question(draft: Draft, left: list[int], position: int, words: list[str]) -> Cue | None:
    """A hesitation, or "or" after a broken-off question, is a cue when a question word follows."""
    linked = words[0] == "or"
    if (words[1] if linked else words[0]) not in QUESTION:
        return None
    before = draft.words[left[position - 1]].folded
    hesitates = any(index in draft.cuts for index in range(left[position - 1] + 1, left[position + linked]))
    broken = word_class(before) == "auxiliary" or before not in FUNCTION_WORDS
    if not (hesitates or (linked and word_class(before) == "auxiliary")) or not (broken or word_class(before) in {"question", "determiner"}):
        return None
    return Cue(int(linked), strong=False, replaces=False, only_questions=True)


def _holds(elements: list[str], before: str, after: str) -> bool:
    """Whether the neighbours leave the cue its meaning ("rather than" corrects nothing)."""
    first, last = elements[0], elements[-1]
    return before not in _NOT_AFTER.get(first, ()) and after not in _NOT_BEFORE.get(last, ())


def _weighed(
    draft: Draft, left: list[int], position: int, length: int, elements: list[str], opened: bool
) -> Cue | None:
    after = left[position + length]
    hesitates = any(index in draft.cuts for index in range(left[position - 1] + 1, after))
    paused = draft.pauses_before(left[position]) and draft.pauses_before(after)
    signs = len(elements) + opened + hesitates + paused
    strong = signs > 1 or elements[0] in _STRONG_ALONE
    if elements == ["no"] and not (opened or hesitates or paused):
        return _bare_no(draft, left, position)
    barred = frozenset() if strong else frozenset({"auxiliary", "modal", "subject"})
    joined = elements == ["rather"] and _joins_nouns(draft, left, position)
    return Cue(length, strong, strong or joined or elements == ["i mean"], barred)


def _bare_no(draft: Draft, left: list[int], position: int) -> Cue | None:
    """ "no" without a pause is a determiner ("we have no leads") unless a noun phrase stands before it."""
    after = draft.words[left[position + 1]].folded
    if after in _NO_IDIOMS:
        return None
    if after in QUESTION | DETERMINERS | PREPOSITIONS or word_class(after) in {"day", "month"}:
        return Cue(1, strong=False, replaces=False)
    if after in NUMBERS or word_class(after) == "number":
        return Cue(1, strong=False, replaces=False)
    return Cue(1, strong=False, replaces=_joins_nouns(draft, left, position))


def _joins_nouns(draft: Draft, left: list[int], position: int) -> bool:
    """Whether a one-word cue stands between the end of a noun phrase ("the stream") and a plain word."""
    words = [draft.words[index].folded for index in left[max(0, position - 2) : position + 2]]
    if len(words) < 4 or words[1] in FUNCTION_WORDS or words[3] in FUNCTION_WORDS:
        return False
    openers = {"determiner", "preposition", "question" if words[2] == "rather" else "determiner"}
    return word_class(words[0]) in openers
