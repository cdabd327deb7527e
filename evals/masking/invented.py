"""Invented people, addresses and numbers in the place of real ones: the same one for the same one, throughout a case.

Amounts and hours are told from numbers of people by their length: what has five figures or more is masked. Days are
moved by whole weeks.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from evals.masking.dates import Moved
from evals.masking.figures import figures_in, invented_figures
from language.everyday import is_everyday
from language.slots.email import SpokenEmail, emails
from language.slots.names.given import names
from language.tokens import tokens
from language.words import is_word

INVENTED = [
    "Odalys",
    "Fenwick",
    "Benedict",
    "Marlowe",
    "Imelda",
    "Renshaw",
    "Tobias",
    "Quillford",
    "Leela",
    "Harrow",
    "Desmond",
    "Achebe",
    "Marguerite",
    "Foss",
    "Elise",
    "Tidewell",
    "Rafe",
    "Pellham",
    "Ottoline",
    "Brindle",
    "Caspian",
    "Mossgate",
    "Verity",
    "Halden",
    "Ignatius",
    "Sorrel",
]
DATES = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december christmas easter"
)
OWNS = "'s"
_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\w")
_SPELT = re.compile(r"(?<![\w'])[A-Za-z](?:[ .-]{1,2}[A-Za-z](?!\w)){2,}")
_OPENS = re.compile(r"(?:^|[.?!:;]|[\"'(])\s*$")
_AS_I = frozenset({"i", "i'm", "i'd", "i've", "i'll"})


class Mask:
    """Learns who is spoken of in all texts of a case first; then masks them.

    `kept` are words of the business; `days` finds what else is said otherwise: the days of the calendar.
    """

    def __init__(self, kept: Iterable[str], days: Callable[[str], Sequence[Moved]] = lambda text: ()) -> None:
        self._days = days
        self._kept = {word.folded for text in (*kept, DATES) for word in tokens(text)} | _AS_I
        self._names: dict[str, str] = {}
        self._addresses: dict[str, str] = {}
        self._figures: dict[str, str] = {}
        self._seen: set[str] = set()

    def learn(self, text: str, *, asked: bool = False) -> None:
        """Find who and what a text names; `asked` when it answers the question for a name."""
        said = tokens(text)
        self._seen.update(word.folded for word in said)
        heard = {one.quote: one.value for one in emails(text) if isinstance(one, SpokenEmail)}
        for said_so, meant in {**{written: written for written in _ADDRESS.findall(text)}, **heard}.items():
            self._addresses.setdefault(said_so.casefold(), meant.casefold())
        for name in names(text, asked=asked):
            self._learn_names(word.folded for word in tokens(name.quote))
        for spelt in _SPELT.findall(text):
            self._learn_names([_letters(spelt)])
        self._learn_names(word.folded for word in said if _is_proper(text, word.start, word.text))

    def __call__(self, value: Any) -> Any:
        """Mask every text in plain data; keys stay."""
        match value:
            case str():
                return "".join(self._parts(value))
            case Mapping():
                return {key: self(item) for key, item in value.items()}
            case [*items]:
                return [self(item) for item in items]
            case _:
                return value

    def _learn_names(self, found: Iterable[str]) -> None:
        for name in found:
            name = name.removesuffix(OWNS)
            if len(name) > 1 and name not in self._kept and any(letter.isalpha() for letter in name):
                self._names.setdefault(name, "")

    def _parts(self, text: str) -> Iterator[str]:
        done = 0
        for day in self._days(text):
            yield self._masked(text[done : day.start])
            yield day.words
            done = day.end
        yield self._masked(text[done:])

    def _masked(self, text: str) -> str:
        for address in sorted(self._addresses, key=len, reverse=True):
            text = re.sub(re.escape(address), lambda found: self._address(found[0]), text, flags=re.IGNORECASE)
        text = _SPELT.sub(lambda found: self._spelt(found[0]), text)
        for start, end, figures in reversed(figures_in(text)):
            text = text[:start] + invented_figures(text[start:end], self._number(figures)) + text[end:]
        said = reversed(tokens(text))
        for word in said:
            text = text[: word.start] + self._name(word.folded, word.text) + text[word.start + len(word.text) :]
        return text

    def _address(self, said: str) -> str:
        meant = list(dict.fromkeys(self._addresses.values()))
        place = meant.index(self._addresses[said.casefold()]) + 1
        return f"caller{place}@example.com" if "@" in said else f"caller {place} at example dot com"

    def _spelt(self, said: str) -> str:
        invented = self._name(_letters(said), "")
        return "-".join(invented.upper()) if invented else said

    def _number(self, figures: str) -> int:
        self._figures.setdefault(figures, "")
        return list(self._figures).index(figures)

    def _name(self, folded: str, said: str) -> str:
        """What stands for a word: an invented name for a real one, in the same case; else the word itself."""
        if folded.endswith(OWNS):
            return self._name(folded.removesuffix(OWNS), said[: -len(OWNS)]) + said[-len(OWNS) :]
        if folded not in self._names or (said.islower() and (is_word(folded) or is_everyday(folded))):
            return said
        free = [name for name in INVENTED if name.casefold() not in self._seen]
        place = list(self._names).index(folded)
        invented = free[place % len(free)] + "son" * (place // len(free))
        return invented.lower() if said.islower() else invented


def _letters(spelt: str) -> str:
    return "".join(letter for letter in spelt if letter.isalpha()).casefold()


def _is_proper(text: str, start: int, said: str) -> bool:
    """Whether a word is written as a name: with a capital that no beginning of a sentence explains."""
    if not said[:1].isupper() or (said.isupper() and len(said) > 1):
        return False
    opens = _OPENS.search(text[:start]) is not None
    ordinary = is_word(said.casefold()) or is_everyday(said.casefold())
    return not ordinary if opens else not is_everyday(said.casefold())
