"""Taking back a part of a cleaning: the raw words again, with the marks that touch them."""

from collections.abc import Iterable

from language.anchoring.alignment import Alignment, Region
from language.utterance import Utterance

_OPENING = frozenset("([{")
_KEPT = frozenset(".,:;?!…()[]{}")
"""Punctuation, which belongs to the sentence and not to the word that it touches."""


def reverted_text(texts: Alignment, regions: Iterable[Region]) -> str:
    """The cleaned text with the raw words again in some regions."""
    pieces: list[str] = []
    done = 0
    for region in sorted(regions):
        start, end = _place(texts, region)
        pieces.append(texts.cleaned.text[done : max(done, start)])
        pieces.append(_raw_words(texts, region, start, end))
        done = max(done, end)
    pieces.append(texts.cleaned.text[done:])
    return "".join(pieces).strip()


def _place(texts: Alignment, region: Region) -> tuple[int, int]:
    """Where a region lies in the cleaned text, an addition with its space; an empty one is the gap that it left."""
    words = texts.cleaned.words
    before = _end_of(texts.cleaned, region.clean_start - 1) if region.clean_start else 0
    if region.clean_start == region.clean_end:
        return _gap(texts.cleaned, region.clean_start) if _is_framed(texts, region) else (before, before)
    start = _start_of(texts.cleaned, region.clean_start)
    end = _end_of(texts.cleaned, region.clean_end - 1)
    if region.raw_start < region.raw_end:
        return start, end
    return min(words[region.clean_start - 1].end if region.clean_start else 0, start), end


def _raw_words(texts: Alignment, region: Region, start: int, end: int) -> str:
    """The raw words of a region, set off from what stands before `start` and after `end` of the cleaned text."""
    if region.raw_start == region.raw_end:
        return ""
    if region.clean_start == region.clean_end and _is_framed(texts, region):
        return texts.raw.text[texts.raw.words[region.raw_start - 1].end : texts.raw.words[region.raw_end].start]
    first, last = _start_of(texts.raw, region.raw_start), _end_of(texts.raw, region.raw_end - 1)
    words, cleaned = texts.raw.text[first:last], texts.cleaned.text
    if start and not cleaned[start - 1].isspace() and cleaned[start - 1] not in _OPENING:
        words = f" {words}"
    if end < len(cleaned) and cleaned[end].isalnum():
        words = f"{words} "
    return words


def _is_framed(texts: Alignment, region: Region) -> bool:
    """Whether the words on both sides of a region are the same in both texts."""
    raw, cleaned = texts.raw.words, texts.cleaned.words
    if not (region.raw_start and region.clean_start and region.raw_end < len(raw) and region.clean_end < len(cleaned)):
        return False
    before = raw[region.raw_start - 1].folded == cleaned[region.clean_start - 1].folded
    return before and raw[region.raw_end].folded == cleaned[region.clean_end].folded


def _gap(said: Utterance, place: int) -> tuple[int, int]:
    """What stands between a word and the one before it."""
    return said.words[place - 1].end, said.words[place].start


def _start_of(said: Utterance, place: int) -> int:
    """Where a word begins, with the signs that touch it: the "£" of "£50"."""
    floor = said.words[place - 1].end if place else 0
    at = said.words[place].start
    while at > floor and _touches(said.text[at - 1]):
        at -= 1
    return at


def _end_of(said: Utterance, place: int) -> int:
    """Where a word ends, with the signs that touch it: the "%" of "50%"; a hyphen belongs to the next word."""
    words = said.words
    ceiling = words[place + 1].start if place + 1 < len(words) else len(said.text)
    at = words[place].end
    while at < ceiling and _touches(said.text[at]):
        at += 1
    return words[place].end if at == ceiling < len(said.text) else at


def _touches(letter: str) -> bool:
    return not letter.isspace() and letter not in _KEPT
