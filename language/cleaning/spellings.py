"""What a recogniser spelt by rule, as people write it: "fiveth" is fifth, "fivepm" five pm, "non stop" nonstop."""

from itertools import pairwise

from language.cleaning.draft import Draft
from language.number_words import WORDS
from language.word_classes import NUMBERS, ORDINALS
from language.words import is_word

_HALVES_OF_DAY = ("am", "pm")
_PREFIX = "non"
"""No word by itself."""
_ORDINAL_OF = {WORDS[word].value: word for word in ORDINALS}


def mend_spellings(draft: Draft) -> None:
    """Respell ordinals, set times apart from their half of the day, and join what is one word."""
    left = draft.left()
    for index in left:
        heard = draft.words[index].folded
        word = _respelt(heard)
        if word != heard:
            draft.replace(index, index + 1, word, "spelling")
    for index, following in pairwise(left):
        word = draft.words[index].folded + draft.words[following].folded
        apart = following == index + 1 and draft.gap(following) == " "
        if apart and draft.words[index].folded == _PREFIX and is_word(word):
            draft.replace(index, following + 1, word, "spelling")


def _respelt(folded: str) -> str:
    """The word, or what people write for a number word with the ending of a figure."""
    number = folded[:-2]
    if number not in NUMBERS:
        return folded
    if folded.endswith(_HALVES_OF_DAY):
        return f"{number} {folded[-2:]}"
    return _ORDINAL_OF.get(WORDS[folded].value, folded) if folded in WORDS else folded
