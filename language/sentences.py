"""Sentences out of a stream of text, each as soon as it is surely complete.

Whether a full stop ends a sentence shows only in what follows it, so the stream waits for the next letter; the end of
the text, or of a line, ends what was begun.
"""

import re
from collections.abc import Iterator

from language.tokens import word_set

_TITLES = word_set("dr mr mrs ms mx prof rev sr sra st vs messrs capt lt col gen e.g i.e cf")
"""A name or another word always follows."""
_COUNTED = word_set("no nos ext fig approx dept tel ref art sec vol p pp max min ca")
"""A number follows; before anything else they are words ("No. I can't.")."""
_CLOSING = word_set("a.m p.m etc inc ltd co jr sr corp plc approx dept u.s u.k b.sc m.d ph.d")
"""They may end a sentence: then a capital follows."""
_LETTERED = word_set(
    "vitamin plan option letter type hepatitis room block gate ward unit floor level grade class group section wing "
    "platform terminal line bay zone hall tower or and"
)
"""After these a single letter is a word of its own, and no initial."""

_MARKS = r"[\"'”’)\]*_`]"
_END = re.compile(rf"[.!?…।॥؟]+{_MARKS}*\s+(?=\S)|[。！？]+{_MARKS}*|\s*\n\s*")
_LAST_WORD = re.compile(r"(?:^|[\s(\"“*_/-])[‘']?([^\s(\"“*_/-]+)\.$")
_BEFORE_IT = re.compile(r"(\w+)\s+\S+$")
_NUMBER_OF_A_LIST = re.compile(r"\d{1,2}\.")
_OPENING = "\"'“‘([*_`¿¡"
_CLAUSE = re.compile(r"[;:–—,]\s+(?=\S)")
_FEWEST_WORDS = 6
"""A clause that is given away before its sentence has at least so many words."""


class SentenceStream:
    """One reply's text, pushed piece by piece.

    With `long_words`, an opening sentence that grows longer than so many words is given in two parts, the first up to
    the end of a clause, so that there is something to say early. Joined by spaces the parts are the text again.
    """

    def __init__(self, long_words: int | None = None) -> None:
        self._held = ""
        self._opening = ""
        """What was given of a sentence that is not complete yet."""
        self._long_words = long_words

    def push(self, piece: str) -> Iterator[str]:
        """Yield the sentences that the next piece completes."""
        self._held += piece
        start = 0
        for end in _END.finditer(self._held):
            if not self._held[end.end() :].strip(_OPENING) and "\n" not in end.group():
                break
            sentence = self._opening + self._held[start : end.end()].strip()
            if "\n" not in end.group() and _goes_on(sentence, self._held[end.end() :]):
                continue
            yield from self._given(self._held[start : end.end()])
            start = end.end()
        self._held = self._held[start:]
        if clause := self._first_clause(self._held.lstrip()):
            self._held, self._opening = self._held.lstrip()[len(clause) :].lstrip(), f"{clause} "
            yield clause

    def flush(self) -> Iterator[str]:
        """Yield what is left when the text has ended."""
        yield from self._given(self._held)
        self._held = ""

    def _given(self, sentence: str) -> Iterator[str]:
        """Yield a complete sentence, by its clauses if it is a long opening one."""
        rest, self._opening = sentence.strip(), ""
        if clause := self._first_clause(rest):
            yield clause
            rest = rest[len(clause) :].lstrip()
        if rest:
            self._long_words = None
            yield rest

    def _first_clause(self, text: str) -> str | None:
        """Take the opening clauses of a sentence that has become long: the same ones however the text came in."""
        if self._long_words is None or len(text.split()) <= self._long_words:
            return None
        clauses = [text[: found.end()].rstrip() for found in _CLAUSE.finditer(text)]
        early = [clause for clause in clauses if _FEWEST_WORDS <= len(clause.split()) <= self._long_words]
        late = [clause for clause in clauses if len(clause.split()) > max(self._long_words, _FEWEST_WORDS - 1)]
        clause = next(iter(early[-1:] or late[:1]), None)
        if clause is not None:
            self._long_words = None
        return clause


def split_sentences(text: str) -> list[str]:
    """Split a whole text."""
    stream = SentenceStream()
    return [*stream.push(text), *stream.flush()]


def _goes_on(text: str, rest: str) -> bool:
    """Tell whether the sentence goes on after `text`, whose last mark might have ended it, with `rest`."""
    following = rest.lstrip(_OPENING)[:1]
    if following.islower():
        return True
    text = text.rstrip("\"'”’)]*_`")
    word = _LAST_WORD.search(text)
    if word is None:
        return False
    return _NUMBER_OF_A_LIST.fullmatch(text.lstrip(_OPENING)) is not None or _shortens(word[1], text, following)


def _shortens(word: str, text: str, following: str) -> bool:
    """Tell whether a word with a full stop after it is an abbreviation or an initial, and no sentence's last word."""
    folded = word.casefold()
    if folded in _COUNTED:
        return following.isdigit()
    if folded in _CLOSING:
        return not following.isupper()
    if len(word) == 1 and word.isalpha():
        before = _BEFORE_IT.search(text)
        return word != "I" and not (before and before[1].casefold() in _LETTERED)
    return folded in _TITLES or ("." in folded and all(len(part) == 1 for part in folded.split(".")))
