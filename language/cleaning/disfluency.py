"""Fillers and stutters, and with repeats and false starts all that carries no meaning in how people speak."""

from itertools import pairwise

from language.cleaning.draft import Draft
from language.cleaning.repeats import cut_repeats
from language.cleaning.restarts import cut_false_starts
from language.tokens import word_set
from language.word_classes import DETERMINERS, SUBJECTS
from language.words import is_word

FILLERS = word_set(
    "uh uhh uhhh uhm um umm ummm er err errr erm errm errrm hm hmm hmmm mm mmm ah ahh ahhh ahm eh ehm ugh ergh argh"
)
"""Sounds of hesitation; "oh" and "mhm" can be answers and stay."""

_HUMMED = frozenset({("uh", "huh"), ("mm", "hmm"), ("mm", "hm"), ("mm", "mm"), ("um", "hmm"), ("nuh", "uh")})
_DASHES = frozenset("-—–")
_UNFINISHED = ((SUBJECTS - {"you", "you're"}) | DETERMINERS) - word_set("it this that these those his")
"""Words that \"you\" cannot follow."""


def cut_disfluencies(draft: Draft) -> None:
    """Cut fillers, then stutters, then repeats, then false starts."""
    cut_fillers(draft)
    cut_stutters(draft)
    cut_repeats(draft)
    cut_false_starts(draft)


def cut_fillers(draft: Draft) -> None:
    """Cut hesitation sounds, and "you know" and "like" where they are an aside; never all there is."""
    for index in range(len(draft.words)):
        draft.cut(range(index, index + _filler_length(draft, index)), "filler")
    if len(draft.cuts) == len(draft.words):
        draft.cuts.clear()


def _filler_length(draft: Draft, index: int) -> int:
    """Words of the filler that starts here; 0 where none does."""
    word = draft.words[index].folded
    if word in FILLERS:
        return 0 if _is_abbreviation(draft, index) or _is_hummed(draft, index) else 1
    if word == "huh":
        return 1 if index == 0 and len(draft.words) > 1 else 0
    if word == "like":
        return 1 if _is_set_apart(draft, index, index + 1) else 0
    following = draft.words[index + 1].folded if index + 1 < len(draft.words) else ""
    aside = (word, following) == ("you", "know")
    return 2 if aside and (_is_set_apart(draft, index, index + 2) or _interrupts(draft, index)) else 0


def _is_hummed(draft: Draft, index: int) -> bool:
    """Whether a hesitation is half of a hummed answer: "uh huh", "mm-hmm", "uh-uh"."""
    around = [at for at in (index, index + 1) if 0 < at < len(draft.words)]
    for at in around:
        pair = (draft.words[at - 1].folded, draft.words[at].folded)
        if pair in _HUMMED or (pair == ("uh", "uh") and draft.gap(at) == "-"):
            return True
    return False


def _is_abbreviation(draft: Draft, index: int) -> bool:
    """Whether a hesitation's letters are written as capitals ("ER") among small ones."""
    return draft.words[index].text.isupper() and not draft.text.isupper()


def _is_set_apart(draft: Draft, first: int, end: int) -> bool:
    """Whether commas stand before `first` and before `end`, inside a sentence."""
    if first == 0 or end >= len(draft.words):
        return False
    return draft.gap(first).strip() == "," and draft.gap(end).strip() == ","


def _interrupts(draft: Draft, index: int) -> bool:
    """Whether the word before waits for its verb or noun, so that no "you" can begin a clause: "that we you know"."""
    before = draft.words[index - 1].folded if index else ""
    return before in _UNFINISHED and index + 2 < len(draft.words)


def cut_stutters(draft: Draft) -> None:
    """Cut broken-off beginnings: "th- the", "b-b-but", "the cust, the customers"."""
    for index, following in pairwise(draft.left()):
        if _breaks_off(draft, index, following):
            draft.cut([index], "stutter")
    left = draft.left()
    for position in range(1, len(left) - 2):
        if _is_retraced(draft, left[position - 1 : position + 3]):
            draft.cut(left[position - 1 : position + 1], "stutter")


def _is_retraced(draft: Draft, indexes: list[int]) -> bool:
    """Whether the second of four words breaks off, and both are said again in full."""
    first, broken, again, whole = (draft.words[index].folded for index in indexes)
    cut_off = draft.gap(indexes[2])[:1] in _DASHES or (draft.pauses_before(indexes[2]) and not is_word(broken))
    return cut_off and first == again and broken.isalpha() and broken != whole and whole.startswith(broken)


def _breaks_off(draft: Draft, index: int, following: int) -> bool:
    word, after = draft.words[index].folded, draft.words[following].folded
    gap = draft.gap(index + 1)
    if not (word.isalpha() and gap[:1] in _DASHES and after.startswith(word)):
        return False
    if gap.strip() == gap:
        return len(word) == 1 or (len(word) <= 3 and not set(word) & set("aeiouy"))
    return True
