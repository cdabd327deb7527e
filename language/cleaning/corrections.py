"""Self-corrections: "fifty, no, sixty people" is sixty people.

A correction has three parts: the words taken back, a cue ("no", "I mean", "or rather"), the repair. The cue
is found first; how the repair begins tells how far back it reaches (language/cleaning/repairs.py).
"""

from language.cleaning.correction_cues import Cue, cue_at
from language.cleaning.correction_site import Site
from language.cleaning.draft import Draft
from language.cleaning.repairs import may_be_lost, taken_back, value_taken_back
from language.tokens import word_set

_ANSWERS = word_set("yes yeah yep yup no nope ok okay sure right well so oh")
"""A cue after nothing but these is an answer of its own ("yes, no, wait")."""
_SAID_LIMIT, _REPAIR_LIMIT = 40, 12


def cut_corrections(draft: Draft) -> None:
    """Cut what the speaker took back, with the cue; in doubt nothing is cut."""
    left = draft.left()
    position = 1
    while position < len(left):
        cue = cue_at(draft, left, position)
        if cue is None:
            position += 1
            continue
        end = position + cue.length
        start = _start(draft, cue, left, position)
        if start is None:
            position = max(end, position + 1)
            continue
        draft.cut(left[start:end], "correction")
        del left[start:end]
        position = max(1, start)


def _start(draft: Draft, cue: Cue, left: list[int], position: int) -> int | None:
    """Position in `left` of the first word taken back, or None."""
    end = position + cue.length
    said = _sentence_before(draft, left, position)
    repair = left[end : _sentence_end(draft, left, end)]
    if not said:
        site = Site(draft, cue, left[max(0, position - 4) : position], repair)
        asked = any("?" in draft.gap(index) for index in range(left[position - 1] + 1, left[position] + 1))
        reach = 0 if asked else value_taken_back(site)
        return position - reach if reach else None
    site = Site(draft, cue, said, repair)
    if _ANSWERS.issuperset(site.heard):
        return None
    stopped = position < end < len(left) and draft.stops_between(left[end - 1], left[end])
    reach = value_taken_back(site) if stopped else taken_back(site)
    return position - reach if reach and may_be_lost(site, reach) else None


def _sentence_before(draft: Draft, left: list[int], position: int) -> list[int]:
    first = position
    while first > 0 and position - first < _SAID_LIMIT and not draft.stops_between(left[first - 1], left[first]):
        first -= 1
    return left[first:position]


def _sentence_end(draft: Draft, left: list[int], end: int) -> int:
    stop = end + 1
    while stop < len(left) and stop - end < _REPAIR_LIMIT and not draft.stops_between(left[stop - 1], left[stop]):
        stop += 1
    return stop
