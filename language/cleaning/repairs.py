"""How far back a self-correction reaches, read off how its repair begins."""

from language.cleaning.correction_site import Site, is_plain, last_of_class
from language.cleaning.phrase_repairs import name_length, phrase
from language.tokens import word_set
from language.word_classes import FUNCTION_WORDS, NEGATIONS, QUESTION, is_number, word_class

_REACH, _NEAR_REACH = 14, 6
"""Words that a correction takes back at most after a strong cue, and after a weak one."""
_RETRACED = frozenset({"determiner", "preposition", "auxiliary", "modal"})
_CLAUSE = frozenset({"subject", "auxiliary", "modal", "conjunction"})
_FRAGMENT, _ELLIPSIS = 5, 4
"""Words of a fragment at most, and of a question that leaves out what was said before: "no, how many miles"."""
_REPLIES = word_set(
    "great good perfect fine excellent lovely cool thanks thank hi hello please actually otherwise alright"
)
_VALUES = frozenset({"day", "number", "ordinal", "month"})
_LEADS = word_set("it's its that's make it let's say around about like at on in for to the a maybe")
_CLAUSE_STARTS = word_set("that if because so but and then there yeah yes well just like")


def taken_back(site: Site) -> int:
    """How many words before the cue are taken back; 0 when the cue corrects nothing."""
    if site.cue.only_questions:
        return _question(site) or (phrase(site) if site.cue.in_questions else 0)
    head = site.draft.words[site.repair[0]].folded
    if head in _CLAUSE_STARTS and not site.cue.strong:
        return 0
    if site.cue.bare and is_plain(site.meant[0]):
        return phrase(site)
    if site.cue.bare and word_class(site.meant[0]) == "auxiliary" and not site.is_question:
        return 0
    rules = (_question, _same_word, _value, _same_end, _same_class, _name, phrase)
    return next((reach for rule in rules if (reach := rule(site))), 0)


def value_taken_back(site: Site) -> int:
    """ "Tuesday. No, Wednesday.": across a stop only a value right before the cue is taken back."""
    return _value(site) if word_class(site.heard[-1]) in _VALUES else 0


def may_be_lost(site: Site, reach: int) -> bool:
    """Whether nothing goes that the repair does not replace: a number needs a number, a negation a negation."""
    gone = site.heard[-reach:]
    kept = [site.draft.words[index].folded for index in site.repair]
    if (gone[0] in QUESTION or kept[0] in QUESTION) and (len(kept) > _ELLIPSIS or len(gone) <= _ELLIPSIS):
        return True
    if any(map(is_number, gone)) and not any(map(is_number, kept[:8])):
        return False
    return NEGATIONS.isdisjoint(gone) or not NEGATIONS.isdisjoint(kept)


def _fragment(site: Site) -> int:
    """A question takes the place of a few words that were no clause: "these books, or uh, where did he begin"."""
    meant, heard = site.meant, site.heard
    asks = meant[0] in QUESTION or (word_class(meant[0]) == "preposition" and meant[1:2] and meant[1] in QUESTION)
    if not (asks and site.cue.length) or len(heard) > _FRAGMENT or len(site.repair) < _ELLIPSIS:
        return 0
    kinds = {word_class(word) for word in heard}
    says = heard[0] in _REPLIES or kinds & (_CLAUSE | _VALUES) or not NEGATIONS.isdisjoint(heard)
    return 0 if says else len(heard)


def _question(site: Site) -> int:
    """A question word starts the question again."""
    meant, heard = site.meant, site.heard
    asks = [word for word in meant[:4] if word in QUESTION]
    told = site.cue.strong and (meant[:2] == ["tell", "me"] or meant[:4] == ["can", "you", "tell", "me"])
    preposed = word_class(meant[0]) == "preposition" and meant[1:2] == asks[:1]
    at = site.asked
    if at is None:
        return _fragment(site)
    if not asks or not (meant[0] in QUESTION or preposed or told):
        return 0
    if at == 1 and word_class(heard[0]) in {"preposition", "conjunction"} and not _asks_the_same(heard[at:], meant):
        at = 0
    reach = len(heard) - at
    whole = len(meant) > 2 or reach <= 2
    return reach if whole and (site.cue.strong or reach <= _NEAR_REACH) else 0


def _asks_the_same(heard: list[str], meant: list[str]) -> bool:
    """Whether "what" or "which" thing is asked again, so that "in" still holds: "in which, no, what year"."""
    return {heard[0], meant[0]} <= {"what", "which"} and len(meant) > 1 and is_plain(meant[1])


