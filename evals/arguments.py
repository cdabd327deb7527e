"""Whether the arguments of a call are the ones that were due."""

from collections.abc import Mapping
from typing import Any

from language.tokens import tokens


def same_arguments(given: Mapping[str, Any], due: Mapping[str, Any]) -> bool:
    """Compare by words, whatever their case and punctuation; every argument must be there and none besides.

    An argument that may be left out is null where it was.
    """
    given = {name: value for name, value in given.items() if value is not None}
    return given.keys() == due.keys() and all(_same(given[name], value) for name, value in due.items())


def _same(given: Any, due: Any) -> bool:
    match due, given:
        case {"any": [*texts]}, _:
            return any(_same(given, text) for text in texts)
        case {"has": str(part)}, str():
            return f" {_plain(part)} " in f" {_plain(given)} "
        case [*_], [*_]:
            return sorted(map(_plain, due)) == sorted(map(_plain, given))
        case str(), str():
            return _plain(due) == _plain(given)
        case _:
            return bool(due == given)


def _plain(text: str) -> str:
    return " ".join(word.folded for word in tokens(text))
