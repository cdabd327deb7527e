"""What a turn states and what it denies, so that a denied thing is not put on record as stated.

A turn falls into clauses; a denial covers its clause, or only what follows it ("Stephen, not Scott"). Words
count by their root, numbers by value. "I don't know, maybe fifty" and "not only Google" deny nothing.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from language.names import root
from language.negation import denied_word, is_denial
from language.tokens import Token, word_set
from language.utterance import Utterance
from language.word_classes import CONJUNCTIONS, DO_HAVE_BE, MODALS, QUESTION, SUBJECTS

EMPTY_WORDS = word_set(
    "a an the is are was were be been am do does did has have had to of in on at for with and or but it its "
    "this that they them their he she his her we our us you your i me my mine there any some so as by from will would "
    "can could shall should may might must"
)
"""Words that hold a sentence together and state nothing themselves."""
_SLIGHT = EMPTY_WORDS | word_set(
    "somebody someone something somewhere anybody anyone anything anywhere everybody everyone everything "
    "really very actually just also too now then here yes yeah well quite lot get got more much many only even still "
    "us mine some shall should may might must if when what which who how why where than because about around like"
)
_UNWELCOME = word_set(
    "poor low little few less hard harder difficult difficulty struggle struggling trouble problem unclear unsure "
    "blind missing miss lost lose losing bad worse worst waste wasting wasted reduce reduced need needs want wants "
    "issue limited limit slow late weak wrong against instead stop stops stopping end ended gone over"
)
"""Words that may stand for a denial when somebody is quoted: "trouble tracking leads"."""
_BREAKS = frozenset(".?!;,:\n—–…")
_STARTS = word_set(
    "but because so though although while whereas unless if when which who just only mainly mostly instead rather "
    "actually maybe perhaps probably then"
)
_UNKNOWN = word_set("know sure idea certain clue remember")
_ASKED = word_set("if whether that how which who what why where when")
_MINDING = word_set("think believe suppose reckon guess say feel imagine expect")
_NOT_ALONE = word_set("only just merely simply")
_COMPARED = word_set("more less fewer")
_NARROW = word_set("no not without neither nor nope nah anything")
_LEADING = DO_HAVE_BE | MODALS | CONJUNCTIONS | QUESTION | _MINDING
_CONTRACTED = ("'m", "'re", "'s", "'ve", "'ll", "'d")


@dataclass(frozen=True, slots=True)
class Claims:
    """The roots of the words that a turn states, and of those that it denies."""

    stated: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()

    @classmethod
    def of(cls, said: Utterance) -> "Claims":
        """Read a turn."""
        denials = {denial.start for denial in said.negations}
        if not denials:
            return cls()
        content, stated, denied = _content(said), set[str](), set[str]()
        for first, end in _clauses(said):
            start = _denied_from(said, first, end, denials)
            stated.update(filter(None, content[first:start]))
            denied.update(filter(None, content[start:end]))
        return cls(frozenset(stated), frozenset(denied))

    def contradict(self, told: Utterance) -> bool:
        """Tell whether a text states what the turn only denied; a text with numbers is judged by them."""
        if not self.denied or told.negations or any(self._excuses(word.folded) for word in told.words):
            return False
        words = set(filter(None, _content(told)))
        numbers = {word for word in words if word.startswith("#")}
        open_words = (numbers or words) - self.stated
        shared = open_words & self.denied
        return len(shared) > 1 or bool(shared and shared == open_words)

    def _excuses(self, folded: str) -> bool:
        return is_denial(folded) or (folded in _UNWELCOME and root(folded) not in self.denied)


def _content(said: Utterance) -> list[str]:
    """For each word its root, a number by value at its first word; empty for what states nothing."""
    roots = ["" if _is_slight(word.folded) else root(denied_word(word.folded) or word.folded) for word in said.words]
    places = {word.start: place for place, word in enumerate(said.words)}
    for number in said.numbers:
        for word in said.words[places.get(number.start, 0) :]:
            if word.start >= number.end:
                break
            roots[places[word.start]] = f"#{number.value.normalize()}" if word.start == number.start else ""
    return roots


def _is_slight(folded: str) -> bool:
    slight = folded in _SLIGHT or folded.partition("'")[0] in _SLIGHT
    return slight or (is_denial(folded) and denied_word(folded) is None)


def _clauses(said: Utterance) -> Iterator[tuple[int, int]]:
    words = said.words
    edges = [0, *(at for at in range(1, len(words)) if _begins_clause(said.text, words, at)), len(words)]
    return pairwise(edges)


def _begins_clause(text: str, words: Sequence[Token], place: int) -> bool:
    before, word = words[place - 1], words[place]
    if not _BREAKS.isdisjoint(text[before.end : word.start]):
        return True
    if is_denial(before.folded):
        return False
    if before.folded in _UNKNOWN:
        return word.folded not in _ASKED
    if word.folded in _STARTS:
        return (before.folded, word.folded) != ("anything", "but")
    is_subject = word.folded in SUBJECTS or word.folded.partition("'")[0] in SUBJECTS
    return is_subject and before.folded not in _LEADING


def _denied_from(said: Utterance, first: int, end: int, denials: Collection[int]) -> int:
    """The first word that a clause denies; its end if it denies nothing."""
    words = said.words
    for place in range(first, end):
        if words[place].start in denials and not _denies_nothing(said, place, end):
            return place if _is_narrow(words, place) else first
    return end


def _denies_nothing(said: Utterance, place: int, end: int) -> bool:
    words = said.words
    after = [word.folded for word in words[place + 1 : end]]
    if after and (after[0] in _NOT_ALONE or (words[place].folded, after[0]) == ("nothing", "but")):
        return True
    if any(word in _COMPARED and than == "than" for word, than in pairwise(after)):
        return True
    if words[place].folded != "no":
        return False
    opens = place == 0 or not _BREAKS.isdisjoint(said.text[words[place - 1].end : words[place].start])
    return opens and bool(after)


def _is_narrow(words: Sequence[Token], place: int) -> bool:
    """Whether only what follows is denied: "not" after no verb, "no", "without"."""
    if words[place].folded not in _NARROW:
        return False
    before = words[place - 1].folded if place else ""
    verb = before in DO_HAVE_BE or before in MODALS or before.endswith(_CONTRACTED)
    return not (words[place].folded == "not" and verb)