def _same_word(site: Site) -> int:
    """The repair says a word again: back to where it was said, the longest match first, then the nearest."""
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
    if length == 1 and word_class(meant[0]) == "determiner" and _is_bare_name(site):
        return 0
    named = name_length(site) if length == 1 and site.is_name(site.repair[0]) else 0
    if 0 < named < best:
        return 0
    fits = site.cue.strong or best <= _NEAR_REACH
    return best if fits and word_class(heard[-1]) not in site.cue.barred_before else 0


def _value(site: Site) -> int:
    """A number for a number, a day for a day: back to the nearest value of the same class."""
    meant = list(site.meant)
    while len(meant) > 1 and meant[0] in _LEADS:
        meant.pop(0)
    kind = word_class(meant[0])
    if kind not in _VALUES:
        return 0
    window = site.heard[-8:]
    at = last_of_class(window[: len(window) - _shared_end(window, meant)], str(kind))
    if at is None:
        return 0
    length = next((n for n, word in enumerate(meant) if word_class(word) != kind), len(meant))
    while at > 0 and word_class(window[at - 1]) == kind and not _is_digit_tail(window, at, length):
        at -= 1
    if at > 0 and window[at - 1] == "a":
        at -= 1
    lead = at > 0 and window[at - 1] in _LEADS and site.meant[0] in _LEADS
    return len(window) - at + lead


def _shared_end(heard: list[str], meant: list[str]) -> int:
    """Words at the end of `heard` that the repair says again after its value ("two at eight, no, four at eight")."""
    for length in range(min(len(heard), 3), 1, -1):
        tail = heard[-length:]
        if any(meant[at : at + length] == tail for at in range(1, len(meant) - length + 1)):
            return length
    return 0


def _is_digit_tail(window: list[str], at: int, length: int) -> bool:
    """Whether figures said one by one are replaced from their end only: "five five five no six"."""
    first = at
    while first > 0 and is_number(window[first - 1]):
        first -= 1
    run = window[first:]
    spelt = len(run) >= 3 and len(set(map(_tens, run))) == 1
    figures = len(run) >= 2 and all(word.isdigit() for word in run)
    return (spelt or figures) and len(window) - at >= length


_UNITS = word_set("zero one two three four five six seven eight nine oh")


def _tens(word: str) -> bool:
    return word not in _UNITS


def _same_end(site: Site) -> int:
    """ "window repairs, I mean door repairs": the repair comes to the word before the cue."""
    last = site.heard[-1]
    if last in FUNCTION_WORDS or last not in site.meant[1:4] or site.meant[0] == "not":
        return 0
    reach = site.meant.index(last) + 1
    if reach > len(site.said) or word_class(site.heard[-reach]) in _CLAUSE:
        return 0
    return _without_verb(site, reach)


def _without_verb(site: Site, reach: int) -> int:
    """Leave the word after a subject or a modal: there the verb stands, and the repair seldom says it again."""
    before = site.heard[-reach - 1] if reach < len(site.heard) else ""
    verb_due = before == "to" or word_class(before) in {"subject", "modal"}
    return reach - 1 if verb_due and reach > 1 else reach


def _same_class(site: Site) -> int:
    """An article for an article, a preposition for a preposition."""
    kind = word_class(site.meant[0])
    heard = site.heard[-_NEAR_REACH:]
    retraced = kind in _RETRACED and not (site.cue.bare and kind == "preposition") and not _asks_anew(site)
    if kind == "determiner" and _is_bare_name(site):
        return name_length(site)
    at = last_of_class(heard, str(kind)) if retraced else None
    return len(heard) - at if at is not None and word_class(heard[-1]) not in site.cue.barred_before else 0


def _asks_anew(site: Site) -> bool:
    """Whether a statement goes over into a question of its own: "you have a certain, I mean, do you like them"."""
    inverted = len(site.meant) > 1 and word_class(site.meant[1]) == "subject"
    return inverted and not site.is_question and word_class(site.meant[0]) in {"auxiliary", "modal"}


def _is_bare_name(site: Site) -> bool:
    """Whether a name without an article stands right before the cue: "in Scandinavia", but not "king of Spain"."""
    length = name_length(site)
    before = site.heard[-length - 1] if 0 < length < len(site.said) else ""
    return word_class(before) == "preposition" and before != "of"


def _name(site: Site) -> int:
    """A name for a name: the capitalised words right before the cue."""
    if not site.is_name(site.repair[0]) or site.cue.bare:
        return 0
    return name_length(site)
