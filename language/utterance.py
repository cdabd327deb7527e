"""A text with what is read off it, each reading done once."""

from dataclasses import dataclass
from functools import cached_property

from language.negation import Negation, negations_of
from language.number_marks import MarkSpan, marks_of
from language.numbers import NumberSpan, numbers_of
from language.tokens import Token, tokens


@dataclass(frozen=True)
class Utterance:
    """A text and, as they are asked for, its tokens, numbers with their marks, and negations."""

    text: str

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """The tokens, in order."""
        return tokens(self.text)

    @cached_property
    def numbers(self) -> tuple[NumberSpan, ...]:
        """The numbers, in order."""
        return numbers_of(self.text, self.words)

    @cached_property
    def marks(self) -> tuple[MarkSpan, ...]:
        """The marks of the numbers, in order of the numbers."""
        return marks_of(self.text, self.numbers) if self.numbers else ()

    @cached_property
    def negations(self) -> tuple[Negation, ...]:
        """The negations, in order."""
        return negations_of(self.text, self.words)
