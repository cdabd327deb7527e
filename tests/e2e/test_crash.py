"""kill -9 at the boundaries of a turn and at any moment: nothing acknowledged is lost, nothing is done twice."""

from tests.e2e.crash.__main__ import run_all, table
from tests.e2e.crash.variants import share_out

KILLS = 30
SEED = 7
AT_ONCE = 6


async def test_thirty_kills_lose_and_double_nothing() -> None:
    counts = await run_all(share_out(KILLS, SEED, quick=True), SEED, AT_ONCE)
    assert sum(each.kills for each in counts.values()) == KILLS
    assert sum(each.turns for each in counts.values()) > KILLS
    assert all(each.clean for each in counts.values()), table(counts)
