"""The doors on a real port: what a client sees closes with its reason, and a simulated Twilio finds nothing wrong."""

import asyncio

import orjson
import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import InvalidStatus

from domain.errors import LineClosed
from ports.telephony import Digit, HungUp, Line, Sound
from providers.twilio import text_socket
from providers.twilio.voice import APOLOGY, MAX_RESUMES
from providers.twilio_simulator.account import Account
from providers.twilio_simulator.faults import Malformed, Trick
from providers.twilio_simulator.record import CallRecord, Ending, StreamEnding
from providers.twilio_simulator.script import Script
from providers.twilio_simulator.simulated import SimulatedCall
from providers.twilio_simulator.simulator import call
from tests.unit.providers.twilio.house import TOKEN, House, parameters
from tests.unit.providers.twilio.serving import serving, upgraded
from tests.unit.providers.twilio.wire import ACCOUNT, CONNECTED, media, start

TONE = bytes(range(160))
ROOT = "https://calls.example.com"


async def say(client: ClientConnection, *messages: object) -> None:
    """Send messages as JSON."""
    for message in messages:
        await client.send(orjson.dumps(message).decode())


async def begin(client: ClientConnection, house: House) -> None:
    """Send the beginning of a stream that may go on."""
    await say(client, CONNECTED, start(parameters=parameters(await house.ask())))


async def simulated(address: str, one: SimulatedCall) -> CallRecord:
    """Make a simulated call to a house at ROOT."""
    return await call(one, f"http://{address}", Account(ACCOUNT, TOKEN), public=ROOT)


async def closed(client: ClientConnection) -> tuple[int | None, str | None]:
    """Wait for the end: its code and reason."""
    async with asyncio.timeout(60):
        await client.wait_closed()
    return client.close_code, client.close_reason


async def test_a_violation_is_closed_with_its_reason() -> None:
    house = House()
    async with serving(house) as address, upgraded(address) as client:
        await begin(client, house)
        await say(client, start())
        assert await closed(client) == (1008, "a second start")
    assert house.heard == [HungUp("a second start", over=False)]


async def test_a_message_that_is_too_long_is_closed_before_it_is_read() -> None:
    house = House()
    async with serving(house) as address, upgraded(address) as client:
        await begin(client, house)
        await say(client, media(TONE, 2))
        await client.recv()
        await client.send("x" * 100_000)
        assert (await closed(client))[0] == 1009
    assert [type(event) for event in house.heard] == [Sound, HungUp]


async def test_an_upgrade_that_nobody_signed_is_answered_with_403() -> None:
    async with serving(House(tokens=("other",))) as address:
        with pytest.raises(InvalidStatus) as refused:
            async with upgraded(address):
                pass
    assert refused.value.response.status_code == 403
    assert orjson.loads(refused.value.response.body or b"")["code"] == "forbidden"


async def test_a_client_that_vanishes_leaves_the_call() -> None:
    house = House()
    async with serving(house) as address, upgraded(address) as client:
        await begin(client, house)
        await say(client, media(TONE, 2))
        await client.recv()
        client.transport.abort()
    (sound, end) = house.heard
    assert (sound, isinstance(end, HungUp) and end.over) == (Sound(TONE), False)


class Talker(House):
    """Plays and plays, whether anybody listens or not."""

    def __init__(self) -> None:
        super().__init__()
        self.gave_up = asyncio.Event()

    async def take_line(self, line: Line) -> None:
        """Play until the line says that nobody takes it."""
        try:
            while True:
                await line.play(TONE * 250)
        except LineClosed:
            self.gave_up.set()


async def test_a_client_that_reads_nothing_does_not_hold_a_line_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_socket, "SEND_SECONDS", 0.2)
    house = Talker()
    async with serving(house) as address, upgraded(address, reads=False) as client:
        await begin(client, house)
        async with asyncio.timeout(60):
            await house.gave_up.wait()
        client.transport.abort()


async def test_a_simulated_call_goes_from_its_first_ring_to_its_end() -> None:
    house = House(public=ROOT)
    script = Script().say(TONE * 20).press("5#").lose_socket().say(TONE[::-1] * 5).hang_up()
    async with serving(house) as address:
        record = await simulated(address, SimulatedCall(script, speed=5))
    assert (record.problems, record.ending) == ([], Ending.CALLER_HUNG_UP)
    assert [stream.ending for stream in record.streams] == [StreamEnding.LOST, StreamEnding.CALLER]
    assert [begun.resumed for begun in house.starts] == [False, True]
    said = b"".join(event.data for event in house.heard if isinstance(event, Sound))
    assert 0 <= said.find(TONE * 20) < said.find(TONE[::-1] * 5)
    assert [event.digit for event in house.heard if isinstance(event, Digit)] == ["5", "#"]


@pytest.mark.parametrize("trick", [Trick.STREAM_FORGED, Trick.STREAM_ELSEWHERE])
async def test_wrong_ways_in_are_refused(trick: Trick) -> None:
    house = House(public=ROOT)
    async with serving(house) as address:
        record = await simulated(address, SimulatedCall(trick=trick))
    assert {(stream.ending, stream.status) for stream in record.streams} == {(StreamEnding.REFUSED, 403)}
    assert house.starts == []


async def test_a_call_whose_every_stream_is_refused_ends_with_an_apology() -> None:
    house = House(public=ROOT)
    async with serving(house) as address:
        record = await simulated(address, SimulatedCall(Script().wait(60), trick=Trick.TOKEN_STOLEN))
    assert [stream.close_code for stream in record.streams] == [1008] * (MAX_RESUMES + 1)
    assert (record.ending, record.texts, house.starts) == (Ending.AGENT_HUNG_UP, [APOLOGY], [])


async def test_a_token_that_is_shown_again_is_refused() -> None:
    house = House(public=ROOT)
    async with serving(house) as address:
        record = await simulated(address, SimulatedCall(Script().hang_up(), trick=Trick.TOKEN_REPLAYED))
    assert [stream.close_code for stream in record.streams] == [1000, 1008]
    assert len(house.starts) == 1


@pytest.mark.parametrize("kind", Malformed)
async def test_whatever_comes_the_call_goes_on_or_is_closed_with_a_reason(kind: Malformed) -> None:
    house = House(public=ROOT)
    script = Script().misbehave(kind).wait(0.5).hang_up()
    async with serving(house) as address:
        record = await simulated(address, SimulatedCall(script, speed=5, limit=10))
    codes = {stream.close_code for stream in record.streams if stream.ending is StreamEnding.SERVER}
    assert codes <= {1008, 1009}
    assert bool(codes) is (kind in {Malformed.SECOND_START, Malformed.HUGE, Malformed.BIG_TEXT, Malformed.FLOOD})
    assert record.ending is Ending.CALLER_HUNG_UP
