"""How a cleaned text lies on the raw one: the regions where their words differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from language.utterance import Utterance


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

    def of_raw(self, first: int, end: int) -> tuple[int, int]:
        """The cleaned words that the raw words `first:end` became."""
        return self._to_clean[first][0], self._to_clean[end - 1][1]

    def of_clean(self, first: int, end: int) -> tuple[int, int]:
        """The raw words that the cleaned words `first:end` came from."""
        return self._to_raw[first][0], self._to_raw[end - 1][1]

    @cached_property
    def _to_clean(self) -> list[tuple[int, int]]:
        places = [(r.raw_start, r.raw_end, r.clean_start, r.clean_end) for r in self.regions]
        return _targets(places, len(self.raw.words))

    @cached_property
    def _to_raw(self) -> list[tuple[int, int]]:
        places = [(r.clean_start, r.clean_end, r.raw_start, r.raw_end) for r in self.regions]
        return _targets(places, len(self.cleaned.words))


def _targets(regions: Sequence[tuple[int, int, int, int]], length: int) -> list[tuple[int, int]]:
    """For each word of one text, the words of the other that it became."""
    targets: list[tuple[int, int]] = []
    shift = 0
    for start, end, other_start, other_end in (*regions, (length, length, 0, 0)):
        targets += [(place + shift, place + shift + 1) for place in range(len(targets), start)]
        targets += [(other_start, other_end)] * (end - start)
        shift = other_end - end
    return targets


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
