"""The name that a caller gives: "my name is Priya Sharma", "this is Tom calling", "it's Priya, P R I Y A"."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from language.cleaning.disfluency import FILLERS
from language.everyday import is_everyday
from language.slots.dates.calendar import DAY_NAMES
from language.slots.names.corrected import TAKES_BACK, as_corrected
from language.slots.names.cues import AFTER, BOOKING, CLOSING, COMMENT, CUES, OPENING, TITLE, Cue, Part, is_of_another
from language.slots.names.reading import LONGEST, SpokenName, is_lettered, name_from, named
from language.slots.names.spelt import as_known, respelt, spelt_out
from language.slots.names.words import REPLIES
from language.slots.spelling import NATO, spellings
from language.slots.words import plain, requoted
from language.tokens import Token, tokens
from language.words import is_word

__all__ = ["SpokenName", "names"]


def names(text: str, *, asked: bool = False, known: Collection[str] = ()) -> tuple[SpokenName, ...]:
    """Find the names that the caller gives, in order; never one out of plain words unless a name was `asked` for.

    Letters that are spelt win over the word that was heard. `known` are full names of the register: what sounds like
    one of them is spelt as it is.
    """
    said = plain(text)
    words = tokens(said)
    found = list(_merged(_announced(said, words)))
    if asked and not found:
        found = list(_answer(said, words))
    found = list(as_corrected(said, words, found))
    letters = [one for one in spellings(said) if any(mark.isalpha() for mark in one.letters)]
    given = list(respelt(found, letters, said)) if found or not asked else list(spelt_out(letters))
    return tuple(requoted(text, [as_known(one, known) for one in given]))


def _announced(said: str, words: Sequence[Token]) -> Iterator[tuple[SpokenName, Part]]:
    """Names that the words around them announce, each with the part of the name that was announced."""
    cues = _cues(said)
    taken = 0
    for place, word in enumerate(words):
        if word.start < taken:
            continue
        cue = cues.get(word.start)
        run = _after_cue(said, words, place, cue) if cue else _before_cue(said, words, place)
        if run and not is_of_another(said, run[0].start, run[-1].end):
            taken = run[-1].end
            yield named(said, run, certain=not _is_plain(run[0])), cue.part if cue else Part.ANY


def _cues(said: str) -> dict[int, Cue]:
    """The most telling cue before each place where a word begins."""
    found: dict[int, Cue] = {}
    for cue in CUES if BOOKING.search(said) else tuple(cue for cue in CUES if cue.part is not Part.WHOLE):
        for match in cue.pattern.finditer(said):
            end = match.end()
            found.setdefault(end + len(said[end:]) - len(said[end:].lstrip(" ")), cue)
    return found


def _after_cue(said: str, words: Sequence[Token], place: int, cue: Cue) -> list[Token]:
    run = name_from(said, words, place, plain_too=cue.strong)
    if len(run) > 1 or (run and AFTER.match(said, run[-1].end)):
        return run
    lone = cue.lone or any(word.text[0].isupper() for word in run)
    return run if lone and cue.part is not Part.WHOLE else []


def _before_cue(said: str, words: Sequence[Token], place: int) -> list[Token]:
    """A name from a place on that a title before it or words after it tell: "Mrs Rao", "John Smith here"."""
    run = name_from(said, words, place, plain_too=words[place].text[0].isupper())
    told = run and (AFTER.match(said, run[-1].end) or TITLE.search(said, 0, words[place].start))
    return run if told else []


def _merged(found: Iterable[tuple[SpokenName, Part]]) -> Iterator[SpokenName]:
    """Names with "first name X" and "last name Y" put together."""
    waiting: SpokenName | None = None
    for name, part in found:
        one = SpokenName(None, name.first, name.quote, name.start, name.end) if part is Part.LAST else name
        if waiting and part in {Part.FIRST, Part.LAST} and (waiting.first is None) != (one.first is None):
            waiting = replace(waiting, first=waiting.first or one.first, last=waiting.last or one.last)
            continue
        if waiting:
            yield waiting
        waiting = one
    if waiting:
        yield waiting


def _answer(said: str, words: Sequence[Token]) -> Iterator[SpokenName]:
    """A name that is the whole answer to a question after it, or stands at its head with a comma after it."""
    opening, closing = OPENING.match(said), CLOSING.search(said)
    start, end = opening.end() if opening else 0, closing.start() if closing else len(said)
    corrected = TAKES_BACK.search(said, start, end)
    end = corrected.start() if corrected else end
    run = [word for word in words if start <= word.start and word.end <= end]
    run = _head(said, words, run) or run
    if not 1 <= len(run) <= LONGEST or not all(_may_answer(word) for word in run):
        return
    if NATO.keys() >= {word.folded for word in run} or (COMMENT.match(said) and all(map(_is_plain, run))):
        return
    certain = not any(map(_is_plain, run[:2])) and not (len(run) == 1 and is_everyday(run[0].folded))
    yield named(said, run, certain=certain)


def _head(said: str, words: Sequence[Token], run: Sequence[Token]) -> list[Token]:
    """The name at the head of "Priya Sharma, for tomorrow" and of "Rita, Rita Bell"; nothing where there is none."""
    head = name_from(said, words, words.index(run[0]), plain_too=True) if run else []
    apart = 0 < len(head) < len(run) and said[head[-1].end] in ",.;"
    whole = len(head) > 1 or (apart and run[1].folded == head[0].folded)
    return head if apart and whole and not is_everyday(head[0].folded) else []


def _may_answer(word: Token) -> bool:
    return is_lettered(word) and word.folded not in REPLIES | FILLERS and word.text.capitalize() not in DAY_NAMES


def _is_plain(word: Token) -> bool:
    return is_word(word.folded) and not word.text[0].isupper()
