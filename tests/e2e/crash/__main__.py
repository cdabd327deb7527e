"""`python -m tests.e2e.crash --kills 300`: the whole run, variants side by side, and what it came to."""

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Mapping, Sequence

from tests.e2e.crash.counting import Count
from tests.e2e.crash.harness import run_variant
from tests.e2e.crash.variants import Variant, share_out

COLUMNS = (
    *("kills", "missed", "turns", "lost", "doubled", "out_of_order", "effects_wrong", "broken", "untold", "unproven"),
    "faults",
)
NOTES = 20
"""So many things that went wrong are told in words."""


async def run_all(variants: Sequence[Variant], seed: int, at_once: int) -> dict[str, Count]:
    """Run every variant, so many at once; the counts by name."""
    room = asyncio.Semaphore(at_once)

    async def run(variant: Variant) -> Count:
        async with room:
            return await run_variant(variant, seed)

    async with asyncio.TaskGroup() as group:
        running = {variant.way.name: group.create_task(run(variant)) for variant in variants}
    return {name: task.result() for name, task in running.items()}


def table(counts: Mapping[str, Count]) -> str:
    """The counts as lines, the sum last."""
    total = Count()
    for each in counts.values():
        total.add(each)
    lines = [f"{'':24}" + "".join(f"{name.replace('_', ' '):>14}" for name in COLUMNS)]
    for name, each in [*counts.items(), ("all", total)]:
        lines.append(f"{name:24}" + "".join(f"{getattr(each, column):>14,}" for column in COLUMNS))
    lines += total.notes[:NOTES]
    lines.append(f"kills {total.kills}, turns {total.turns:,}, lost {total.lost}, doubled {total.doubled}")
    return "\n".join(lines)


def say(text: str) -> None:
    """Tell whoever runs it, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    """Run it and print what it came to; the exit status is 1 when anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--at-once", type=int, default=4)
    parser.add_argument("--quick", action="store_true", help="only the few variants that the tests run")
    given = parser.parse_args()
    say(f"seed {given.seed}")
    started = time.monotonic()
    variants = share_out(given.kills, given.seed, quick=given.quick)
    counts = asyncio.run(run_all(variants, given.seed, given.at_once))
    say(table(counts))
    say(f"in {time.monotonic() - started:.0f} s")
    raise SystemExit(not all(each.clean for each in counts.values()))


if __name__ == "__main__":
    main()
