"""When the silence rule ended each thing a caller said: the same ear, fed with the same sound once more."""

from collections.abc import Sequence

from domain.sound import LineSound
from ports.voice_activity import VoiceActivity
from providers.twilio_simulator.caller import Said
from providers.twilio_simulator.record import StreamRecord
from providers.twilio_simulator.sound import SILENT
from server.call.ear import Ear

FRAME = 160
AFTER = 8_000 * 2
"""How much silence is heard after the last word: more than any rule waits for."""


async def ends_of_speech(stream: StreamRecord, said: Sequence[Said], activity: VoiceActivity) -> list[int]:
    """Return when the chunk that makes each utterance whole has been spoken, in samples of the call."""
    ear = Ear(LineSound.MU_LAW_8K, activity.open_line(), activity.frame_samples)
    sound = _spoken(stream.began, said)
    ends = []
    for at in range(0, len(sound), FRAME):
        ear.take(bytes(sound[at : at + FRAME]))
        while ear.has_frame:
            if (await ear.hear()).utterance is not None:
                ends.append(stream.began + at + FRAME)
    return ends


def _spoken(began: int, said: Sequence[Said]) -> bytearray:
    """Lay out what went over a stream from its beginning, frame by frame."""
    length = max((each.at + len(each.sound) for each in said), default=began) - began + AFTER
    sound = bytearray((SILENT,)) * (length // FRAME * FRAME)
    for each in said:
        at = each.at - began
        sound[at : at + len(each.sound)] = each.sound
    return sound


def answered_after(ends: Sequence[int], stream: StreamRecord) -> list[float | None]:
    """Milliseconds from each end of speech to the first byte that was played after it; None where none came."""
    starts = [span.at for span in stream.playout.played]
    until = [*ends[1:], stream.ended]
    answers: list[float | None] = []
    for end, latest in zip(ends, until, strict=True):
        first = next((at for at in starts if end <= at < latest), None)
        answers.append(None if first is None else (first - end) / 8)
    return answers
