"""A caller's yes is planned, its process dies, and a person decides before anybody recovers the turn."""

import asyncio
from contextlib import nullcontext
from datetime import timedelta
from typing import Any, cast
from uuid import uuid4

import pytest

from bootstrap import service
from domain.conversation import Role
from domain.tool_call import PlannedCall
from nodes.holding import GRANTED
from ports.records import NewTurn, TurnReceipt, Words
from providers.postgres.database import Database
from providers.postgres.inbox import PostgresInbox
from providers.postgres.turn_store import PostgresTurnStore
from providers.scripted.chat_model import ScriptedChatModel
from sessions.decisions import Decision
from sessions.service import Parley
from tests.integration.sessions.conftest import Run
from tests.integration.sessions.reading import rows_of
from tests.integration.sessions.test_cancel import DEMO, FACTS, QUESTION, YES, eager, say
from tests.invariants import faults_of


async def die_with_a_plan(database: Database, session_id: str) -> str:
    """Accept a yes, store its plan as a replica would, and do no more; returns the consent's id."""
    inbox, turns = PostgresInbox(database), PostgresTurnStore(database)
    turn = NewTurn("yes", "User", Role.CALLER, b"digest", raw_text=YES)
    receipt = await inbox.accept("demo", session_id, turn)
    opened = await inbox.claim("demo", session_id, owner=str(uuid4()), lease=timedelta(seconds=0.3))
    assert opened is not None
    held = opened.held[0]
    call = cast(PlannedCall, {**held["call"], "consent_id": held["consent_id"], "status": GRANTED})
    await turns.keep_plan("demo", session_id, receipt.seq, Words(YES, None, YES, {}), [call])
    return str(held["consent_id"])


async def finished(parley: Parley, session_id: str) -> dict[str, Any]:
    """Wait for the turn's result (TimeoutError)."""
    async with asyncio.timeout(60):
        while isinstance(found := await parley.get_turn(session_id, "yes"), TurnReceipt):
            await parley.recover()
            await asyncio.sleep(0.05)
    return dict(found)


@pytest.fixture(autouse=True)
def _nobody_recovers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the service from finding the turn by itself: the person comes first, however slow the machine is."""
    monkeypatch.setattr(service, "kept_up", lambda parley, idle: nullcontext())


@pytest.mark.parametrize(("decision", "status"), [("refuse", "refused"), ("grant", "done")])
async def test_what_a_person_decided_stands(run: Run, database: Database, decision: Decision, status: str) -> None:
    async with run(model=ScriptedChatModel(eager)) as parley:
        session_id = (await parley.create_session("lumen", session_id=str(uuid4())))["session_id"]
        await say(parley, session_id, "User", FACTS, "facts")
        await say(parley, session_id, "lumen", QUESTION, "asked")
    consent_id = await die_with_a_plan(database, session_id)
    async with run(model=ScriptedChatModel(eager)) as parley:
        decided = await parley.decide_consent(session_id, consent_id, decision, "maria")
        result = await finished(parley, session_id)
    rows = await rows_of(database, session_id)
    demos = [call["status"] for call in rows.calls if call["name"] == DEMO[0] and call["seq"] == 1]
    assert decided["function_call"]["status"] == status
    assert demos == [status]
    assert "update_dataset:failed" not in result["degraded"]
    assert faults_of(rows) == []
