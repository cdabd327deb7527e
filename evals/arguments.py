"""Whether the arguments of a call are the ones that were due."""

from collections.abc import Mapping
from typing import Any

from language.tokens import tokens


def same_arguments(given: Mapping[str, Any], due: Mapping[str, Any]) -> bool:
    """Compare by words, whatever their case and punctuation; every argument must be there and none besides.

    An argument that may be left out is null where it was.
    """
    given = {name: value for name, value in given.items() if value is not None}
    return given.keys() == due.keys() and all(same_value(given[name], value) for name, value in due.items())


def same_value(given: Any, due: Any) -> bool:
    """Compare one value; of an object only what is due is asked for."""
    match due, given:
        case {"any": [*texts]}, _:
            return any(same_value(given, text) for text in texts)
        case {"has": str(part)}, str():
            return has_words(given, part)
        case {**parts}, {**whole}:
            return all(name in whole and same_value(whole[name], part) for name, part in parts.items())
        case [*_], [*_]:
            return sorted(map(_plain, due)) == sorted(map(_plain, given))
        case str(), str():
            return _plain(due) == _plain(given)
        case _:
            return bool(due == given)


def has_words(text: str, part: str) -> bool:
    """Whether words stand in a text, in a row."""
    return f" {_plain(part)} " in f" {_plain(text)} "


def _plain(text: str) -> str:
    return " ".join(word.folded for word in tokens(text))
