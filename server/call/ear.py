"""What comes in on a line, cut into utterances."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import structlog

from domain.errors import ProviderError
from domain.sound import LineSound
from ports.voice_activity import ActivityLine
from speech.framing import RATE_HZ, Framer
from speech.line_sound import LineDecoder
from speech.resample import Resampler, Signal
from speech.turn_taking import SpeechEnded, SpeechEvent, TurnTaking

log = structlog.get_logger(__name__)

KEPT_SAMPLES = RATE_HZ
"""What is kept of the sound before anybody speaks: more than the beginning of an utterance will need."""


@dataclass(frozen=True)
class Utterance:
    """What somebody said without a longer pause, in the line's own sound."""

    data: bytes
    cut: bool


@dataclass(frozen=True)
class Frame:
    """A moment of the line, with a voice in it or not; `samples` at 8,000 Hz."""

    voiced: bool
    samples: int


Heard = Frame | Utterance


class Ear:
    """One line's sound, kept only as long as an utterance may need it."""

    def __init__(self, sound: LineSound, activity: ActivityLine, frame_samples: int) -> None:
        self._activity = activity
        self._decoder = LineDecoder(sound)
        self._resampler = Resampler(sound.rate_hz, RATE_HZ)
        self._framer = Framer(frame_samples)
        self._turns = TurnTaking()
        self._bytes_a_sample = sound.rate_hz * sound.sample_bytes // RATE_HZ
        self._kept = bytearray()
        self._kept_from = 0

    @property
    def hears_speech(self) -> bool:
        """True between the beginning and the end of an utterance."""
        return self._turns.speaking

    async def hear(self, data: bytes, hold_seconds: float) -> AsyncIterator[Heard]:
        """Take the next bytes; `hold_seconds` of silence end an utterance."""
        self._turns.hold = hold_seconds
        self._kept += data
        samples = self._resampler.push(self._decoder.push(data))
        for frame in self._framer.push(samples):
            events = self._turns.push(frame, await self._probability(frame))
            yield Frame(self._turns.voiced, len(frame))
            for utterance in self._ended(events):
                yield utterance
            if not self._turns.speaking:
                self._forget(self._turns.now - KEPT_SAMPLES)

    async def _probability(self, frame: Signal) -> float:
        """Ask the detector; a frame of which it cannot tell counts as silence, for every frame is counted."""
        try:
            return await self._activity.probability(frame)
        except ProviderError as error:
            log.warning("activity_not_heard", provider=error.provider, fault=error.fault.value)
            return 0.0

    def finish(self) -> list[Utterance]:
        """End the line: return the utterance that is under way, if one is."""
        return self._ended(self._turns.finish())

    def _ended(self, events: list[SpeechEvent]) -> list[Utterance]:
        return [self._cut_out(event) for event in events if isinstance(event, SpeechEnded)]

    def _cut_out(self, ended: SpeechEnded) -> Utterance:
        data = bytes(self._kept[self._place(ended.at_sample) : self._place(ended.end_sample)])
        self._forget(ended.end_sample)
        return Utterance(data, ended.cut)

    def _forget(self, before: int) -> None:
        """Let go of what lies before a sample: no utterance will begin there."""
        if before > self._kept_from:
            del self._kept[: self._place(before)]
            self._kept_from = before

    def _place(self, sample: int) -> int:
        return max(0, sample - self._kept_from) * self._bytes_a_sample
