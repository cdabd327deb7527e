"""The person at the telephone: follows a script, by what the line brings to the ear. Pure; time comes from outside."""

from asyncio import Future
from collections import deque
from dataclasses import dataclass, field

from providers.twilio_simulator.line_clock import samples
from providers.twilio_simulator.playout import Ear
from providers.twilio_simulator.script import (
    PATIENCE_SECONDS,
    AwaitSilence,
    AwaitSpeech,
    Consider,
    HangUp,
    LoseSocket,
    Misbehave,
    Press,
    Script,
    Speak,
    Step,
    Wait,
)

_KEY_SECONDS = 0.25


@dataclass
class Said:
    """What the caller said without a pause, from when on; mu-law."""

    at: int
    sound: bytearray


@dataclass(frozen=True)
class Moment:
    """What the caller does in one frame: the sound may be shorter than the frame, silence follows."""

    sound: bytes = b""
    digit: str = ""
    act: Misbehave | LoseSocket | HangUp | None = None


_SILENCE = Moment()


@dataclass
class Caller:
    """Follows a script once, from the first frame on; between two streams nothing is done, but time passes."""

    script: Script
    ear: Ear
    said: list[Said] = field(default_factory=list)
    given_up: list[int] = field(default_factory=list)
    """Which steps, from 0, waited in vain for the agent's voice or silence."""

    def __post_init__(self) -> None:
        self._steps = deque(enumerate(self.script.steps))
        self._answered = False
        self._began = self._heard = self._done = 0
        self._thought: Future[bytes | None] | None = None

    def _enter(self, now: int) -> None:
        """Begin a step."""
        self._began = now
        self._heard = self.ear.sounded
        self._done = 0

    def frame(self, now: int, length: int) -> Moment:
        """Return what is done in the `length` samples from `now` on; without steps left, hang up."""
        if not self._answered:
            self._answered = True
            self._enter(now)
        while self._steps:
            moment = self._perform(self._steps[0][1], now, length)
            if moment is not None:
                return moment
            self._steps.popleft()
            self._enter(now)
        return Moment(act=HangUp())

    def _perform(self, step: Step, now: int, length: int) -> Moment | None:
        """Return what a step makes of a frame, None when it is over."""
        match step:
            case Speak(sound):
                return self._speak(sound, now, length)
            case Wait(seconds):
                return _SILENCE if now < self._began + samples(seconds) else None
            case Press(digits):
                return self._press(digits, now)
            case Consider():
                return self._consider(step)
            case AwaitSilence() | AwaitSpeech():
                return None if self._satisfied(step, now) or self._impatient(step.at_most, now) else _SILENCE
            case _:
                return self._act(step)

    def _speak(self, sound: bytes, now: int, length: int) -> Moment | None:
        piece = sound[self._done : self._done + length]
        if not piece:
            return None
        self._done += len(piece)
        last = self.said[-1] if self.said else None
        if last and last.at + len(last.sound) == now:
            last.sound += piece
        else:
            self.said.append(Said(now, bytearray(piece)))
        return Moment(piece)

    def _consider(self, step: Consider) -> Moment | None:
        """Wait for a thought; what comes of it takes the place of the steps that are left."""
        self._thought = self._thought or step.think()
        if not self._thought.done():
            return _SILENCE
        sound, self._thought = self._thought.result(), None
        number, then = self._steps[0][0], AwaitSilence(step.silence, after_speech=True, at_most=PATIENCE_SECONDS)
        following: list[Step] = [HangUp()] if sound is None else [Speak(sound), then, step]
        self._steps = deque((number, each) for each in (step, *following))
        return None

    def _press(self, digits: str, now: int) -> Moment | None:
        if self._done == len(digits):
            return None
        if now < self._began + samples(_KEY_SECONDS) * self._done:
            return _SILENCE
        self._done += 1
        return Moment(digit=digits[self._done - 1])

    def _act(self, step: Misbehave | LoseSocket | HangUp) -> Moment | None:
        """Do what takes no time, once."""
        self._done += 1
        return Moment(act=step) if self._done == 1 else None

    def _satisfied(self, step: AwaitSilence | AwaitSpeech, now: int) -> bool:
        heard = self.ear.sounded - self._heard
        if isinstance(step, AwaitSpeech):
            return heard >= samples(step.seconds)
        quiet_from = max(self._began, self.ear.last)
        return (heard > 0 or not step.after_speech) and now >= quiet_from + samples(step.seconds)

    def _impatient(self, at_most: float, now: int) -> bool:
        if now < self._began + samples(at_most):
            return False
        self.given_up.append(self._steps[0][0])
        return True
