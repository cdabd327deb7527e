"""Fillers, stutters and repeats: sounds of speaking that carry no meaning."""

from itertools import pairwise

from language.cleaning.draft import Draft
from language.tokens import word_set
from language.word_classes import DETERMINERS, SUBJECTS, is_number, word_class

FILLERS = word_set(
    "uh uhh uhhh uhm um umm ummm er err errr erm errm errrm hm hmm hmmm mm mmm ah ahh ahhh ahm eh ehm ugh ergh argh"
)
"""Sounds of hesitation; "oh" and "mhm" can be answers and stay."""

_HUMMED = frozenset({("uh", "huh"), ("mm", "hmm"), ("mm", "hm"), ("mm", "mm"), ("um", "hmm"), ("nuh", "uh")})
_EMPHASIS = word_set(
    "very really so much many long far too way super more never had again bye ha please big blah knock "
    "night hear old round over out up down now ever no"
)
ANSWERS = word_set("yes yeah yep nope oh okay ok right sure true good correct")
_AGREEMENT = ANSWERS | word_set("that that's is it was")
_OTHER_SUBJECTS = SUBJECTS - {"i", "i'm", "you", "you're"}
_UNFINISHED = (_OTHER_SUBJECTS | {"i", "i'm"} | DETERMINERS) - word_set("it this that these those his")
"""Words that \"you\" cannot follow."""
_OWNED = DETERMINERS - {"a", "this", "these", "those", "its"}
_ASKING = word_set("what which who where when why how")
_LONGEST_REPEAT = 5


def cut_disfluencies(draft: Draft) -> None:
    """Cut fillers, then stutters, then repeats."""
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
    """Cut broken-off beginnings: "th- the", "b-b-but"."""
    for index, following in pairwise(draft.left()):
        if _breaks_off(draft, index, following):
            draft.cut([index], "stutter")


def _breaks_off(draft: Draft, index: int, following: int) -> bool:
    word, after = draft.words[index].folded, draft.words[following].folded
    gap = draft.gap(index + 1)
    if not (word.isalpha() and gap[:1] in {"-", "—", "–"} and after.startswith(word)):
        return False
    if gap.strip() == gap:
        return len(word) == 1 or (len(word) <= 3 and not set(word) & set("aeiouy"))
    return True


def cut_false_starts(draft: Draft) -> None:
    """Cut a function word that the next one takes the place of: "I it's", "the all the", "and but"."""
    cut_broken_questions(draft)
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
    run = [words[index].folded for index in kept[-2 * length :]]
    return run[:length] == run[length:] and _is_slip(draft, kept[-2 * length :], run[:length])


def _is_slip(draft: Draft, indexes: list[int], run: list[str]) -> bool:
    """Whether a repeat is no digits, agreement ("that's right, that's right"), emphasis or grammar ("that that")."""
    middle = indexes[len(run)]
    if draft.stops_between(indexes[len(run) - 1], middle) or all(is_number(word) for word in run):
        return False
    if run[-1] in ANSWERS and _AGREEMENT.issuperset(run):
        return False
    if run == ["that"] and indexes[0] > 0 and draft.words[indexes[0] - 1].folded not in ANSWERS | {"that"}:
        return False
    return len(run) > 1 or not (run[0] in _EMPHASIS or _is_double_word(draft, indexes, run[0]))


def _is_double_word(draft: Draft, indexes: list[int], word: str) -> bool:
    """Whether a doubled word is spelt out ("f f", "is a a"), hyphenated ("bye-bye") or a name ("Duran Duran")."""
    spelt = len(word) == 1 and (word not in {"i", "a"} or (word == "a" and indexes[1] + 1 == len(draft.words)))
    name = indexes[0] > 0 and word != "i" and all(draft.words[at].text[:1].isupper() for at in indexes)
    return spelt or name or draft.gap(indexes[1]) == "-"
