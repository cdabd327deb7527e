"""How far back a self-correction reaches, read off how its repair begins."""

from language.cleaning.correction_site import Site, is_plain, last_of_class
from language.cleaning.phrase_repairs import name_length, phrase
from language.cleaning.value_repairs import VALUES, value, values
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
_PREDICATE = frozenset({"auxiliary", "modal"})
_CLAUSE_STARTS = word_set("that if because so but and then there yeah yes well just like")


def taken_back(site: Site) -> int:
    """How many words before the cue are taken back; 0 when the cue corrects nothing."""
    if _agrees(site):
        return 0
    if site.cue.only_questions:
        return _question(site) or (phrase(site) if site.cue.in_questions else 0)
    head = site.draft.words[site.repair[0]].folded
    if head in _CLAUSE_STARTS and not site.cue.strong:
        return 0
    if site.cue.bare and is_plain(site.meant[0]):
        return phrase(site)
    if site.cue.bare and word_class(site.meant[0]) == "auxiliary" and not site.is_question:
        return 0
    if _tells_more(site):
        return 0
    rules = (_question, values, _same_word, value, _same_end, _same_class, _name, phrase)
    return next((reach for rule in rules if (reach := rule(site))), 0)


def value_taken_back(site: Site) -> int:
    """ "Tuesday. No, Wednesday.": across a stop only a value right before the cue is taken back."""
    return value(site) if word_class(site.heard[-1]) in VALUES else 0


def _agrees(site: Site) -> bool:
    """Whether a "no" agrees with a denial and takes nothing back: "not this Friday, no, next Friday"."""
    cue = site.draft.words[site.repair[0] - 1].folded
    denied = not NEGATIONS.isdisjoint(site.heard[-_NEAR_REACH:]) and NEGATIONS.isdisjoint(site.meant)
    return site.cue.length == 1 and cue == "no" and denied and not site.is_question


def _tells_more(site: Site) -> bool:
    """Whether a new clause is about what was named last: "it's not the price, I mean the price is fine"."""
    predicate = next((at for at, word in enumerate(site.meant) if word_class(word) in _PREDICATE), 0)
    again = 0 < predicate < len(site.heard) and site.heard[-predicate:] == site.meant[:predicate]
    return again and word_class(site.meant[0]) != "subject" and not site.is_question


def may_be_lost(site: Site, reach: int) -> bool:
    """Whether nothing goes that the repair does not replace: a number needs a number, a negation a negation.

    A day that was denied goes with its denial or not at all: "not Friday, make it Thursday".
    """
    gone = site.heard[-reach:]
    if site.heard[:-reach][-1:] == ["not"] and all(word_class(word) in {"day", "month"} for word in gone):
        return False
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
    says = heard[0] in _REPLIES or kinds & (_CLAUSE | VALUES) or not NEGATIONS.isdisjoint(heard)
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
