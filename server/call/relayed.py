"""Words that are spoken elsewhere, and how much of them is known to have been heard.

Whoever speaks them may tell what was played, and tells what was heard when the caller interrupts. Where nothing is
told, an answer proves what came before it: words over ours would have been an interruption, so what was sent before
the caller began to speak had been played by then.
"""

from dataclasses import dataclass
from itertools import takewhile

from language.tokens import Token, tokens
from speech.playout import Sentence

SECONDS_A_WORD = 0.5
"""A slow speaker's word."""
SETTLING_SECONDS = 1.5
"""Between a caller's last word and its arrival as text, and between text of ours and its first sound."""


@dataclass(frozen=True)
class _Sent:
    """A sentence, the number of its first word in the call, and when it was sent."""

    sentence: Sentence
    words: tuple[Token, ...]
    first: int
    at: float

    @property
    def end(self) -> int:
        return self.first + len(self.words)


class RelayedWords:
    """One call's words, in the order in which they were sent; times in seconds of any steady clock."""

    def __init__(self) -> None:
        self._sent: list[_Sent] = []
        self._words: list[str] = []
        self._heard = 0
        self._proven = 0
        self._told = False

    @property
    def waiting(self) -> bool:
        """True while something was sent of which nobody knows yet that it was heard."""
        return self._proven < len(self._sent)

    def sent(self, sentence: Sentence, now: float) -> None:
        """Note a sentence that is sent."""
        sent = _Sent(sentence, tokens(sentence.text), len(self._words), now)
        self._sent.append(sent)
        self._words += [word.folded for word in sent.words]

    def played(self, text: str) -> list[Sentence]:
        """Take words that were played: those since the last report, or all of an answer so far."""
        self._told = True
        words = _folded(text)
        for start in self._starts():
            if words and self._words[start : start + len(words)] == words and start + len(words) > self._heard:
                self._heard = start + len(words)
                break
        return self._newly_proven()

    def answered(self, text: str, now: float) -> list[Sentence]:
        """Take a caller's words that were no interruption."""
        if self._told:
            return []
        began = now - SECONDS_A_WORD * len(_folded(text)) - SETTLING_SECONDS
        self._heard = max([self._heard, *(sent.end for sent in self._sent if sent.at <= began)])
        return self._newly_proven()

    def interrupted(self, text: str) -> tuple[list[Sentence], Sentence | None]:
        """Take what was heard before the caller spoke over us; the rest will not be said.

        Returns:
            Sentences that were heard whole, and what was heard of the next one.
        """
        words = _folded(text)
        lengths = {start: self._match(start, words) for start in self._starts()}
        start = max(lengths, key=lambda at: lengths[at], default=self._heard)
        if lengths.get(start):
            self._heard = max(self._heard, start + lengths[start])
        whole, part = self._newly_proven(), self._part()
        del self._sent[self._proven :]
        del self._words[self._sent[-1].end if self._sent else 0 :]
        self._heard = len(self._words)
        return whole, part

    def seconds_left(self, now: float) -> float:
        """How long it may take at most until all has been heard."""
        if not self.waiting:
            return 0.0
        first = self._sent[self._proven].at
        return max(0.0, first + SECONDS_A_WORD * (len(self._words) - self._heard) + SETTLING_SECONDS - now)

    def _starts(self) -> list[int]:
        """Where a report may begin: where the last one ended, or at a sentence, the newest first."""
        return [self._heard, *(sent.first for sent in reversed(self._sent))]

    def _match(self, start: int, words: list[str]) -> int:
        """How many of the words stand there."""
        pairs = zip(self._words[start:], words, strict=False)
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    def _newly_proven(self) -> list[Sentence]:
        known = self._proven
        while self._proven < len(self._sent) and self._sent[self._proven].end <= self._heard:
            self._proven += 1
        return [sent.sentence for sent in self._sent[known : self._proven]]

    def _part(self) -> Sentence | None:
        """What was heard of a sentence that was not heard whole."""
        if not self.waiting or self._heard <= (sent := self._sent[self._proven]).first:
            return None
        last = sent.words[self._heard - sent.first - 1]
        return Sentence(sent.sentence.turn_id, sent.sentence.n, sent.sentence.text[: last.end])


def _folded(text: str) -> list[str]:
    return [word.folded for word in tokens(text)]
