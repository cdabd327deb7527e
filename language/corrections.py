"""Self-corrections: "fifty, no, sixty people" is sixty people.

A correction has three parts: the words taken back, a cue ("no", "I mean", "or rather"), the repair. The cue is
found first; how the repair begins tells how far back it reaches.
"""

from dataclasses import dataclass

from language.correction_cues import Cue, cue_at
from language.draft import Draft
from language.word_classes import FUNCTION_WORDS, NEGATIONS, QUESTION, is_number, word_class

_REACH = 14
"""Words that a correction takes back at most, unless a question starts again."""
_RETRACED = ("determiner", "preposition", "auxiliary", "modal")
_VALUES = ("day", "number", "ordinal", "month")
_SOFTENERS = frozenset("just like maybe well and please so uh".split())
_LEADS = frozenset("it's its that's make it let's say around about like at on in for to the a maybe".split())
_CLAUSE_STARTS = frozenset("that if because so but and then there yeah yes well just like".split())


@dataclass(frozen=True)
class _Site:
    """A cue among the words still standing: `said` before it, `repair` after it, both within the sentence."""

    draft: Draft
    cue: Cue
    said: list[int]
    repair: list[int]

    def word(self, index: int) -> str:
        return self.draft.words[index].folded

    @property
    def heard(self) -> list[str]:
        return [self.word(index) for index in self.said]

    @property
    def meant(self) -> list[str]:
        words = [self.word(index) for index in self.repair[:8]]
        while len(words) > 1 and words[0] in _SOFTENERS:
            words.pop(0)
        return words

    def is_name(self, index: int) -> bool:
        return index > 0 and self.draft.words[index].text[:1].isupper() and self.word(index) not in {"i", "i'm"}


def cut_corrections(draft: Draft) -> None:
    """Cut what the speaker took back, with the cue; in doubt nothing is cut."""
    position = 1
    while True:
        left = draft.left()
        if position >= len(left):
            return
        cue = cue_at(draft, left, position)
        if cue is None:
            position += 1
            continue
        end = position + cue.length
        start = _correction_start(draft, cue, left, position, end)
        if start is None:
            position = max(end, position + 1)
        else:
            draft.cut(left[start:end], "correction")
            position = max(1, start)


def _correction_start(draft: Draft, cue: Cue, left: list[int], position: int, end: int) -> int | None:
    """Position in `left` of the first word taken back, or None."""
    first = position
    while first > 0 and position - first < 40 and not draft.stops_between(left[first - 1], left[first]):
        first -= 1
    stop = end
    while stop < len(left) and stop - end < 12 and (
        stop == end or not draft.stops_between(left[stop - 1], left[stop])
    ):
        stop += 1
    if stop == end:
        return None
    if first == position:
        return _value_before_stop(draft, cue, left, position, end)
    site = _Site(draft, cue, left[first:position], left[end:stop])
    reach = reparandum(site)
    if not reach or not _may_be_lost(site, site.said[-reach:]):
        return None
    return position - reach


def _value_before_stop(draft: Draft, cue: Cue, left: list[int], position: int, end: int) -> int | None:
    """ "Tuesday. No, Wednesday.": only a value that stands right before the cue is taken back across a stop."""
    site = _Site(draft, cue, left[max(0, position - 4) : position], left[end : end + 6])
    reach = _value(site)
    if reach and word_class(site.heard[-1]) in _VALUES:
        return position - reach
    return None


def reparandum(site: _Site) -> int:
    """How many words before the cue are taken back; 0 when the cue corrects nothing."""
    if site.meant[0] in _CLAUSE_STARTS and not site.cue.strong:
        return 0
    if site.cue.only_questions:
        return _question(site)
    for rule in (_question, _same_word, _value, _same_end, _same_class, _name, _content):
        reach = rule(site)
        if reach:
            return reach
    return 0


def _may_be_lost(site: _Site, gone: list[int]) -> bool:
    """Whether nothing goes that the repair does not replace: a number needs a number, a negation a negation."""
    words = [site.word(index) for index in gone]
    kept = [site.word(index) for index in site.repair]
    asks_anew = words[0] in QUESTION or kept[0] in QUESTION
    number_safe = asks_anew or not any(map(is_number, words)) or any(map(is_number, kept[:8]))
    return number_safe and (asks_anew or not NEGATIONS.intersection(words) or bool(NEGATIONS.intersection(kept)))


