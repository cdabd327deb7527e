"""Sentences out of a stream of text, each as soon as it is surely complete."""

import re
from collections.abc import Iterator

_ABBREVIATIONS = frozenset(
    {"dr", "mr", "mrs", "ms", "prof", "st", "no", "vs", "approx", "dept", "ext", "jr", "sr", "inc", "ltd", "co", "fig"}
)
_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s)|\n+")
_LAST_WORD = re.compile(r"(\w+)[.]$")
_INNER_DOTS = re.compile(r"(?:^|\s)(?:\w\.)+$")


class SentenceStream:
    """One reply's text, pushed piece by piece."""

    def __init__(self) -> None:
        self._held = ""

    def push(self, piece: str) -> Iterator[str]:
        """Yield the sentences that the next piece completes."""
        self._held += piece
        start = 0
        for end in _END.finditer(self._held):
            if not _goes_on(self._held[start : end.end()]):
                if sentence := self._held[start : end.end()].strip():
                    yield sentence
                start = end.end()
        self._held = self._held[start:]

    def flush(self) -> Iterator[str]:
        """Yield what is left when the text has ended."""
        sentence, self._held = self._held.strip(), ""
        if sentence:
            yield sentence


def split_sentences(text: str) -> list[str]:
    """Split a whole text."""
    stream = SentenceStream()
    return [*stream.push(text), *stream.flush()]


def _goes_on(text: str) -> bool:
    """Tell whether the full stop at the end of `text` belongs to an abbreviation, an initial or a list's number."""
    text = text.rstrip()
    if not text.endswith("."):
        return False
    word = _LAST_WORD.search(text)
    if word is None:
        return False
    folded = word[1].casefold()
    is_initial = len(folded) == 1 and folded != "i"
    is_number = folded.isdigit() and text == word[0]
    return folded in _ABBREVIATIONS or is_initial or is_number or bool(_INNER_DOTS.search(text))
