"""What of a model's answer can be stored: no more than a measure, and nothing that no row holds."""

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any, NamedTuple

_LARGEST = 2**63
_UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")


class Measure(NamedTuple):
    """How much of a value is taken: letters of a text, items of a list or object, levels of them in each other."""

    letters: int = 20_000
    items: int = 256
    levels: int = 16

    @property
    def below(self) -> "Measure":
        """The measure of what lies in a value."""
        return self._replace(levels=self.levels - 1)


KEPT = Measure()
"""How much of a value is kept: more than any speech holds."""


def storable(value: Any, measure: Measure = KEPT) -> Any:
    """Leave out what no row can hold, at any depth, and what is beyond the measure.

    No row holds NUL characters, half surrogate pairs and numbers that are none.
    """
    match value:
        case str():
            return _UNSTORABLE.sub("", value[: measure.letters])
        case int() | float():
            return value if abs(value) < _LARGEST else None
        case Mapping() if measure.levels:
            items = islice(value.items(), measure.items)
            return {storable(key, measure): storable(item, measure.below) for key, item in items}
        case list() | tuple() if measure.levels:
            return [storable(item, measure.below) for item in value[: measure.items]]
    return None
