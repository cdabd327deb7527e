"""More calls than lines: a telephone call that needs a line waits for one, and one in words needs none."""

from math import inf
from uuid import uuid4

import pytest

from providers.postgres.database import Database
from server.call.desk import CallDesk
from tests.integration.call.conftest import Desk
from tests.integration.call.exchange import open_exchange


async def test_a_call_waits_for_a_line_and_opens_nothing_before_it_has_one(desk: Desk, database: Database) -> None:
    async with open_exchange(desk, database, who="desk", lines=0) as exchange:
        call_sid = f"CA{uuid4().hex}"
        twiml = await exchange.ask(call_sid)
        assert [verb.tag for verb in twiml] == ["Pause", "Redirect"]
        last = await exchange.ask(call_sid, query="wait=5")
        assert [verb.tag for verb in last] == ["Say", "Hangup"]
        assert (await desk.parley.list_sessions()).items == []


async def test_a_call_that_has_lost_its_line_does_not_wait_for_another(
    desk: Desk, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_sid = f"CA{uuid4().hex}"
    monkeypatch.setattr(CallDesk, "_known", lambda _: {("demo", call_sid): inf})
    async with open_exchange(desk, database, who="desk", lines=0) as exchange:
        twiml = await exchange.ask(call_sid, query="resume=1")
    assert next(twiml.iter("Stream"), None) is not None


async def test_a_call_in_words_needs_no_line(desk: Desk, database: Database) -> None:
    async with open_exchange(desk, database, lines=0) as exchange:
        twiml = await exchange.ask(f"CA{uuid4().hex}")
    assert next(twiml.iter("ConversationRelay"), None) is not None
