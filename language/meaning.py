"""Whether two texts say the same thing."""

from language.cleaning.disfluency import cut_disfluencies
from language.cleaning.draft import Draft


def same_meaning(a: str, b: str) -> bool:
    """Whether two texts say the same but for case, punctuation, fillers and repeats.

    A resolved self-correction is a difference: what was taken back could have been believed.
    """
    return a == b or _fluent(a) == _fluent(b)


def _fluent(text: str) -> tuple[str, ...]:
    draft = Draft(text)
    cut_disfluencies(draft)
    return tuple(draft.words[index].folded for index in draft.left())
