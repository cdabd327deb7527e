"""The agent's turns: they pass through, also while a caller's turn of the session waits for its model."""

import asyncio

from bench.figures import Findings, Row, quantile, spread
from bench.turns.clock import WARM_UP, timed
from bench.turns.lab import Lab, Ours
from bench.turns.models import HeldChatModel
from bench.turns.sizes import Sizes
from bench.turns.words import AGENT, CLEAN

BAR_MS = 10.0


async def measure_agent_turns(lab: Lab, sizes: Sizes) -> Findings:
    """Time the agent's turns of a quiet session, and of one whose caller's turn is held up in its model."""
    quiet, beside = [], []
    for _ in range(sizes.rounds):
        quiet += await _quiet(lab, sizes.agent_turns // sizes.rounds)
        beside += await _beside_a_slow_model(lab, sizes.agent_turns // sizes.rounds)
    rows = [
        _row("Lumen turn", quiet, sizes),
        _row("Lumen turn while a User turn of the session waits for its model", beside, sizes),
    ]
    return Findings(rows, {"lumen_turn_ms": {"quiet": quiet, "beside_a_slow_model": beside}})


async def _quiet(lab: Lab, turns: int) -> list[float]:
    async with lab.open_ours() as ours:
        return await _agent_speaks(ours, await ours.open_session(), turns)


async def _beside_a_slow_model(lab: Lab, turns: int) -> list[float]:
    model = HeldChatModel()
    async with lab.open_ours(model=model) as ours, asyncio.TaskGroup() as group:
        session_id = await ours.open_session()
        caller = group.create_task(ours.say(session_id, CLEAN))
        await model.asked.wait()
        times = await _agent_speaks(ours, session_id, turns)
        if caller.done():
            raise AssertionError("the caller's turn ended before its model had answered")
        model.release.set()
        await caller
    return times


async def _agent_speaks(ours: Ours, session_id: str, turns: int) -> list[float]:
    times = [(await timed(ours.take(session_id, "Lumen", AGENT)))[0] for _ in range(WARM_UP + turns)]
    return times[WARM_UP:]


def _row(what: str, times: list[float], sizes: Sizes) -> Row:
    return Row(what, spread(times), f"p99 < {BAR_MS:g} ms", quantile(times, 0.99) < BAR_MS if sizes.full else None)
