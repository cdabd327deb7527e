"""Who speaks when on one line: frames and their probability of speech in, utterances out. No clock but the samples."""

from collections import deque
from dataclasses import dataclass

import numpy as np

from speech.framing import RATE_HZ
from speech.resample import Signal

ON, OFF = 0.7, 0.5
"""Probabilities from which a voice counts as there, and below which it counts as gone."""


@dataclass(frozen=True)
class SpeechStarted:
    """Somebody speaks; `at_sample` counts from the beginning of the line to where the voice came."""

    at_sample: int


@dataclass(frozen=True, eq=False)
class SpeechEnded:
    """An utterance is whole.

    `samples` begin at `at_sample`, up to 200 ms before the voice, and run to the present; the voice went silent at
    `voice_end`. With `cut` the speaker goes on: the utterance grew too long, and the next begins where it ends.
    """

    samples: Signal
    at_sample: int
    voice_end: int
    cut: bool = False

    @property
    def end_sample(self) -> int:
        """Where the utterance ends, the silence after it included."""
        return self.at_sample + len(self.samples)


SpeechEvent = SpeechStarted | SpeechEnded


@dataclass(frozen=True)
class TurnRules:
    """How probabilities become turns; lengths in samples at 8,000 Hz."""

    on: float = ON
    off: float = OFF
    pre_roll: int = RATE_HZ // 5
    """How much of the sound before a voice belongs to its utterance."""
    onset: int = RATE_HZ * 96 // 1_000
    """How long a voice has to last to be one: a click is shorter."""
    longest: int = 60 * RATE_HZ


class TurnTaking:
    """One line's turns: push every frame with its probability.

    A turn ends when the voice has been silent for `hold` seconds, which may be set at any time.
    """

    def __init__(self, hold: float = 0.6, rules: TurnRules | None = None) -> None:
        self.hold = hold
        self._rules = rules or TurnRules()
        self._now = 0
        self._frames: deque[Signal] = deque()
        self._begin = 0
        self._voiced = False
        self._onset_at = 0
        self._voice_end: int | None = None
        self._announced = False

    @property
    def now(self) -> int:
        """Samples of the line so far."""
        return self._now

    @property
    def speaking(self) -> bool:
        """Whether an utterance has begun and not ended."""
        return self._voice_end is not None and self._announced

    @property
    def began(self) -> int:
        """Where the utterance that is under way begins, or the next one may, in samples of the line."""
        return self._begin

    @property
    def silence(self) -> int:
        """For how many samples the voice has been silent inside an utterance that may go on."""
        return self._now - self._voice_end if self._voice_end is not None and self._announced else 0

    @property
    def voiced(self) -> bool:
        """Whether the last frame held a voice, long enough to be one or not."""
        return self._voiced

    def push(self, frame: Signal, probability: float) -> list[SpeechEvent]:
        """Take the next frame, mono at 8,000 Hz and of any length, and return what it brings about, in order.

        A probability that is no number counts as silence.
        """
        self._frames.append(frame)
        was_voiced, start = self._voiced, self._now
        self._now += len(frame)
        self._voiced = probability >= (self._rules.off if was_voiced else self._rules.on)
        if self._voiced and not was_voiced:
            self._onset_at = start
        if self._voice_end is None:
            return self._listen()
        return self._go_on(self._voice_end)

    def finish(self) -> list[SpeechEvent]:
        """End the line: return the utterance that is under way, if one is."""
        return [] if self._voice_end is None else self._end(self._voice_end)

    def _listen(self) -> list[SpeechEvent]:
        """Wait for a voice, keeping no more sound than its utterance will need."""
        lasted = self._now - self._onset_at if self._voiced else 0
        self._drop_until(self._now - lasted - self._rules.pre_roll)
        if not self._voiced or lasted < self._rules.onset:
            return []
        self._voice_end, self._announced = self._now, True
        return [SpeechStarted(self._onset_at)]

    def _drop_until(self, sample: int) -> None:
        """Forget the sound before a sample of the line."""
        while self._frames and self._begin + len(self._frames[0]) <= sample:
            self._begin += len(self._frames.popleft())
        if self._begin < sample:
            self._frames[0] = self._frames[0][sample - self._begin :]
            self._begin = sample

    def _go_on(self, voice_end: int) -> list[SpeechEvent]:
        """Let the utterance grow until silence or its greatest length ends it."""
        events: list[SpeechEvent] = []
        if self._voiced:
            voice_end = self._voice_end = self._now
            events += [] if self._announced else [SpeechStarted(self._begin)]
            self._announced = True
        if self._now - voice_end >= max(self.hold * RATE_HZ, 1):
            return events + self._end(voice_end)
        if self._now - self._begin >= self._rules.longest:
            return events + self._end(voice_end, cut=self._voiced)
        return events

    def _end(self, voice_end: int, *, cut: bool = False) -> list[SpeechEvent]:
        """End the utterance; after a cut the next one has begun, and is announced once the voice is heard in it."""
        ended = SpeechEnded(np.concatenate(self._frames), self._begin, voice_end, cut) if self._announced else None
        self._frames.clear()
        self._begin, self._announced = self._now, False
        self._voice_end = self._now if cut else None
        return [ended] if ended else []
