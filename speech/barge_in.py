"""Whether a voice that comes while we speak interrupts us. From voiced frames and words; no clock of its own."""

from enum import StrEnum

from speech.framing import RATE_HZ


class Verdict(StrEnum):
    """What to do about a voice in our speech."""

    INTERRUPT = "interrupt"
    """Stop speaking: this is meant for us."""
    IGNORE = "ignore"
    """Speak on: it was a noise, or a sign of listening."""
    RESUME = "resume"
    """We stopped for nothing: say the rest."""


class Words(StrEnum):
    """What a recogniser's words amount to."""

    NONE = "none"
    BACK_CHANNEL = "back-channel"
    REAL = "real"


class _State(StrEnum):
    QUIET = "quiet"
    BURST = "burst"
    INTERRUPTED = "interrupted"
    CONFIRMED = "confirmed"


_SURE = RATE_HZ * 600 // 1_000
_GAP = RATE_HZ * 300 // 1_000
_PATIENCE = 2 * RATE_HZ


class BargeIn:
    """One reply of ours and the voice that comes into it; lengths in samples at 8,000 Hz.

    A voice of more than `sure` samples interrupts, and so do real words of whatever length. A shorter burst waits for
    its words; pauses of up to `gap` samples are inside it. Interrupted, with no real words `patience` samples after
    the voice went silent, we resume; a recogniser at work on them is waited for. Begin a new one with every reply;
    after RESUME the same one goes on.
    """

    def __init__(self, sure: int = _SURE, gap: int = _GAP, patience: int = _PATIENCE) -> None:
        self._sure = sure
        self._gap = gap
        self._patience = patience
        self._state = _State.QUIET
        self._voiced = 0
        self._silent = 0
        self._awaited = 0

    @property
    def interrupted(self) -> bool:
        """Whether our speech has been stopped and not resumed."""
        return self._state in {_State.INTERRUPTED, _State.CONFIRMED}

    def frame(self, voiced: bool, samples: int) -> Verdict | None:
        """Take the next `samples` samples of the line, with a voice in them or not."""
        if voiced:
            return self._on_voice(samples)
        self._silent += samples
        if self._awaited or self._silent < self._patience or self._state not in {_State.BURST, _State.INTERRUPTED}:
            return None
        return self._let_go()

    def await_words(self) -> None:
        """Take it that the voice is being recognised: its final words decide, however late they come."""
        self._awaited += 1

    def words(self, heard: Words, *, final: bool) -> Verdict | None:
        """Take what the recogniser has heard so far, or in the end, of the voice.

        Words that are no more than a sign of listening do not interrupt; those of a voice that did are a false alarm.
        """
        if final and self._awaited:
            self._awaited -= 1
        if heard is Words.REAL:
            return self._on_real_words()
        if final and self._state in {_State.BURST, _State.INTERRUPTED} and not self._sounds_on():
            return self._let_go()
        return None

    def _on_voice(self, samples: int) -> Verdict | None:
        goes_on = self._sounds_on()
        self._voiced = samples + (self._voiced if goes_on else 0)
        self._silent = 0
        if self.interrupted:
            return None
        self._state = _State.BURST
        return self._interrupt(_State.INTERRUPTED) if self._voiced > self._sure else None

    def _sounds_on(self) -> bool:
        """Whether a voice is there, or has paused for no longer than a voice does."""
        return self._voiced > 0 and self._silent <= self._gap

    def _on_real_words(self) -> Verdict | None:
        if self.interrupted:
            self._state = _State.CONFIRMED
            return None
        return self._interrupt(_State.CONFIRMED)

    def _interrupt(self, state: _State) -> Verdict:
        self._state = state
        return Verdict.INTERRUPT

    def _let_go(self) -> Verdict:
        """Give up on a voice that said nothing."""
        verdict = Verdict.RESUME if self._state is _State.INTERRUPTED else Verdict.IGNORE
        self._state = _State.QUIET
        self._voiced = self._silent = 0
        return verdict
