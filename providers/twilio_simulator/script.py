"""What a caller does on the telephone, step by step; seconds are the line's."""

from asyncio import Future
from collections.abc import Callable
from dataclasses import dataclass

from providers.twilio_simulator.faults import Malformed
from providers.twilio_simulator.sound import to_mu_law

PATIENCE_SECONDS = 30.0
"""So long a caller waits for the agent's voice or silence before going on regardless."""


@dataclass(frozen=True)
class Speak:
    """Say this mu-law sound."""

    sound: bytes


@dataclass(frozen=True)
class Wait:
    """Let time pass."""

    seconds: float


@dataclass(frozen=True)
class AwaitSilence:
    """Wait until the agent has been silent for so long; with `after_speech`, having said something since."""

    seconds: float
    after_speech: bool
    at_most: float


@dataclass(frozen=True)
class AwaitSpeech:
    """Wait until so much of the agent's speech has been heard since."""

    seconds: float
    at_most: float


@dataclass(frozen=True)
class Press:
    """Press keys, four a second."""

    digits: str


@dataclass(frozen=True)
class Consider:
    """Think while the line goes on, and say what comes of it, mu-law; then hear the agent out and think again.

    `silence` is for how long the agent has to be silent; who has nothing left to say hangs up.
    """

    think: Callable[[], "Future[bytes | None]"]
    silence: float


@dataclass(frozen=True)
class Misbehave:
    """Send what Twilio never sends."""

    kind: Malformed


@dataclass(frozen=True)
class LoseSocket:
    """Lose the media stream's connection without a word; the call goes on."""


@dataclass(frozen=True)
class HangUp:
    """End the call."""


Step = Speak | Wait | AwaitSilence | AwaitSpeech | Press | Consider | Misbehave | LoseSocket | HangUp

_KEYS = frozenset("0123456789*#ABCD")


@dataclass(frozen=True)
class Script:
    """Steps in order, added one by one; after the last the caller hangs up."""

    steps: tuple[Step, ...] = ()

    def say(self, sound: bytes) -> "Script":
        """Say a WAV file's bytes, or bare mu-law (InvalidInput: a WAV file that cannot be read)."""
        return self._then(Speak(to_mu_law(sound)))

    def wait(self, seconds: float) -> "Script":
        """Let time pass."""
        return self._then(Wait(seconds))

    def wait_for_silence(
        self, seconds: float = 1.0, *, after_speech: bool = True, at_most: float = PATIENCE_SECONDS
    ) -> "Script":
        """Wait until the agent has said something and then nothing for so long."""
        return self._then(AwaitSilence(seconds, after_speech, at_most))

    def interrupt_after(self, seconds: float, sound: bytes, *, at_most: float = PATIENCE_SECONDS) -> "Script":
        """Hear so much of the agent's speech, then speak over the rest."""
        return self._then(AwaitSpeech(seconds, at_most)).say(sound)

    def press(self, digits: str) -> "Script":
        """Press keys: 0 to 9, *, #, A to D.

        Raises:
            ValueError: there is no such key.
        """
        if not _KEYS.issuperset(digits):
            raise ValueError(f"a telephone has no keys for {digits!r}")
        return self._then(Press(digits))

    def converse(self, think: Callable[[], "Future[bytes | None]"], silence: float = 1.0) -> "Script":
        """Whenever the agent has spoken and then been silent for so long, say the mu-law that is thought of.

        `think` is called each time; a thought that is None ends the call.
        """
        return self.wait_for_silence(silence)._then(Consider(think, silence))

    def misbehave(self, kind: Malformed) -> "Script":
        """Send what Twilio never sends."""
        return self._then(Misbehave(kind))

    def lose_socket(self) -> "Script":
        """Break the connection; what comes next is done on the stream that the next TwiML opens."""
        return self._then(LoseSocket())

    def hang_up(self) -> "Script":
        """End the call."""
        return self._then(HangUp())

    def _then(self, step: Step) -> "Script":
        return Script((*self.steps, step))
