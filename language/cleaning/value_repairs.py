"""One value for another: "fifty, no, sixty", "five to ten, sorry, ten to fifteen", "on Monday, no, on Tuesday"."""

from language.cleaning.correction_site import Site, last_of_class, plain_run
from language.tokens import word_set
from language.word_classes import is_number, word_class

VALUES = frozenset({"day", "number", "ordinal", "month"})
_LEADS = word_set("it's its that's make it let's say around about like at on in for to the a maybe")
_RANGES = word_set("to and or past till until through")
"""Words between two values that are told together."""
_COUNTED = 2
"""Words at most after two values that tell what they count."""


def values(site: Site) -> int:
    """Two values for two: "five to ten calls, sorry, ten to fifteen"; "half past two, no, quarter to three"."""
    kind = word_class(site.meant[0])
    if kind not in VALUES or not _range_length(site.meant, kind):
        return 0
    heard = site.heard[::-1]
    counted = min(plain_run(heard), _COUNTED)
    length = _range_length(heard[counted:], kind)
    return counted + length if length else 0


def _range_length(words: list[str], kind: str) -> int:
    """Words of the two values of a kind, and of what links them, that some words begin with; 0 where none do."""
    first = _run_of(words, kind)
    second = _run_of(words[first + 1 :], kind)
    return first + 1 + second if first and second and words[first] in _RANGES else 0


def _run_of(words: list[str], kind: str) -> int:
    """How many words of a class stand in a row at the head of some words."""
    return next((at for at, word in enumerate(words) if word_class(word) != kind), len(words))


def value(site: Site) -> int:
    """A number for a number, a day for a day: back to the nearest value of the same class."""
    meant = list(site.meant)
    while len(meant) > 1 and meant[0] in _LEADS:
        meant.pop(0)
    kind = word_class(meant[0])
    if kind not in VALUES:
        return 0
    window = site.heard[-8:]
    at = last_of_class(window[: len(window) - _shared_end(window, meant)], str(kind))
    if at is None:
        return 0
    length = _run_of(meant, str(kind))
    while at > 0 and _is_of_one_value(site, len(window) - at) and not _is_digit_tail(window, at, length):
        at -= 1
    if at > 0 and window[at - 1] == "a":
        at -= 1
    lead = at > 0 and window[at - 1] in _LEADS and site.meant[0] in _LEADS
    return len(window) - at + lead


def _is_of_one_value(site: Site, reach: int) -> bool:
    """Whether the word so far before the cue goes on with the number before it; days do not, nor after a pause."""
    both = [word_class(word) for word in site.heard[-reach - 1 :][:2]]
    return both == ["number", "number"] and not site.draft.pauses_before(site.said[-reach])


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
