"""Recovery: turns that a dead replica left behind, from the end of its leases to the last result."""

import time
from datetime import timedelta
from uuid import uuid4

from bench.durable.sizes import Sizes
from bench.figures import Findings, Row
from bench.turns.lab import Lab
from bench.turns.words import caller_says
from domain.conversation import Role
from ports.records import NewTurn
from providers.postgres.inbox import PostgresInbox

BAR = 10.0
LEASE = timedelta(seconds=2)
"""What is left of a dead replica's lease when the other one starts."""
OPEN = "SELECT count(*) AS open FROM turns WHERE NOT done"


async def measure_recovery(lab: Lab, sizes: Sizes) -> Findings:
    """Accept turns, take their pens as a process that then dies, start a service, and wait until none is open."""
    inbox, dead = PostgresInbox(lab.database), str(uuid4())
    async with lab.open_ours() as ours:
        ids = [await ours.open_session() for _ in range(sizes.open_turns)]
    for place, session_id in enumerate(ids):
        turn = NewTurn("left-behind", "User", Role.CALLER, b"", raw_text=caller_says(place))
        await inbox.accept("demo", session_id, turn)
        await inbox.take_pen("demo", session_id, owner=dead, lease=LEASE)
    died = time.perf_counter()
    async with lab.open_ours():
        while (await lab.database.run("demo", OPEN))[0]["open"]:
            pass  # each look is a query
        seconds = time.perf_counter() - died - LEASE.total_seconds()
    row = Row(
        f"Recovery of {sizes.open_turns} open turns, from the end of their leases",
        f"{seconds:.1f} s",
        f"under {BAR:g} s",
        seconds < BAR if sizes.full else None,
    )
    return Findings([row], {"recovery_seconds": seconds})
