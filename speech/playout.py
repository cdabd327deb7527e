"""What was sent to a line, and what of it has certainly been played: the truth about what was heard.

After each sentence goes a mark, which the other side sends back when it has played all that came before it. A clear
throws away what was not played and sends its marks back too: those prove nothing. So a sentence counts as heard only
when its mark, or a later one, came back before anything was cleared. Marks may be lost, repeated or late.
"""

from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """A part of a turn's words that is played as one piece; `n` counts from 0 within its turn."""

    turn_id: str
    n: int
    text: str


class Playout:
    """One line's sentences in the order in which they were sent."""

    def __init__(self) -> None:
        self._sent: deque[tuple[str, Sentence, float]] = deque()
        self._number = 0
        self._sounded = 0.0
        self._known = 0.0

    @property
    def waiting(self) -> bool:
        """True while something was sent of which nobody knows yet that it was heard."""
        return bool(self._sent)

    @property
    def seconds(self) -> float:
        """How much sound was sent of which nobody knows yet that it was heard."""
        return self._sounded - self._known

    def sounded(self, seconds: float) -> None:
        """Note that so much sound of the next sentence has been sent."""
        self._sounded += seconds

    def sent(self, sentence: Sentence) -> str:
        """Note that a sentence has been sent whole; returns the name of the mark to send after it."""
        self._number += 1
        mark = f"s{self._number}"
        self._sent.append((mark, sentence, self._sounded))
        return mark

    def played(self, mark: str) -> list[Sentence]:
        """Take a mark that came back; returns the sentences that it proves to have been heard, in order."""
        if all(known != mark for known, _, _ in self._sent):
            return []
        heard: list[Sentence] = []
        while self._sent:
            known, sentence, self._known = self._sent.popleft()
            heard.append(sentence)
            if known == mark:
                break
        return heard

    def cleared(self) -> list[Sentence]:
        """Forget what was sent and is not proven, since it is thrown away; returns it, in order."""
        lost = [sentence for _, sentence, _ in self._sent]
        self._sent.clear()
        self._known = self._sounded
        return lost
