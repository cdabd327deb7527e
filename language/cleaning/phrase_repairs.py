"""One phrase for another: "the septicemic, I mean the modern plague", "what topic, no, what subject".

Without a parser the phrase before a cue is the run of plain words there. The whole run goes where the repair is as
long or a name, else its last word only: speakers replace a head word and keep what describes it.
"""

from language.cleaning.correction_site import QUANTIFIERS, Site, is_plain, plain_run
from language.tokens import word_set
from language.word_classes import OBJECT_VERBS, word_class

_LONGEST = 3
_PERIODS = word_set("day week weekend month year morning afternoon evening night time today moment second minute hour")
"""After them "no" mostly opens a clause of its own: "this week no calls came in"."""
_OBJECTS = word_set("me him her us them it you")
"""After a plain word they tell it a verb: "the gym I mean give me a break" begins a clause."""
_VERBAL = frozenset({"auxiliary", "modal"})
_BE = word_set("is are was were be been being isn't aren't wasn't weren't")
_IN_HEAD = QUANTIFIERS | {"of"}


def phrase(site: Site) -> int:
    """A plain word or a name for the phrase right before the cue."""
    if site.cue.replaces:
        alone = len(site.said) == 1 and not (site.cue.strong and site.cue.linked)
        return _run_taken_back(site) if not alone and _may_replace(site) else 0
    return _run_taken_back(site) if site.cue.in_questions and _may_replace_in_question(site) else 0


def _may_replace(site: Site) -> bool:
    if site.meant[0] == "not" and site.cue.strong:
        return is_plain(site.heard[-1]) and len(site.meant) > 1 and is_plain(site.meant[1])
    determined = (site.cue.strong or site.is_question) and _is_determined(site)
    if is_plain(site.meant[0]) and not _OBJECTS.isdisjoint(site.meant[1:2]):
        return False
    return is_plain(site.heard[-1]) and (is_plain(site.meant[0]) or determined)


def _may_replace_in_question(site: Site) -> bool:
    """Whether the phrases before and after a weak cue stand where a question has its subject."""
    if not site.is_question or not is_plain(site.heard[-1]):
        return False
    if not is_plain(site.meant[0]):
        return _is_determined(site)
    before = site.heard[: -plain_run(site.heard[::-1])]
    named = site.is_name(site.said[-1]) and site.is_name(site.repair[0])
    if site.cue.only_questions:
        return named or _awaits_subject(before)
    if not site.cue.bare or site.cue.hesitates or named or site.heard[-1] in site.meant[1:3]:
        return site.heard[-1] not in _PERIODS | OBJECT_VERBS
    return _is_subject(site, before)


def _is_subject(site: Site, before: list[str]) -> bool:
    """Whether a "no" between two phrases can deny nothing: "what topic no subject is", "why do vans no trucks stop"."""
    if site.heard[-1] in _PERIODS | OBJECT_VERBS or not _awaits_subject(before):
        return False
    run = plain_run(site.meant)
    if any(word_class(word) in _VERBAL for word in before):
        verb = run < len(site.meant) and word_class(site.meant[run]) == "determiner"
        return (run > 1 or verb) and _BE.isdisjoint(before)
    return run <= _LONGEST and run < len(site.meant) and word_class(site.meant[run]) in _VERBAL


def _awaits_subject(words: list[str]) -> bool:
    """Whether a subject is due after the first words of a question: "in what kind of", "how many", "what did the"."""
    words = words[1:] if words and word_class(words[0]) == "preposition" else words
    verb = next((at for at, word in enumerate(words) if word_class(word) in _VERBAL), len(words))
    head = all(word in _IN_HEAD or is_plain(word) or word_class(word) == "determiner" for word in words[1:verb])
    tail = all(word in QUANTIFIERS or word_class(word) == "determiner" for word in words[verb + 1 :])
    return bool(words) and word_class(words[0]) == "question" and head and tail


def _run_taken_back(site: Site) -> int:
    """The length of the phrase that goes."""
    run = plain_run(site.heard[::-1])
    if site.is_name(site.said[-1]) and not _is_determined(site):
        return name_length(site)
    if _is_determined(site):
        before = site.heard[-run - 1] if run < len(site.heard) else ""
        return min(run, _LONGEST) + (run <= _LONGEST and word_class(before) == "determiner")
    if site.is_name(site.repair[0]):
        return run if run <= _LONGEST else 1
    named = len(site.repair) > 1 and site.is_name(site.repair[1])
    return 2 if run == 2 and plain_run(site.meant) >= 2 and not named else 1


def _is_determined(site: Site) -> bool:
    return word_class(site.meant[0]) == "determiner"


def name_length(site: Site) -> int:
    """How many words of a name stand right before the cue."""
    reach = 0
    while reach < len(site.said) and site.is_name(site.said[-1 - reach]):
        reach += 1
    return reach