def _value(site: _Site) -> int:
    """A number for a number, a day for a day: back to the nearest value of the same class."""
    meant = list(site.meant)
    while len(meant) > 1 and meant[0] in _LEADS:
        meant.pop(0)
    kind = word_class(meant[0])
    if kind not in _VALUES:
        return 0
    heard = site.heard[-6:]
    at = next((at for at in range(len(heard) - 1, -1, -1) if word_class(heard[at]) == kind), None)
    if at is None:
        return 0
    length = next((n for n, word in enumerate(meant) if word_class(word) != kind), len(meant))
    digits = kind == "number" and heard[at].isdigit() and len(heard[at]) == 1
    while at > 0 and word_class(heard[at - 1]) == kind and not (digits and len(heard) - at >= length):
        at -= 1
    return _with_lead(site, len(heard) - at)


def _with_lead(site: _Site, reach: int) -> int:
    """Take back a preposition or article too when the repair says it again."""
    before = site.heard[-reach - 1] if reach < len(site.said) else ""
    return reach + 1 if before in _LEADS and site.meant[0] in _LEADS else reach


def _question(site: _Site) -> int:
    """A question word starts the question again."""
    meant, heard = site.meant, site.heard
    asks = [word for word in meant[:4] if word in QUESTION]
    told = site.cue.strong and (meant[:2] == ["tell", "me"] or meant[:4] == ["can", "you", "tell", "me"])
    preposed = word_class(meant[0]) == "preposition" and meant[1:2] == asks[:1]
    if not asks or not (meant[0] in QUESTION or preposed or told):
        return 0
    at = next((at for at in range(len(heard) - 1, -1, -1) if heard[at] in QUESTION), None)
    if at is None:
        return 0
    if at == 1 and word_class(heard[0]) in {"preposition", "conjunction"}:
        at = 0
    reach = len(heard) - at
    whole = len(meant) > 2 or reach <= 2
    return reach if whole and (site.cue.strong or reach <= 6) else 0


def _same_word(site: _Site) -> int:
    """The repair says a word again: back to where it was said, the longest match first."""
    heard, meant = site.heard[-_REACH:], site.meant
    best, length = 0, 0
    for at in range(len(heard) - 1, -1, -1):
        matched = 0
        while at + matched < len(heard) and matched < len(meant) and heard[at + matched] == meant[matched]:
            matched += 1
        if matched > length:
            best, length = len(heard) - at, matched
    if not length or (word_class(meant[0]) == "subject" and length < 2 and best > 2):
        return 0
    fits = site.cue.strong or best <= 6
    return best if fits and word_class(heard[-1]) not in site.cue.barred_before else 0


def _same_end(site: _Site) -> int:
    """ "window repairs, I mean door repairs": the repair comes to the word before the cue."""
    last = site.heard[-1]
    if last in FUNCTION_WORDS or last not in site.meant[1:4]:
        return 0
    reach = site.meant.index(last) + 1
    return reach if reach <= len(site.said) else 0


def _same_class(site: _Site) -> int:
    """An article for an article, a preposition for a preposition."""
    kind = word_class(site.meant[0])
    if kind not in _RETRACED:
        return 0
    heard = site.heard[-6:]
    at = next((at for at in range(len(heard) - 1, -1, -1) if word_class(heard[at]) == kind), None)
    return len(heard) - at if at is not None and word_class(heard[-1]) not in site.cue.barred_before else 0


def _name(site: _Site) -> int:
    """A name for a name: the capitalised words right before the cue."""
    if not site.is_name(site.repair[0]):
        return 0
    reach = 0
    while reach < len(site.said) and site.is_name(site.said[-1 - reach]):
        reach += 1
    return reach


def _content(site: _Site) -> int:
    """A plain word for the plain words right before a cue that can be nothing but a correction."""
    determined = site.cue.strong and word_class(site.meant[0]) == "determiner"
    if not site.cue.replaces or (site.meant[0] in FUNCTION_WORDS and not determined):
        return 0
    name = site.is_name(site.said[-1])
    reach = 0
    while reach < min(3, len(site.said) - 1):
        index = site.said[-1 - reach]
        if site.word(index) in FUNCTION_WORDS or site.is_name(index) != name:
            break
        reach += 1
    return reach
