"""For how many: "a table for four", "5 adults and a child", "me, my wife and three kids", "six of us"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from language.slots.corrections import repaired, standing
from language.slots.party_words import COUNTED, EXPECTED, GROUP, LIST, MANY_KIN, MEMBER
from language.slots.words import count_of, longest, plain, requoted


@dataclass(frozen=True, slots=True)
class SpokenParty:
    """A number of people: `text[start:end] == quote`.

    `value` counts everybody in the quote; not `certain` where somebody in it was not counted out ("my kids").
    """

    value: int
    quote: str
    start: int
    end: int
    certain: bool = True


_PAIR = re.compile(r"(?:parents|twins|couples?|in-laws)$")
_MANY = re.compile(rf"{MANY_KIN}$")
_NOT_QUOTED = re.compile(r" (?:persons|guests|others|members|total people)$", re.IGNORECASE)


def parties(text: str, *, expects: bool = False) -> tuple[SpokenParty, ...]:
    """Find for how many people, in order; what the caller took back or denied is left out.

    `expects` says that the number was asked for, so that a bare "four" is one.
    """
    said = plain(text)
    found = longest([*_lists(said), *_groups(said), *_counts(said, COUNTED)])
    bare = longest(_counts(said, EXPECTED))
    kept = standing(said, bare if expects and not found else repaired(said, found, bare))
    return tuple(requoted(text, kept))


def _lists(said: str) -> Iterator[SpokenParty]:
    """People told one by one, counted together."""
    for found in LIST.finditer(said):
        counted = [_size(one) for one in MEMBER.finditer(said, *found.span())]
        sizes = [size for size in counted if size is not None]
        yield SpokenParty(sum(sizes), found.group(), *found.span(), certain=len(sizes) == len(counted))


def _size(member: re.Match[str]) -> int | None:
    """How many a member of a list is: "me" 1, "my parents" 2, "three couples" 6; None for "my kids"."""
    words = member.group().lower()
    count = member["counted"] or member["owned"]
    if count:
        return _people(count_of(count), words)
    if _PAIR.search(words):
        return 2
    return None if _MANY.search(words) else 1


def _people(count: int, words: str) -> int:
    """Couples count double."""
    return count * 2 if "couple" in words else count


def _groups(said: str) -> Iterator[SpokenParty]:
    """People of one sort: "8 people", "three couples"; of "5 persons" and "5 guests" the number is quoted."""
    for found in GROUP.finditer(said):
        quote = _NOT_QUOTED.sub("", found.group())
        size = _people(count_of(found["count"]), found["kin"].lower())
        yield SpokenParty(size, quote, found.start(), found.start() + len(quote))


def _counts(said: str, patterns: Iterable[re.Pattern[str]]) -> Iterator[SpokenParty]:
    for pattern in patterns:
        for found in pattern.finditer(said):
            group = "solo" if found.groupdict().get("solo") else "count"
            size = 1 if group == "solo" else count_of(found[group].lower().removeprefix("the "))
            yield SpokenParty(size, found[group], *found.span(group))
