"""Words said twice: a slip of the tongue, or emphasis, an answer, spelling, grammar."""

from itertools import pairwise

from language.cleaning.draft import Draft
from language.tokens import word_set
from language.word_classes import (
    DETERMINERS,
    DO_HAVE_BE,
    FUNCTION_WORDS,
    MODALS,
    OBJECT_VERBS,
    QUESTION,
    SUBJECTS,
    is_number,
)

ANSWERS = word_set("yes yeah yep nope oh okay ok right sure true good correct")
_AGREEMENT = ANSWERS | word_set("that that's is it was")
_EMPHASIS = word_set(
    "very really so much many long far too way super more never had again bye ha please big blah knock "
    "night hear old round over out up down now ever no"
)
_CLEFTS = QUESTION | {"all"}
_LONGEST_REPEAT, _CLAUSE = 5, 6


def cut_repeats(draft: Draft) -> None:
    """Cut the first of two equal runs of up to five words, the longest runs first, until none is left."""
    for length in range(_LONGEST_REPEAT, 0, -1):
        left = draft.left()
        kept: list[int] = []
        for index in left:
            kept.append(index)
            while _repeats(draft, kept, length):
                draft.cut(kept[-2 * length : -length], "repeat")
                del kept[-2 * length : -length]


def _repeats(draft: Draft, kept: list[int], length: int) -> bool:
    """Whether the last two runs of `length` words are a slip of the tongue."""
    words = draft.words
    if len(kept) < 2 * length or words[kept[-1]].folded != words[kept[-1 - length]].folded:
        return False
    said = [words[index].folded for index in kept]
    return said[-2 * length : -length] == said[-length:] and _is_slip(draft, kept, said, length)


def _is_slip(draft: Draft, kept: list[int], said: list[str], length: int) -> bool:
    """Whether the last two runs of `length` words are equal for no reason."""
    indexes, before, run = kept[-2 * length :], said[: -2 * length], said[-length:]
    after = _next(draft, kept)
    reasons = (
        draft.stops_between(indexes[length - 1], indexes[length]),
        "@" in draft.gap(indexes[length]) + draft.gap(indexes[-1] + 1),
        all(is_number(word) for word in run) and not _counts_again(draft, indexes[length], indexes[-1], after),
        run[-1] in ANSWERS and _AGREEMENT.issuperset(run),  # "that's right, that's right"
        length > 1 and _goes_on(before, run, after),
        draft.pauses_before(indexes[length]) and not QUESTION.isdisjoint(before[-1:]),  # "how are you, are you well"
        _is_name(draft, indexes, run),
        _is_emphatic(draft, indexes, length),
        length == 1 and (run[0] in _EMPHASIS or _is_double_word(draft, indexes, run[0])),
        length == 1 and bool(before) and _is_grammar(before, run[0], after),
    )
    return not any(reasons)


def _counts_again(draft: Draft, middle: int, last: int, after: str) -> bool:
    """Whether a number is said again to go on with what it counts ("sixty, sixty percent"), and is no code's figure."""
    return draft.pauses_before(middle) and not (draft.pauses_before(last + 1) or is_number(after))


def _goes_on(before: list[str], run: list[str], after: str) -> bool:
    """Whether a word is said on and on: "day after day after day"."""
    return any(word not in FUNCTION_WORDS for word in {run[0]} & {after} | {run[-1]} & {*before[-1:]})


def _next(draft: Draft, kept: list[int]) -> str:
    """The folded word that comes next, "" at the end."""
    following = range(kept[-1] + 1, len(draft.words))
    return next((draft.words[at].folded for at in following if at not in draft.cuts), "")


def _is_emphatic(draft: Draft, indexes: list[int], length: int) -> bool:
    """Whether both were said as wholes, a pause after each: "thank you, thank you.", "busy, busy, busy".

    Who stumbles runs on ("we get, we get a lot"), hesitates, or stops where more is due ("the, the, ...").
    """
    middle, after = indexes[length], indexes[-1] + 1
    if indexes[length - 1] + 1 != middle or after in draft.cuts or not draft.pauses_before(middle):
        return False
    if after == len(draft.words) or draft.stops_between(after - 1, after):
        return True
    return draft.pauses_before(after) and draft.words[after - 1].folded not in FUNCTION_WORDS


def _is_grammar(before: list[str], word: str, after: str) -> bool:
    """Whether the first ends a clause, and the second begins the next or goes on with the sentence: "that that"."""
    if word == "that":
        return before[-1] not in ANSWERS | {"that"}
    if word == "it":
        return before[-1] in OBJECT_VERBS and after in DO_HAVE_BE | MODALS
    return word in DO_HAVE_BE and after not in SUBJECTS and _is_cleft(before[-_CLAUSE:])


def _is_cleft(words: list[str]) -> bool:
    """Whether some words hold the beginning of a clause that is a subject: "what it" is, "all the man" does."""
    return any(first in _CLEFTS and second in SUBJECTS | DETERMINERS for first, second in pairwise(words))


def _is_name(draft: Draft, indexes: list[int], run: list[str]) -> bool:
    """Whether every word of both is capitalised within a sentence: "Duran Duran"."""
    capitals = all(draft.words[at].text[:1].isupper() for at in indexes)
    return capitals and run != ["i"] and (indexes[0] > 0 or len(run) > 1)


def _is_double_word(draft: Draft, indexes: list[int], word: str) -> bool:
    """Whether a doubled word is spelt out ("f f", "is a a") or hyphenated ("bye-bye")."""
    spelt = len(word) == 1 and (word not in {"i", "a"} or (word == "a" and indexes[1] + 1 == len(draft.words)))
    return spelt or draft.gap(indexes[1]) == "-"
