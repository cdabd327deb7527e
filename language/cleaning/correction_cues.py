"""The words by which speakers announce that they correct themselves."""

from dataclasses import dataclass

from language.cleaning.correction_phrases import FIRST_WORDS, elements_in, lead_length
from language.cleaning.draft import Draft
from language.tokens import word_set
from language.word_classes import DAYS, FUNCTION_WORDS, QUESTION, is_number, is_year, word_class

_OPENERS = word_set("or oh well ah")
_HEADS = _OPENERS | QUESTION | FIRST_WORDS
_STRONG_ALONE = frozenset(
    {
        "i meant", "i meant to say", "make that", "scratch that", "strike that", "oops", "my mistake", "correction",
        "i should say", "let me rephrase", "let me rephrase that",
    }
)  # fmt: skip
_NO_IDIOMS = word_set(
    "one longer more matter doubt idea problem problems way such need worries thanks thank less nothing sooner "
    "better other smoking pets parking entry fee fees charge strings"
)
_WILL = word_set("i you we they to will can could would did does do and please let's lets just like so then me instead")
_REPAIRING = word_set("er err errr ugh ergh argh")
_ALSO_ADVERBS = frozenset({"actually", "wait", "hold on", "instead", "excuse me", "pardon me"})
_NOT_AFTER = {
    "forget that": _WILL,
    "disregard that": _WILL,
    "rather": word_set("would i'd he'd she'd we'd they'd you'd much"),
    "wait": word_set("to can't cannot the a long will must should please"),
    "no": word_set("say says said saying"),
    "make that": _WILL,
    "make it": _WILL,
    "sorry": word_set("am was so very feel are were i'm say says said be"),
}
_NOT_BEFORE = {
    "rather": word_set("than"),
    "instead": word_set("of"),
    "wait": word_set("for until till times time and to"),
    "sorry": word_set("for about to if but that"),
    "hold on": word_set("to"),
}
_NEVER_DETERMINED = frozenset({"question", "determiner", "preposition", "auxiliary", "number", "day", "month"})
_PLURAL_DAYS = frozenset(day for day in DAYS if day.endswith("s"))
_BEFORE_YEARS = word_set("in since of before after by until till around")
_UNFINISHED = frozenset({"auxiliary", "modal", "subject"})


@dataclass(frozen=True)
class Cue:
    """A cue of `length` words, none for a mere hesitation.

    `strong` with two signs of a correction; `replaces` when a plain word may replace another; after a weak
    cue a word of the classes `barred_before` was not taken back; `only_questions` when nothing but a
    question that starts anew is a correction; `bare` for a "no" that may as well be a determiner;
    `in_questions` when one phrase may replace another in a question; `hesitates` for a "no" that is hardly a
    determiner; `linked` after "or".
    """

    length: int
    strong: bool
    replaces: bool
    barred_before: frozenset[str] = _UNFINISHED
    only_questions: bool = False
    bare: bool = False
    in_questions: bool = False
    hesitates: bool = False
    linked: bool = False


def cue_at(draft: Draft, left: list[int], position: int) -> Cue | None:
    """The correction cue that starts at `left[position]`, or None."""
    if draft.words[left[position]].folded not in _HEADS:
        return _hesitant(draft, left, position)
    words = [draft.words[index].folded for index in left[position : position + 12]]
    opener = 1 if words[0] in _OPENERS else 0
    elements = elements_in(words[opener:])
    length = opener + sum(len(element.split()) for element in elements)
    if position + length >= len(left):
        return None
    before = draft.words[left[position - 1]].folded
    if elements == ["instead"] and not (opener or _hesitates(draft, left, position, position + 1)):
        return None
    if not elements:
        return _broken_question(draft, left, position, words)
    if not opener and not _holds(elements, before, words[length]):
        return None
    lead = lead_length(words[length:])
    denies = elements[-1] == "no" and not draft.pauses_before(left[position + length])
    length += (0 if denies else _denial(words[length:], before)) or lead
    if position + length >= len(left):
        return None
    if denies and lead < 2:
        hesitates = opener + lead > 0 or len(elements) > 1 or _hesitates(draft, left, position, position + length)
        return _bare_no(length, words[length], hesitates=hesitates)
    return _weighed(draft, left, position, length, elements)


def _holds(elements: list[str], before: str, after: str) -> bool:
    """Whether the neighbours leave the cue its meaning ("rather than" corrects nothing)."""
    return before not in _NOT_AFTER.get(elements[0], ()) and after not in _NOT_BEFORE.get(elements[-1], ())


