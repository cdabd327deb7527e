"""What a played call shows: the dataset that was expected, and nothing that nobody said."""

from typing import Any

from cli.demo.call_sheet import TIMES
from cli.demo.play import Played
from domain.dataset import texts_in
from language.anchoring.anchors import Corpus, unanchored_arguments

ENUMS = frozenset({"category", "status"})


def invented(played: Played) -> list[str]:
    """Values of the dataset that stand neither in what was heard, nor in what was known before the call."""
    heard = [result["raw_text"] for result in played.results]
    cleaned = [result["cleaned_text"] for result in played.results]
    known = [*texts_in(played.first_dataset), *texts_in(played.call_context)]
    corpus = Corpus.of([*heard, *cleaned, *known])
    return [f"{value.path}: {value.text}" for value in unanchored_arguments(_timeless(played.dataset), corpus)]


def _timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _timeless(item) for key, item in value.items() if key not in TIMES | ENUMS}
    return [_timeless(item) for item in value] if isinstance(value, list) else value
