"""Many callers at once: turns per second and the time of a turn, for every contestant in every durability mode."""

import asyncio
import time
from dataclasses import dataclass, field

from bench.durable.sizes import Sizes
from bench.figures import Findings, Row, ratio, spread
from bench.turns.clock import Engine, alternating, speak, timed
from bench.turns.contestants import ALL, NAMES, OUR_DEFAULT, PROMISES, STOCK, STOCK_SYNC, enter
from bench.turns.lab import Lab
from bench.turns.words import caller_says

BAR = 2.0


@dataclass
class Block:
    """What so many sessions did in a while: milliseconds of each turn, and turns per second."""

    times: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Turns per second, over all rounds."""
        return sum(self.rates) / len(self.rates)


async def measure_crowds(lab: Lab, sizes: Sizes) -> Findings:
    """Let all contestants take turns at each crowd, so that drift hits all alike."""
    findings = Findings(notes={NAMES[name]: PROMISES[name] for name in ALL})
    for crowd in sizes.crowds:
        blocks = {name: Block() for name in ALL}
        for name in alternating(ALL, sizes.rounds):
            async with enter(lab, name) as engine:
                await _speak(engine, crowd, sizes.seconds, blocks[name])
        findings.add(_found(crowd, blocks, sizes))
    return findings


async def _speak(engine: Engine, crowd: int, seconds: float, block: Block) -> None:
    ids = [await engine.open_session() for _ in range(crowd)]
    await speak(engine, ids[0], range(1, 4))
    started = time.perf_counter()
    spoken = await asyncio.gather(*(_until(engine, session_id, started + seconds) for session_id in ids))
    times = [each for turns in spoken for each in turns]
    block.rates.append(len(times) / (time.perf_counter() - started))
    block.times += times


async def _until(engine: Engine, session_id: str, until: float) -> list[float]:
    times: list[float] = []
    while time.perf_counter() < until:
        milliseconds, _ = await timed(engine.say(session_id, caller_says(len(times) + 4)))
        times.append(milliseconds)
    return times


def _found(crowd: int, blocks: dict[str, Block], sizes: Sizes) -> Findings:
    times = ratio(blocks[OUR_DEFAULT].rate, blocks[STOCK].rate)
    alike = ratio(blocks["sync"].rate, blocks[STOCK_SYNC].rate)
    judged = crowd == sizes.judged_crowd
    head = Row(
        f"Turns per second, {crowd} session{'s' * (crowd > 1)}, defaults",
        f"{blocks[OUR_DEFAULT].rate:.0f} to stock's {blocks[STOCK].rate:.0f}: {times:.2f} times",
        f"at least {BAR:g} times, goal 3" if judged else "",
        times >= BAR if judged and sizes.full else None,
    )
    like = Row("  both sync", f"{blocks['sync'].rate:.0f} to {blocks[STOCK_SYNC].rate:.0f}: {alike:.2f} times")
    rows = [
        Row(f"  {NAMES[name]}", f"{block.rate:.0f} a second, {spread(block.times)}") for name, block in blocks.items()
    ]
    raw = {name: {"rates": block.rates, "ms": block.times} for name, block in blocks.items()}
    return Findings([head, like, *rows], {f"crowd_{crowd}": raw})