def _denial(words: list[str], before: str) -> int:
    """Words of "not four" after "four, no": the cue names again what it takes back."""
    value = word_class(before) in {"number", "ordinal", "day", "month"}
    return 2 if value and words[:2] == ["not", before] and len(words) > 2 else 0


def _is_apart(draft: Draft, left: list[int], position: int, end: int) -> bool:
    """Whether a hesitation stands beside the cue, or a pause on both sides of it."""
    return _hesitates(draft, left, position, end) or (
        draft.pauses_before(left[position]) and draft.pauses_before(left[end])
    )


def _hesitates(draft: Draft, left: list[int], position: int, end: int) -> bool:
    """Whether a hesitation was cut beside or within the cue."""
    return any(draft.cuts.get(index) == "filler" for index in range(left[position - 1] + 1, left[end]))


def _weighed(draft: Draft, left: list[int], position: int, length: int, elements: list[str]) -> Cue:
    words = sum(len(element.split()) for element in elements)
    signs = len(elements) + (length > words) + _is_apart(draft, left, position, position + length)
    strong = signs > 1 or elements[0] in _STRONG_ALONE
    barred = frozenset() if strong else _UNFINISHED
    linked = draft.words[left[position]].folded == "or"
    plain = elements[0] not in _ALSO_ADVERBS
    return Cue(length, strong, strong or elements == ["i mean"], barred, in_questions=plain, linked=linked)


def _broken_question(draft: Draft, left: list[int], position: int, words: list[str]) -> Cue | None:
    """A hesitation, or "or" after a broken-off question, is a cue when a question word follows.

    "or" beside a hesitation is one in a question as well: "how many degrees or uh miles"; "oh" is one between years.
    """
    if words[0] == "oh" and _revised_year(draft, left, position, position + 1):
        return Cue(1, strong=False, replaces=False)
    linked = int(words[0] == "or")
    length = linked + (lead_length(words[linked:]) if linked else 0)
    if len(words) <= length:
        return None
    before = draft.words[left[position - 1]].folded
    hesitates = _hesitates(draft, left, position, position + length)
    asks = not QUESTION.isdisjoint(words[length : length + 1 + (word_class(words[length]) == "preposition")])
    if not asks:
        plain = linked and hesitates
        return Cue(length, strong=False, replaces=False, only_questions=True, in_questions=True) if plain else None
    broken = word_class(before) == "auxiliary"
    content = before not in FUNCTION_WORDS or word_class(before) in {"question", "determiner"}
    started = position > 1 and draft.words[left[position - 2]].folded in QUESTION
    if (hesitates and (broken or content)) or (linked and (started or length > 1)):
        return Cue(length, strong=False, replaces=False, only_questions=True)
    return None


def _hesitant(draft: Draft, left: list[int], position: int) -> Cue | None:
    """ "er" or "ugh" alone is a cue in a question: "what does the manager er owner say"."""
    if _revised_year(draft, left, position, position):
        return Cue(0, strong=False, replaces=False)
    between = range(left[position - 1] + 1, left[position])
    if any(draft.words[index].folded in _REPAIRING for index in between):
        return Cue(0, strong=False, replaces=False, only_questions=True, in_questions=True)
    return None


def _revised_year(draft: Draft, left: list[int], position: int, end: int) -> bool:
    """Whether a year takes another's place over a hesitation: "in 2011 uh 2009"; "in 2011 uh 2012 and 2013" lists."""
    around = [draft.words[index].folded for index in left[max(0, position - 2) : position]]
    after = [draft.words[index].folded for index in left[end : end + 3]]
    if not (len(around) == 2 and after and is_year(around[1]) and is_year(after[0])):
        return False
    lists = after[1:2] and (is_number(after[1]) or is_number(after[-1]))
    return around[0] in _BEFORE_YEARS and not lists and _hesitates(draft, left, position, end)


def _bare_no(length: int, after: str, *, hesitates: bool) -> Cue | None:
    """ "no" without a pause after it may be a determiner: "we get, actually, no calls"; "few or no leads".

    It takes something back only where none can stand: before another determiner, a question, a value ("no Mondays"
    is none).
    """
    kind = word_class(after)
    if (after in _PLURAL_DAYS and not hesitates) or after in _NO_IDIOMS or (kind and kind not in _NEVER_DETERMINED):
        return None
    return Cue(length, strong=False, replaces=False, bare=True, in_questions=True, hesitates=hesitates)
