"""`python -m tests.e2e.crash --kills 300`: the whole run, variants side by side, and what it came to."""

import argparse
import asyncio
import random
import sys
import time
from itertools import cycle, islice

from tests.e2e.crash.counting import Count
from tests.e2e.crash.harness import Variant, points, run_variant

COLUMNS = tuple(Count.__dataclass_fields__)


def variants(kills: int, seed: int) -> list[Variant]:
    """Share the kills out: half at exact boundaries, the others at any moment in every mode, some with the database."""
    exact, chance, database = kills // 2, kills // 10, kills - kills // 2 - 3 * (kills // 10)
    bounds = list(islice(cycle(points(seed)), exact))
    half = exact // 2
    return [
        Variant("every boundary", bounds[:half]),
        Variant("every boundary, sync", bounds[half:], {"PARLEY_SESSIONS__DURABILITY": "sync"}),
        Variant("any moment", ["random"] * chance),
        Variant("any moment, async", ["random"] * chance, {"PARLEY_SESSIONS__DURABILITY": "async"}),
        Variant("any moment, sync", ["random"] * chance, {"PARLEY_SESSIONS__DURABILITY": "sync"}),
        Variant("with the database", ["postgres"] * database),
    ]


async def run_all(kills: int, seed: int, at_once: int) -> dict[str, Count]:
    """Run every variant, so many at once; the counts by name."""
    room = asyncio.Semaphore(at_once)

    async def run(variant: Variant) -> Count:
        async with room:
            return await run_variant(variant, seed)

    chosen = [variant for variant in variants(kills, seed) if variant.points]
    counts = await asyncio.gather(*map(run, chosen))
    return {variant.name: each for variant, each in zip(chosen, counts, strict=True)}


def table(counts: dict[str, Count]) -> str:
    """The counts as lines, the sum last."""
    total = Count()
    for each in counts.values():
        total.add(each)
    lines = [f"{'':24}" + "".join(f"{name.replace('_', ' '):>15}" for name in COLUMNS)]
    for name, each in [*counts.items(), ("all", total)]:
        lines.append(f"{name:24}" + "".join(f"{getattr(each, column):>15,}" for column in COLUMNS))
    lines.append(f"kills {total.kills}, turns {total.turns:,}, lost {total.lost}, doubled {total.doubled}")
    return "\n".join(lines)


def main() -> None:
    """Run it and print what it came to; the exit status is 1 when anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--at-once", type=int, default=3)
    given = parser.parse_args()
    sys.stdout.write(f"seed {given.seed}\n")
    started = time.monotonic()
    counts = asyncio.run(run_all(given.kills, given.seed, given.at_once))
    sys.stdout.write(table(counts) + "\n")
    sys.stdout.write(f"in {time.monotonic() - started:.0f} s\n")
    raise SystemExit(not all(each.clean for each in counts.values()))


if __name__ == "__main__":
    main()
