"""How a cleaned text lies on the raw one: the regions where their words differ."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from language.utterance import Utterance

_Place = tuple[int, int]


class Region(NamedTuple):
    """Words `raw_start:raw_end` of the raw text became words `clean_start:clean_end` of the cleaned one."""

    raw_start: int
    raw_end: int
    clean_start: int
    clean_end: int


@dataclass(frozen=True)
class Alignment:
    """Two texts and the smallest set of regions in which their words differ."""

    raw: Utterance
    cleaned: Utterance

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """The differing regions, in order; of a repeat, the earlier copy is the dropped one."""
        before = [word.folded for word in self.raw.words]
        found: list[Region] = []
        for step in Levenshtein.opcodes(before, [word.folded for word in self.cleaned.words]):
            if step.tag == "equal":
                continue
            region = Region(step.src_start, step.src_end, step.dest_start, step.dest_end)
            if found and found[-1].raw_end == region.raw_start and found[-1].clean_end == region.clean_start:
                last = found.pop()
                region = Region(last.raw_start, region.raw_end, last.clean_start, region.clean_end)
            found.append(region)
        return _leftmost(found, before)

    def of_raw(self, first: int, end: int) -> _Place:
        """The cleaned words that the raw words `first:end` became."""
        return self._to_clean[first][0], self._to_clean[end - 1][1]

    def of_clean(self, first: int, end: int) -> _Place:
        """The raw words that the cleaned words `first:end` came from."""
        return self._to_raw[first][0], self._to_raw[end - 1][1]

    @cached_property
    def lost(self) -> frozenset[int]:
        """The raw words, by index, that are not in the cleaned text as they were."""
        return frozenset(place for region in self.regions for place in range(region.raw_start, region.raw_end))

    def around_raw(self, first: int, end: int) -> frozenset[Region]:
        """The regions that the raw words `first:end` touch."""
        return _around(self.regions, self._raw_places, first, end)

    def around_clean(self, first: int, end: int) -> frozenset[Region]:
        """The regions that the cleaned words `first:end` touch; a deletion counts where it lies inside them."""
        return _around(self.regions, self._clean_places, first, end)

    @cached_property
    def _raw_places(self) -> list[_Place]:
        return [(region.raw_start, region.raw_end) for region in self.regions]

    @cached_property
    def _clean_places(self) -> list[_Place]:
        return [(region.clean_start, region.clean_end) for region in self.regions]

    @cached_property
    def _to_clean(self) -> list[_Place]:
        return _targets(self._raw_places, self._clean_places, len(self.raw.words))

    @cached_property
    def _to_raw(self) -> list[_Place]:
        return _targets(self._clean_places, self._raw_places, len(self.cleaned.words))


def _around(regions: Sequence[Region], places: Sequence[_Place], first: int, end: int) -> frozenset[Region]:
    low = bisect_left(places, first, key=itemgetter(1))
    high = bisect_left(places, end, key=itemgetter(0))
    return frozenset(
        region
        for region, (start, stop) in zip(regions[low:high], places[low:high], strict=True)
        if stop > first and (start < stop or start > first)
    )


def _targets(places: Sequence[_Place], others: Sequence[_Place], length: int) -> list[_Place]:
    """For each word of one text, the words of the other that it became."""
    targets: list[_Place] = []
    shift = 0
    for (start, end), other in zip(places, others, strict=True):
        targets += [(place + shift, place + shift + 1) for place in range(len(targets), start)]
        targets += [other] * (end - start)
        shift = other[1] - end
    return targets + [(place + shift, place + shift + 1) for place in range(len(targets), length)]


def _leftmost(regions: Sequence[Region], before: Sequence[str]) -> tuple[Region, ...]:
    """Move each pure deletion as far left as it can go: which copy of a repeat went is a matter of words."""
    moved: list[Region] = []
    for region in regions:
        floor = moved[-1].raw_end if moved else 0
        start, end, at = region.raw_start, region.raw_end, region.clean_start
        added = region.clean_end - at
        while not added and start > floor and before[start - 1] == before[end - 1]:
            start, end, at = start - 1, end - 1, at - 1
        moved.append(Region(start, end, at, at + added))
    return tuple(moved)
