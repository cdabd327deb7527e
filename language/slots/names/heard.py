"""A name out of several tries: said, said again, and then spelt, as agents ask for it."""

from collections.abc import Sequence

from language.slots.agreement import Heard, agreed, hearing, total_weights
from language.slots.names.given import SpokenName, names
from language.slots.spelling import letters_of
from language.tokens import tokens

_FITS = 0.6
_WEIGHT_OF_SOUND = 0.1
"""How much being heard before counts against fitting the letters."""
_SHORT = 3
_FLOOR = 0.3


def agreed_name(tries: Sequence[Sequence[str]]) -> SpokenName | None:
    """The full name that the last of some tries gives, None where the caller should be asked again.

    Each try is its hypotheses, best first. A try that spells chooses among the names heard before it; letters that fit
    none of them give no name.
    """
    if not tries or not tries[-1]:
        return None
    spelt = [letters for hypothesis in tries[-1] if (letters := letters_of(hypothesis))]
    if spelt and 2 * len(spelt) >= len(tries[-1]):
        return _chosen(tries[:-1], spelt)
    value = agreed(tries, _full_name, floor=_FLOOR)
    return _parsed(value) if value else None


def _full_name(hypothesis: str) -> Heard | None:
    found = names(hypothesis, asked=True)
    if len(found) != 1 or not (found[0].first and found[0].last):
        return None
    return Heard(f"{found[0].first} {found[0].last}", found[0].certain)


def _parsed(value: str) -> SpokenName:
    first, _, last = value.partition(" ")
    return SpokenName(first, last, value, 0, len(value))


def _chosen(earlier: Sequence[Sequence[str]], spelt: Sequence[str]) -> SpokenName | None:
    """Of the names heard before, the one that the letters spell best."""
    heard = total_weights([hearing(one, _full_name) for one in earlier])
    fits = {value: max(_fit(value, letters) for letters in spelt) for value in heard}
    likely = {value: fit + _WEIGHT_OF_SOUND * min(heard[value], 1.0) for value, fit in fits.items() if fit >= _FITS}
    return _parsed(max(likely, key=lambda value: likely[value])) if likely else None


def _fit(value: str, letters: str) -> float:
    """How well letters spell a name or its first part, from 0 to 1."""
    words = [word.folded for word in tokens(value)]
    whole, first = "".join(words), words[0]
    return max(_likeness(whole, letters), _likeness(first, letters) if len(letters) <= len(first) + _SHORT else 0.0)


def _likeness(name: str, letters: str) -> float:
    """One minus the edits between two spellings over the longer one's length."""
    row = list(range(len(letters) + 1))
    for place, ours in enumerate(name, 1):
        above, row = row, [place]
        for at, theirs in enumerate(letters):
            row.append(min(above[at] + (ours != theirs), above[at + 1] + 1, row[at] + 1))
    return 1 - row[-1] / max(len(name), len(letters), 1)
