"""Codec and change of rate, 20 ms at a time, beside the other ways to do it, in alternation."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np

from bench.figures import Findings, Row, median, ratio
from bench.turns.clock import alternating
from bench.voice.quality import WIDE_HZ, judge_quality
from bench.voice.sizes import Sizes
from bench.voice.ways import AUDIOOP, OURS, Way, find_ways
from speech.g711 import encode_mu_law
from speech.pcm import to_pcm16

BAR_US = 30.0
VOICE_HZ = (22_050, 24_000)
"""Rates of voices whose sound goes to a line, beside the recogniser's own."""

T = TypeVar("T")


@dataclass
class Cost:
    """Microseconds a chunk, a figure a round, by direction."""

    inward: list[float] = field(default_factory=list)
    outward: dict[int, list[float]] = field(default_factory=dict)

    @property
    def both(self) -> float:
        """Line to recogniser and back."""
        return median(self.inward) + median(self.outward[WIDE_HZ])


async def measure_sound(place: Path, sizes: Sizes) -> Findings:
    """Time every way, and judge what it does to tones."""
    ways = find_ways()
    costs = {way.name: Cost() for way in ways}
    for name in alternating([way.name for way in ways], sizes.rounds):
        _time(next(way for way in ways if way.name == name), costs[name], sizes.chunks)
    quality = {way.name: judge_quality(way) for way in ways}
    ours = costs[OURS]
    rows = [
        Row(
            "Codec and change of rate, 20 ms, 8 to 16 kHz and back",
            f"{ours.both:.1f} us ({median(ours.inward):.1f} in, {median(ours.outward[WIDE_HZ]):.1f} out)",
            f"under {BAR_US:g} us",
            ours.both < BAR_US if sizes.full else None,
        ),
        Row("  what it does to tones, one way", str(quality[OURS])),
        *(Row(f"  a voice at {hertz:,} Hz to the line", f"{median(ours.outward[hertz]):.1f} us") for hertz in VOICE_HZ),
        *(_beside(way.name, costs, str(quality[way.name])) for way in ways[1:]),
    ]
    if AUDIOOP not in costs:
        rows.append(Row(f"  {AUDIOOP}", "not measured: it left the standard library with Python 3.13"))
    raw = {name: {**vars(cost), "quality_db": vars(quality[name])} for name, cost in costs.items()}
    return Findings(rows, {"sound_us": raw})


def _beside(name: str, costs: dict[str, Cost], quality: str) -> Row:
    times = ratio(costs[name].both, costs[OURS].both)
    return Row(f"  {name}", f"{costs[name].both:.1f} us, {times:.2f} times ours; {quality}")


def _time(way: Way, cost: Cost, chunks: int) -> None:
    """Add one round's figures."""
    noise = np.random.default_rng(1)
    line = [encode_mu_law(to_pcm16(noise.normal(0, 0.1, 160).astype(np.float32))) for _ in range(chunks)]
    cost.inward.append(_each(way.build_inward(WIDE_HZ), line))
    for hertz in (WIDE_HZ, *VOICE_HZ):
        sizes = [hertz * (n + 1) // 50 - hertz * n // 50 for n in range(chunks)]
        voice = [noise.normal(0, 0.1, size).astype(np.float32) for size in sizes]
        cost.outward.setdefault(hertz, []).append(_each(way.build_outward(hertz), voice))


def _each(push: Callable[[T], object], chunks: Sequence[T]) -> float:
    """Microseconds a chunk."""
    started = time.perf_counter()
    for chunk in chunks:
        push(chunk)
    return (time.perf_counter() - started) / len(chunks) * 1e6
