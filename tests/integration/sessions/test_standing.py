"""What is done stands: asked for again it is answered with its first result, until it is taken back or replaced."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from bootstrap import service
from domain.tool_call import ConsentMode
from domain.turn import TurnResult
from ports.records import TurnReceipt
from providers.postgres.database import Database
from sessions.service import Parley
from tests.integration.sessions.appointments import Appointments, Wish, Wishes
from tests.integration.sessions.conftest import Run

MONDAY: Wish = ("book_appointment", {"day": "monday", "doctor": "grey"})
TUESDAY: Wish = ("book_appointment", {"day": "tuesday", "doctor": "grey"})
CANCEL: Wish = ("cancel_appointment", {"day": "monday"})
MOVE: Wish = ("move_appointment", {"day": "monday", "to": "tuesday"})
BACK: Wish = ("move_appointment", {"day": "tuesday", "to": "monday"})

Open = Callable[[], AbstractAsyncContextManager[Parley]]


@pytest.fixture
def business(monkeypatch: pytest.MonkeyPatch) -> Appointments:
    """The business that the service runs from now on."""
    made = Appointments()
    monkeypatch.setattr(service, "load_playbooks", lambda: {"lumen": made.playbook})
    return made


@pytest.fixture
def wishes() -> Wishes:
    return Wishes()


@pytest.fixture
def opened(run: Run, business: Appointments, wishes: Wishes) -> Open:
    """Open the service; again for a restarted one."""
    return lambda: run(model=wishes.model)


async def ask(parley: Parley, session_id: str, wishes: Wishes, *wanted: Wish, text: str = "please") -> TurnResult:
    wishes.now = wanted
    result = await parley.process_turn(session_id, speaker="User", raw_text=text)
    assert not isinstance(result, TurnReceipt)
    return result


async def new_session(parley: Parley) -> str:
    return str((await parley.create_session("lumen"))["session_id"])


def told(result: TurnResult) -> list[tuple[str, Any]]:
    """What the turn's calls say: their status, and the number of the appointment."""
    return [(call["status"], call["result"].get("appointment")) for call in result["function_calls"]]


async def test_the_same_call_later_gets_the_first_result(opened: Open, business: Appointments, wishes: Wishes) -> None:
    async with opened() as parley:
        session_id = await new_session(parley)
        assert told(await ask(parley, session_id, wishes, MONDAY)) == [("done", 1)]
        assert told(await ask(parley, session_id, wishes, MONDAY)) == [("unchanged", 1)]
        assert told(await ask(parley, session_id, wishes, TUESDAY)) == [("done", 2)]
        assert told(await ask(parley, session_id, wishes, MONDAY)) == [("unchanged", 1)]
    assert business.ran == [MONDAY, TUESDAY]


async def test_a_restarted_service_knows_what_stands(opened: Open, business: Appointments, wishes: Wishes) -> None:
    async with opened() as parley:
        session_id = await new_session(parley)
        await ask(parley, session_id, wishes, MONDAY)
    async with opened() as parley:
        assert told(await ask(parley, session_id, wishes, MONDAY)) == [("unchanged", 1)]
        await ask(parley, session_id, wishes, CANCEL)
    async with opened() as parley:
        assert told(await ask(parley, session_id, wishes, MONDAY)) == [("done", 2)]
    assert business.ran == [MONDAY, CANCEL, MONDAY]


async def test_after_a_cancel_it_is_new_and_so_is_the_next_cancel(
    opened: Open, business: Appointments, wishes: Wishes
) -> None:
    async with opened() as parley:
        session_id = await new_session(parley)
        answers = [told(await ask(parley, session_id, wishes, wish)) for wish in (MONDAY, CANCEL, MONDAY, CANCEL)]
    assert answers == [[("done", 1)], [("done", None)], [("done", 2)], [("done", None)]]
    assert business.ran == [MONDAY, CANCEL, MONDAY, CANCEL]


async def test_a_second_cancel_takes_nothing_more_back(opened: Open, business: Appointments, wishes: Wishes) -> None:
    async with opened() as parley:
        session_id = await new_session(parley)
        assert told(await ask(parley, session_id, wishes, CANCEL)) == [("declined", None)]
        await ask(parley, session_id, wishes, MONDAY)
        await ask(parley, session_id, wishes, CANCEL)
        again = await ask(parley, session_id, wishes, CANCEL)
        assert [(call["status"], call["result"]["cancelled"]) for call in again["function_calls"]] == [("unchanged", 1)]
    assert business.ran == [MONDAY, CANCEL]


async def test_what_was_replaced_is_new_again(opened: Open, business: Appointments, wishes: Wishes) -> None:
    async with opened() as parley:
        session_id = await new_session(parley)
        answers = [told(await ask(parley, session_id, wishes, wish)) for wish in (MONDAY, MOVE, MOVE, BACK, MOVE)]
        assert answers == [[("done", 1)], [("done", 2)], [("unchanged", 2)], [("done", 3)], [("done", 4)]]
        assert told(await ask(parley, session_id, wishes, MONDAY)) == [("done", 5)]
    assert business.ran == [MONDAY, MOVE, BACK, MOVE, MONDAY]


@pytest.mark.parametrize(
    "again",
    [
        {"doctor": "grey", "day": "monday"},
        {"day": " monday ", "doctor": "grey\n"},
    ],
)
async def test_order_and_spaces_make_no_other_call(
    opened: Open, business: Appointments, wishes: Wishes, again: dict[str, str]
) -> None:
    same = (MONDAY[0], again)
    async with opened() as parley:
        session_id = await new_session(parley)
        assert told(await ask(parley, session_id, wishes, MONDAY, same)) == [("done", 1)]
        assert told(await ask(parley, session_id, wishes, same)) == [("unchanged", 1)]
        assert told(await ask(parley, session_id, wishes, (MONDAY[0], {**again, "doctor": "House"}))) == [("done", 2)]
    assert len(business.ran) == 2


async def test_what_is_held_is_not_held_again_and_then_stands(
    opened: Open, business: Appointments, wishes: Wishes
) -> None:
    business.gate = ConsentMode.ASK
    question = "Shall I book the appointment for you?"
    async with opened() as parley:
        session_id = await new_session(parley)
        await parley.process_turn(session_id, speaker="lumen", raw_text=question)
        assert told(await ask(parley, session_id, wishes, MONDAY, text="yeah maybe")) == [("held", None)]
        spaced = (MONDAY[0], {"doctor": "grey ", "day": "monday"})
        assert told(await ask(parley, session_id, wishes, spaced, text="hmm let me think")) == []
        assert len((await parley.get_session_state(session_id))["held_consents"]) == 1
        await parley.process_turn(session_id, speaker="lumen", raw_text=question)
        granted = await ask(parley, session_id, wishes, MONDAY, text="yes, book it please")
        assert told(granted) == [("done", 1)]
        assert told(await ask(parley, session_id, wishes, MONDAY)) == [("unchanged", 1)]
    assert business.ran == [MONDAY]


async def test_the_ledger_says_when_an_effect_ended(opened: Open, wishes: Wishes, database: Database) -> None:
    async with opened() as parley:
        session_id = await new_session(parley)
        for wish in (MONDAY, TUESDAY, CANCEL):
            await ask(parley, session_id, wishes, wish)
    rows = await database.run("demo", "SELECT seq, ended_seq FROM tool_calls ORDER BY seq")
    assert [(row["seq"], row["ended_seq"]) for row in rows] == [(1, 3), (2, None), (3, None)]
