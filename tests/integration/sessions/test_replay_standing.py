"""Effects that end in a call end in its replay: what was new then is new again, and what stood stands."""

from dataclasses import replace

import pytest

from bootstrap import service
from providers.postgres.database import Database
from tests.integration.sessions.appointments import Appointments, Wish, Wishes
from tests.integration.sessions.conftest import Run
from tests.integration.sessions.recorded_call import differing, replayed, replays_on, say

MONDAY: Wish = ("book_appointment", {"day": "monday", "doctor": "grey"})
CANCEL: Wish = ("cancel_appointment", {"day": "monday"})
MOVE: Wish = ("move_appointment", {"day": "monday", "to": "tuesday"})
WISHES = (MONDAY, MONDAY, CANCEL, MONDAY, MOVE, MONDAY, MONDAY)
STATUSES = ["done", "unchanged", "done", "done", "done", "done", "unchanged"]


@pytest.mark.parametrize("from_turn", [None, 4, 7])
async def test_what_ends_in_the_call_ends_in_its_replay(
    run: Run, database: Database, monkeypatch: pytest.MonkeyPatch, from_turn: int | None
) -> None:
    business, wishes = Appointments(), Wishes()
    books = {"lumen": business.playbook}
    monkeypatch.setattr(service, "load_playbooks", lambda: books)
    async with run(model=wishes.model) as parley:
        session_id = str((await parley.create_session("lumen"))["session_id"])
        statuses = []
        for seq, wish in enumerate(WISHES, start=1):
            wishes.now = (wish,)
            (result,) = await say(parley, session_id, [("User", f"as I said before {seq}")], first=seq)
            statuses += [call["status"] for call in result["function_calls"]]
    assert statuses == STATUSES
    ran = list(business.ran)
    shown = await replayed(replace(replays_on(database), playbooks=books), session_id, from_turn=from_turn)
    assert (differing(shown), shown["totals"]["asked"]) == ([], 0)
    assert business.ran == ran
