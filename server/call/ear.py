"""What comes in on a line, cut into utterances."""

from collections.abc import Sequence
from typing import NamedTuple

import structlog

from domain.errors import ProviderError
from domain.sound import LineSound
from ports.voice_activity import ActivityLine
from speech.framing import RATE_HZ
from speech.line_sound import LineDecoder
from speech.resample import Resampler
from speech.turn_taking import SpeechEnded, SpeechEvent, TurnTaking

log = structlog.get_logger(__name__)

KEPT_SAMPLES = RATE_HZ
"""What is kept of the sound before anybody speaks: more than the beginning of an utterance will need."""
LULL_SAMPLES = RATE_HZ * 96 // 1_000
"""So much silence belongs to an utterance; what comes after it, until the utterance is known to be over, does not."""


class Utterance(NamedTuple):
    """What somebody said without a longer pause, in the line's own sound."""

    data: bytes
    cut: bool


class Frame(NamedTuple):
    """A moment of the line, with a voice in it or not; `samples` at 8,000 Hz.

    `utterance` is what has become whole with it. `lull` is what has been said so far, where the voice has just been
    silent for so long that it may be over: exactly that is the utterance, unless the voice comes again.
    """

    voiced: bool
    samples: int
    utterance: Utterance | None = None
    lull: bytes | None = None


class Ear:
    """One line's sound, kept as it came and only as long as an utterance may need it.

    `take` every chunk, and `hear` as long as a frame is whole. Nothing is decoded before that.
    """

    def __init__(self, sound: LineSound, activity: ActivityLine, frame_samples: int) -> None:
        self._activity = activity
        self._decoder = LineDecoder(sound)
        self._resampler = Resampler(sound.rate_hz, RATE_HZ)
        self._turns = TurnTaking()
        self._bytes_a_sample = sound.rate_hz * sound.sample_bytes // RATE_HZ
        self._frame_samples = frame_samples
        self._frame_bytes = frame_samples * self._bytes_a_sample
        self._unheard = 0
        self._kept = bytearray()
        self._kept_from = 0
        self._lull_end: int | None = None

    @property
    def hears_speech(self) -> bool:
        """True between the beginning and the end of an utterance."""
        return self._turns.speaking

    @property
    def hears_silence(self) -> bool:
        """True while the voice is silent inside an utterance, which may be over."""
        return self._turns.silence > 0

    def take(self, data: bytes) -> bool:
        """Take the next bytes, any number of them; True when a frame is whole."""
        self._kept += data
        self._unheard += len(data)
        return self.has_frame

    @property
    def has_frame(self) -> bool:
        """True while a whole frame waits to be heard."""
        return self._unheard >= self._frame_bytes

    def hold(self, seconds: float) -> None:
        """Have so many seconds of silence end an utterance, from now on."""
        self._turns.hold = seconds

    async def hear(self) -> Frame:
        """Hear the next frame; there has to be one."""
        self._unheard -= self._frame_bytes
        sound = self._resampler.push(self._decoder.push(self._bytes(self._turns.now, self._frame_samples)))
        try:
            probability = await self._activity.probability(sound)
        except ProviderError as error:  # a frame of which it cannot tell counts as silence, for every frame is counted
            log.warning("activity_not_heard", provider=error.provider, fault=error.fault.value)
            probability = 0.0
        utterance = self._ended(self._turns.push(sound, probability))
        lull = None if utterance else self._lull()
        if not self._turns.speaking:
            self._forget(self._turns.now - KEPT_SAMPLES)
        return Frame(self._turns.voiced, len(sound), utterance, lull)

    def finish(self) -> Utterance | None:
        """End the line: return the utterance that is under way, if one is."""
        return self._ended(self._turns.finish())

    def _lull(self) -> bytes | None:
        """Return what has been said, once in each silence that is long enough for it."""
        if self._turns.silence < LULL_SAMPLES:
            self._lull_end = None
        elif self._lull_end is None:
            self._lull_end = self._turns.now
            return self._bytes(self._turns.began, self._turns.now - self._turns.began)
        return None

    def _ended(self, events: Sequence[SpeechEvent]) -> Utterance | None:
        return next((self._cut_out(event) for event in events if isinstance(event, SpeechEnded)), None)

    def _cut_out(self, ended: SpeechEnded) -> Utterance:
        end = self._lull_end or ended.end_sample
        self._lull_end = None
        data = self._bytes(ended.at_sample, end - ended.at_sample)
        self._forget(ended.end_sample)
        return Utterance(data, ended.cut)

    def _bytes(self, sample: int, count: int) -> bytes:
        return bytes(self._kept[self._place(sample) : self._place(sample + count)])

    def _forget(self, before: int) -> None:
        """Let go of what lies before a sample: no utterance will begin there."""
        if before > self._kept_from:
            del self._kept[: self._place(before)]
            self._kept_from = before

    def _place(self, sample: int) -> int:
        return max(0, sample - self._kept_from) * self._bytes_a_sample
