"""Callers as a process: so many simulated telephones that all do the same, and what became of their calls.

The orders come as a line of JSON (`Orders`); what was found goes out as another when all calls are over.
"""

import asyncio
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import orjson
import uvloop

from bench.figures import quantile
from bench.voice.account import NUMBER, PUBLIC
from bench.voice.silence import answered_after, ends_of_speech
from bootstrap.activity import open_voice_activity
from bootstrap.speech_settings import AutoActivity
from providers.twilio_simulator.account import Account
from providers.twilio_simulator.record import CallRecord
from providers.twilio_simulator.script import Script
from providers.twilio_simulator.simulated import SimulatedCall
from providers.twilio_simulator.simulator import Simulator, open_simulator
from providers.twilio_simulator.sound import is_quiet
from speech.framing import RATE_HZ

TICK_S = 0.02
HEARS_S = 5.0
"""So long a caller waits for what is to be cut off, should the answer be shorter."""
SLICE = 160


@dataclass(frozen=True)
class Orders:
    """What the callers do.

    `turns` things are said, each after `quiet` seconds without the agent's voice and `pause` more; calls begin `every`
    so many seconds. With `long` each thing is repeated without a pause until it lasts so many seconds. With `cut` each
    call is cut off at a random byte of what the agent says.
    """

    server: str
    sid: str
    token: str
    sounds: tuple[str, ...]
    calls: int = 1
    every: float = 0.0
    turns: int = 1
    quiet: float = 0.5
    pause: float = 0.0
    long: float = 0.0
    speed: float = 1.0
    cut: bool = False
    seed: int = 1
    cores: tuple[int, ...] = ()


@dataclass
class Lateness:
    """How late this process itself is, in milliseconds, looked at every 20."""

    ms: list[float] = field(default_factory=list)

    async def watch(self) -> None:
        """Look until cancelled."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(TICK_S)
            self.ms.append((time.monotonic() - before - TICK_S) * 1000)


def build_script(orders: Orders, number: int) -> Script:
    """Say what one caller does."""
    sounds = [spoken(Path(sound).read_bytes(), orders.long) for sound in orders.sounds]
    script = Script()
    for turn in range(orders.turns):
        script = script.wait_for_silence(orders.quiet)
        if orders.pause:
            script = script.wait(orders.pause)
        script = script.say(sounds[(turn + number) % len(sounds)])
    return cut_off(script, sounds[0], number, orders.seed) if orders.cut else script.wait_for_silence(orders.quiet)


def spoken(sound: bytes, seconds: float) -> bytes:
    """Repeat mu-law sound without the silence around it until it lasts so long."""
    loud = [at for at in range(0, len(sound), SLICE) if not is_quiet(sound[at : at + SLICE])]
    words = sound[loud[0] : loud[-1] + SLICE]
    return words * max(1, round(seconds * RATE_HZ / len(words)))


def cut_off(script: Script, sound: bytes, number: int, seed: int) -> Script:
    """Cut the answer at a random byte: the caller hangs up, loses the line for a moment, or speaks over it."""
    random = Random(f"{seed}:{number}")
    here, there = (random.randrange(1, 3 * RATE_HZ) / RATE_HZ for _ in range(2))
    match number % 3:
        case 0:
            return script.interrupt_after(here, b"", at_most=HEARS_S).hang_up()
        case 1:
            return (
                script.interrupt_after(here, b"", at_most=HEARS_S)
                .lose_socket()
                .interrupt_after(there, b"", at_most=HEARS_S)
                .hang_up()
            )
        case _:
            return (
                script.interrupt_after(here, sound, at_most=HEARS_S)
                .interrupt_after(there, b"", at_most=HEARS_S)
                .hang_up()
            )


async def run(orders: Orders) -> dict[str, Any]:
    """Make all calls and say what was found."""
    lateness = Lateness()
    watching = asyncio.create_task(lateness.watch())
    async with open_simulator(orders.server, Account(orders.sid, orders.token), public=PUBLIC) as simulator:
        calls = (_call(simulator, orders, number) for number in range(orders.calls))
        records = await asyncio.gather(*calls)
    watching.cancel()
    found = await _answers(records) if not orders.cut else {"cuts": [_cut(record) for record in records]}
    problems = [problem.what for record in records for problem in record.problems]
    return {**found, "problems": problems, "late_p99": quantile(lateness.ms, 0.99)}


async def _call(simulator: Simulator, orders: Orders, number: int) -> CallRecord:
    await asyncio.sleep(orders.every * number)
    script = build_script(orders, number)
    return await simulator.call(SimulatedCall(script, called=NUMBER, speed=orders.speed, seed=number))


async def _answers(records: Sequence[CallRecord]) -> dict[str, Any]:
    """Time every answer."""
    answers: list[float | None] = []
    async with open_voice_activity(AutoActivity()) as activity:
        for record in records:
            for stream in record.streams:
                ends = await ends_of_speech(stream, record.said, activity)
                answers += answered_after(ends, stream)
    return {"answers_ms": [each for each in answers if each is not None], "unanswered": answers.count(None)}


def _cut(record: CallRecord) -> dict[str, Any]:
    """What one call was played: the session, and the bytes sent and played of each mark's sound, in order."""
    heard = [{"sent": each.sent, "played": each.played} for each in record.heard]
    session = next((stream.parameters.get("session", "") for stream in record.streams), "")
    return {"session": session, "marks": heard, "played": len(record.played), "lines": len(record.streams)}


def main() -> None:
    """Read the orders, make the calls, print what was found."""
    orders = Orders(**orjson.loads(sys.stdin.readline()))
    if orders.cores:
        os.sched_setaffinity(0, orders.cores)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(run(orders))
    sys.stdout.write(orjson.dumps(found).decode() + "\n")


if __name__ == "__main__":
    main()
