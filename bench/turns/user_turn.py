"""One caller at a time: how long a turn takes, and how much of that is ours."""

from bench.figures import Findings, Row, median, quantile, spread
from bench.turns.clock import WARM_UP, alternating, speak
from bench.turns.contestants import ALL, NAMES, OUR_DEFAULT, OURS, PROMISES, enter
from bench.turns.lab import Lab
from bench.turns.sizes import Sizes
from domain.turn import TurnResult

WHOLE_MS, SHARE_MS = 100.0, 25.0


async def measure_user_turns(lab: Lab, sizes: Sizes) -> Findings:
    """Time turns of one session at a time, for every contestant in alternation."""
    whole: dict[str, list[float]] = {name: [] for name in ALL}
    share: dict[str, list[float]] = {name: [] for name in OURS}
    for name in alternating(ALL, sizes.rounds):
        async with enter(lab, name) as engine:
            session_id = await engine.open_session()
            await speak(engine, session_id, range(1, 1 + WARM_UP))
            spoken = await speak(engine, session_id, range(1 + WARM_UP, 1 + WARM_UP + sizes.alone))
        whole[name] += [ms for ms, _ in spoken]
        if name in OURS:
            share[name] += [outside(ms, result) for ms, result in spoken]
    raw = {"user_turn_ms": whole, "user_turn_outside_clean_and_decide_ms": share}
    return Findings(_rows(whole, share, sizes), raw, {NAMES[name]: PROMISES[name] for name in ALL})


def outside(ms: float, result: TurnResult) -> float:
    """Milliseconds of a turn that were spent outside clean and decide_tools."""
    return ms - sum(result["timings"].get(node, 0.0) for node in ("clean", "decide_tools"))


def _rows(whole: dict[str, list[float]], share: dict[str, list[float]], sizes: Sizes) -> list[Row]:
    ours, our_share = whole[OUR_DEFAULT], share[OUR_DEFAULT]
    judged = [
        Row(
            "User turn, built-in engine, Postgres, crash-safe",
            spread(ours),
            f"p99 < {WHOLE_MS:g} ms",
            quantile(ours, 0.99) < WHOLE_MS if sizes.full else None,
        ),
        Row(
            "  of it outside clean and decide_tools",
            spread(our_share),
            f"p99 < {SHARE_MS:g} ms",
            quantile(our_share, 0.99) < SHARE_MS if sizes.full else None,
        ),
    ]
    others = [
        Row(f"  {NAMES[name]}", f"{spread(times)}, {median(times) / median(ours):.2f}x")
        for name, times in whole.items()
    ]
    return judged + others
