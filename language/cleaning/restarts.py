"""False starts: the first words of a sentence that the next ones take the place of."""

from language.cleaning.draft import Draft
from language.tokens import word_set
from language.word_classes import DETERMINERS, QUESTION, SUBJECTS, word_class

_OTHER_SUBJECTS = SUBJECTS - {"i", "i'm", "you", "you're"}
_OWNED = DETERMINERS - {"a", "this", "these", "those", "its"}
_ASKING = word_set("what which who where when why how")
_NOMINATIVE = word_set("i he she we they")
_BE = word_set("am is are was were")
_LONGEST_FRAGMENT = 2


def cut_false_starts(draft: Draft) -> None:
    """Cut a function word that the next one takes the place of: "I it's", "the all the", "and but"."""
    cut_broken_questions(draft)
    cut_broken_clauses(draft)
    left = draft.left()
    for position, index in enumerate(left[:-1]):
        words = [draft.words[at].folded for at in left[position : position + 3]]
        if draft.pauses_before(left[position + 1]):
            continue
        if _is_dropped(words):
            draft.cut([index], "restart")


def cut_broken_questions(draft: Draft) -> None:
    """Cut a question's first words where it starts anew: "when does where does it", "which type what type of"."""
    left = draft.left()
    for position, index in enumerate(left[:-4]):
        if position and not draft.stops_between(left[position - 1], index):
            continue
        opening = left[position : position + 5]
        unbroken = not draft.stops_between(index, opening[-1])
        if unbroken and _starts_anew([draft.words[at].folded for at in opening]):
            draft.cut(left[position : position + 2], "restart")


def _starts_anew(words: list[str]) -> bool:
    """Whether the first two of five words are a question broken off: the third asks again."""
    first, second, third, fourth, _ = words
    if first not in _ASKING or third not in _ASKING:
        return False
    again = second == fourth and first != third
    return again or (word_class(second) in {"auxiliary", "modal"} and word_class(fourth) is not None and first != third)


def _is_dropped(words: list[str]) -> bool:
    """Whether the first of two or three words in a row cannot stand before the next."""
    subject = words[0] == "i" and words[1] in _OTHER_SUBJECTS
    linked = words[:2] in (["and", "but"], ["but", "and"], ["so", "but"])
    owned = words[0] in _OWNED and (words[1] in _OWNED or words[1:] == ["all", words[0]])
    return subject or linked or owned


def cut_broken_clauses(draft: Draft) -> None:
    """Cut the first words of a sentence that breaks off at a pause and starts anew: "can I, could I", "I, well, I"."""
    left = draft.left()
    for position, index in enumerate(left):
        if position and not draft.stops_between(left[position - 1], index):
            continue
        rest = left[position : position + _LONGEST_FRAGMENT + 4]
        length = _fragment_length(draft, rest)
        end = length + (length < len(rest) and draft.words[rest[length]].folded == "well")
        if length > 0 and end < len(rest) - 1 and _takes_its_place(draft, rest[:length], rest[end:]):
            draft.cut(rest[:end], "restart")


def _fragment_length(draft: Draft, left: list[int]) -> int:
    """How many words stand before the first pause; 0 where there is none."""
    return next((at for at, index in enumerate(left) if at and draft.pauses_before(index)), 0)


def _takes_its_place(draft: Draft, fragment: list[int], clause: list[int]) -> bool:
    """Whether a clause that runs on asks, or says of somebody, what the fragment began to."""
    if any(map(draft.pauses_before, clause[1:4])) or draft.stops_between(fragment[0], clause[:2][-1]):
        return False
    broken = [draft.words[at].folded for at in fragment]
    anew = [draft.words[at].folded for at in clause]
    if len(broken) == 1:
        return broken[0] in _NOMINATIVE and anew[0] in _OTHER_SUBJECTS | set(broken)
    if _begins_question(broken):
        return _begins_question(anew[:2]) or anew[0] in QUESTION
    be_again = anew[1] in _BE or anew[0].startswith(f"{broken[0]}'")
    return len(broken) == 2 and broken[1] in _BE and anew[0].split("'")[0] == broken[0] and be_again


def _begins_question(words: list[str]) -> bool:
    """Whether two words are a question's first, and no question yet: "do you", "when is"."""
    kinds = ["verb" if word_class(word) in {"auxiliary", "modal"} else word_class(word) for word in words]
    return kinds in (["verb", "subject"], ["question", "verb"])
