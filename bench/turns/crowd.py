"""Many callers at once: turns per second of one process."""

from bench.figures import Findings, Row, ratio
from bench.turns.clock import alternating, speak_in_crowd
from bench.turns.contestants import ALL, NAMES, OUR_DEFAULT, STOCK, enter
from bench.turns.lab import Lab
from bench.turns.sizes import Sizes

BAR = 2.0


async def measure_crowds(lab: Lab, sizes: Sizes) -> Findings:
    """Count turns per second with so many sessions at once; all contestants where it is judged, else ours and stock."""
    raw = {crowd: await _measure_crowd(lab, sizes, crowd) for crowd in sizes.crowds}
    rows = [row for crowd, counts in raw.items() for row in _rows(crowd, counts, sizes)]
    return Findings(rows, {"turns_per_second": raw})


async def _measure_crowd(lab: Lab, sizes: Sizes, crowd: int) -> dict[str, list[float]]:
    judged = crowd == sizes.judged_crowd
    names = ALL if judged else (OUR_DEFAULT, STOCK)
    counts: dict[str, list[float]] = {name: [] for name in names}
    for name in alternating(names, sizes.rounds if judged else max(sizes.rounds // 2, 1)):
        async with enter(lab, name) as engine:
            counts[name].append(await speak_in_crowd(engine, crowd, sizes.seconds))
    return counts


def _rows(crowd: int, counts: dict[str, list[float]], sizes: Sizes) -> list[Row]:
    means = {name: sum(values) / len(values) for name, values in counts.items()}
    times = ratio(means[OUR_DEFAULT], means[STOCK])
    judged = crowd == sizes.judged_crowd
    head = Row(
        f"Turns per second, {crowd} sessions at once",
        f"{means[OUR_DEFAULT]:.0f} to stock's {means[STOCK]:.0f}: {times:.2f} times",
        f"at least {BAR:g} times" if judged else "",
        times >= BAR if judged and sizes.full else None,
    )
    if not judged:
        return [head]
    return [head, *(Row(f"  {NAMES[name]}", f"{mean:.0f} a second") for name, mean in means.items())]
