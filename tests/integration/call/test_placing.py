"""Calls on their way to the carrier: who asks again meanwhile, who leaves, and what a shutdown waits for."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from domain.errors import Conflict
from ports.calls import PLACING, QUEUED
from ports.telephony import Carrier, OutboundCall
from providers.postgres.call_store import PostgresCallStore
from providers.postgres.database import Database
from sessions.outbound import ANSWER_WITHIN, Outbound, WantedCall
from sessions.tasks import OwnedTasks, open_tasks
from sessions.telephone import Desk as Number
from tests.integration.call.conftest import Desk

OURS, ALSO_OURS, THEIRS = "+15005550001", "+15005550002", "+15005550006"
WANTED = WantedCall("desk", THEIRS, caller_id=OURS, key="the key")


@dataclass
class SlowCarrier:
    """A carrier that answers when it is let to."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    placed: list[OutboundCall] = field(default_factory=list)
    looked_for: list[OutboundCall] = field(default_factory=list)

    async def call(self, call: OutboundCall) -> str:
        """Place a call."""
        self.placed.append(call)
        self.asked.set()
        await self.answers.wait()
        return f"CA-{call.session_id}"

    async def look_for(self, call: OutboundCall, since: datetime) -> str | None:
        """Find no call."""
        self.looked_for.append(call)
        return None


@dataclass
class Ahead:
    """A clock that goes ahead of the machine's."""

    by: timedelta = timedelta()

    def now(self) -> datetime:
        """Return the time."""
        return datetime.now(UTC) + self.by


@pytest.fixture
def carrier() -> SlowCarrier:
    return SlowCarrier()


@pytest.fixture
def clock() -> Ahead:
    return Ahead()


@pytest.fixture
def outbound(desk: Desk, database: Database, carrier: SlowCarrier, clock: Ahead) -> Callable[[OwnedTasks], Outbound]:
    """Who places calls from either of two numbers."""
    desks = dict.fromkeys((OURS, ALSO_OURS), Number("desk"))
    calls = PostgresCallStore(database)
    return lambda tasks: Outbound(desk.parley, calls, clock, tasks, desks, cast(Carrier, carrier))


async def test_a_key_belongs_to_one_call_from_one_number(
    outbound: Callable[[OwnedTasks], Outbound], carrier: SlowCarrier
) -> None:
    carrier.answers.set()
    async with open_tasks(ANSWER_WITHIN) as tasks:
        record, first = await outbound(tasks).place("demo", WANTED)
        assert (record.caller, first) == (OURS, True)
        for other in (replace(WANTED, caller_id=ALSO_OURS), replace(WANTED, to="+15005550007")):
            with pytest.raises(Conflict) as refused:
                await outbound(tasks).place("demo", other)
            assert refused.value.field == "Idempotency-Key"
        assert await outbound(tasks).place("demo", WANTED) == (record, False)
    assert len(carrier.placed) == 1


async def test_a_call_that_is_being_placed_is_looked_for_when_its_carrier_is_late(
    outbound: Callable[[OwnedTasks], Outbound], carrier: SlowCarrier, clock: Ahead
) -> None:
    async with open_tasks(ANSWER_WITHIN) as tasks:
        placing = asyncio.create_task(outbound(tasks).place("demo", WANTED))
        await carrier.asked.wait()
        assert (await outbound(tasks).place("demo", WANTED))[0].state == PLACING
        assert carrier.looked_for == []
        clock.by = ANSWER_WITHIN + timedelta(seconds=1)
        await outbound(tasks).place("demo", WANTED)
        assert carrier.looked_for == carrier.placed
        carrier.answers.set()
        assert (await placing)[0].state == QUEUED


async def test_neither_a_client_who_leaves_nor_a_shutdown_loses_the_carriers_answer(
    outbound: Callable[[OwnedTasks], Outbound], carrier: SlowCarrier
) -> None:
    async with open_tasks(ANSWER_WITHIN) as tasks:
        placing = asyncio.create_task(outbound(tasks).place("demo", WANTED))
        await carrier.asked.wait()
        placing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await placing
        asyncio.get_running_loop().call_soon(carrier.answers.set)
    (call,) = carrier.placed
    record = await outbound(tasks).show("demo", call.session_id)
    assert (record.state, record.placed) == (QUEUED, True)
