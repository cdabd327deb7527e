"""What a caller and an agent say, turn by turn, and what must have come of it."""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from providers.google.loopback.answer import Answer, Call, Rule

QUESTION = "Shall I go ahead and create the demo for you?"
YES = "yes, go ahead please"
PERHAPS = "yeah maybe"
"""No consent: what a model asks for upon it is held, and granted by a person over the API."""
DEMO = "initiate_demo_creation"
METRICS = {"visitors": "monthly_website_visitors", "calls": "monthly_inbound_calls"}
CYCLE = 6
VALUES = 10 * CYCLE
RATE_HZ = 8_000


@dataclass(frozen=True)
class Line:
    """One turn: words or sound, and the figure it tells (name, value)."""

    speaker: str
    words: str = ""
    sound: bytes | None = None
    figure: tuple[str, str] | None = None


def line(number: int, *, answer: str = YES) -> Line:
    """The turn of a number, from 1: two figures, the agent's words, sound of either side, a question, an answer."""
    value = str(1_000 + number % VALUES)
    match number % CYCLE:
        case 1:
            return _figure("visitors", value)
        case 2:
            return Line("lumen", f"I see, that is line {number}.")
        case 3:
            return _figure("calls", value)
        case 4:
            return Line("User" if number // CYCLE % 2 else "lumen", sound=SILENCE)
        case 5:
            return Line("lumen", QUESTION)
        case _:
            return Line("User", answer)


def _figure(kind: str, value: str) -> Line:
    return Line("User", f"we get {value} {kind} a month", figure=(METRICS[kind], value))


def figures(sent: int) -> dict[int, tuple[str, str]]:
    """The figures told in so many turns, by number."""
    told = ((number, line(number).figure) for number in range(1, sent + 1))
    return {number: figure for number, figure in told if figure is not None}


def _wav(samples: int) -> bytes:
    """Silence as a WAV file: 16-bit PCM, mono."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE_HZ, 2 * RATE_HZ, 2, 16)
    data = struct.pack("<4sI", b"data", 2 * samples) + bytes(2 * samples)
    return struct.pack("<4sI4s", b"RIFF", 4 + len(form) + len(data), b"WAVE") + form + data


SILENCE = _wav(RATE_HZ // 5)


def model_rules() -> Iterator[Rule]:
    """What a model decides upon each of the caller's turns: the figure, and the demo whatever the answer was."""
    told = {line(number).words: line(number).figure for number in range(1, VALUES + 1)}
    for words, figure in told.items():
        if figure is not None:
            yield _decides(words, Call(name="log_metric", args=dict(zip(NAMES, figure, strict=True))))
    yield _decides(PERHAPS, Call(name=DEMO))


NAMES = ("metric_name", "value_string")


def _decides(words: str, call: Call) -> Rule:
    newest = json.dumps(f'"newest_turn": "{words}')[1:-1]
    return Rule(answers=(Answer(calls=(call,)),), purpose="decide", contains=newest, repeat=True)
