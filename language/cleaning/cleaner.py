"""The built-in cleaner: what the caller meant to say, without a model and without a network."""

from collections.abc import Sequence
from dataclasses import dataclass

from language.cleaning.corrections import cut_corrections
from language.cleaning.disfluency import cut_disfluencies
from language.cleaning.draft import Draft, Edit
from language.cleaning.spellings import mend_spellings
from language.cleaning.terms import repair_terms

__all__ = ["Cleaned", "Edit", "clean"]


@dataclass(frozen=True)
class Cleaned:
    """What was meant, and every change that led there."""

    text: str
    edits: tuple[Edit, ...] = ()


def clean(
    text: str,
    terms: Sequence[str] = (),
    history: Sequence[str] = (),
    alternatives: Sequence[str] = (),
) -> Cleaned:
    """Remove fillers, repeats and corrected words; mend spellings and words that sound like a term of the call.

    `terms` are the call context's own terms, `history` earlier cleaned turns, oldest first,
    `alternatives` the recogniser's other readings of the same words.
    """
    draft = Draft(text)
    if not draft.words:
        return Cleaned(text)
    cut_disfluencies(draft)
    cut_corrections(draft)
    mend_spellings(draft)
    repair_terms(draft, terms, history, alternatives)
    return Cleaned(draft.rendered(), draft.edits())
