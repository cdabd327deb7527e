"""Talkers as a process: lines on which somebody talks on and on, at a fifth of what a whole simulated telephone costs.

A telephone plays, records and judges what it is sent; with hundreds of lines that takes the cores that the lines' own
lateness is measured on. A talker sends its sound when it is due, says of every mark at once that it was reached, and
does nothing else. The orders come as a line of JSON (`Orders`), and it goes on until it is killed.
"""

import asyncio
import os
import sys
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path
from urllib.parse import urljoin

import httpx
import orjson
import uvloop

from bench.voice.account import NUMBER, PUBLIC
from bench.voice.callers import SLICE, Orders, spoken
from providers.twilio_simulator.account import Account, Reach, Signer, new_sid
from providers.twilio_simulator.connection import Connection
from providers.twilio_simulator.messages import CONNECTED, MarkAsked, Messages, StreamNames, read_message
from providers.twilio_simulator.record import CallRecord
from providers.twilio_simulator.simulated import SimulatedCall
from providers.twilio_simulator.sound import SILENT
from providers.twilio_simulator.twiml import Connect, read_twiml
from providers.twilio_simulator.upgrade import open_connection
from providers.twilio_simulator.webhooks import Webhooks
from speech.framing import RATE_HZ

PAUSE_S = 3.0
"""How long a talker is silent before it begins again."""


class Talker:
    """One line, whose `run` begins it; its chunks leave by the clock alone, as long as the connection is open."""

    def __init__(self, connection: Connection, names: StreamNames, sound: bytes) -> None:
        self._connection = connection
        self._stream_sid = names.stream_sid
        self._messages = Messages(names)
        self._sound = sound
        self._loop = asyncio.get_running_loop()
        self._numbers = count()

    def begin(self, connect: Connect) -> None:
        """Say what the stream is, and begin to talk."""
        self._connection.listen(self._receive)
        self._connection.send(CONNECTED)
        self._connection.send(self._messages.start(connect.parameters))
        self._began = self._loop.time()
        self._talk()

    def _talk(self) -> None:
        """Send the chunk that is due, and come back when the next one is."""
        if not self._connection.open:
            return
        number = next(self._numbers)
        at = number * SLICE % len(self._sound)
        self._connection.send(self._messages.media(self._sound[at : at + SLICE], number * SLICE * 1_000 // RATE_HZ))
        self._loop.call_at(self._began + (number + 1) * SLICE / RATE_HZ, self._talk)

    def _receive(self, text: str | bytes) -> None:
        message = read_message(text, self._stream_sid)
        if isinstance(message, MarkAsked):
            self._connection.send(self._messages.mark(message.name))


async def _begin(orders: Orders, sound: bytes, client: httpx.AsyncClient, stack: AsyncExitStack) -> None:
    """Call the server as a carrier does, and begin to talk on the stream that it asks for."""
    simulated, account = SimulatedCall(called=NUMBER), Account(orders.sid, orders.token)
    reach, signer = Reach(orders.server, PUBLIC), Signer(account)
    webhooks = Webhooks(client, signer, reach, CallRecord(simulated.call_sid))
    form = {**simulated.about(account.sid), "CallStatus": "ringing"}
    verbs = read_twiml(await webhooks.ask(urljoin(PUBLIC, simulated.voice), form))
    connect = next(verb for verb in verbs if isinstance(verb, Connect))
    connection = await stack.enter_async_context(open_connection(connect.url, signer, reach))
    names = StreamNames(account.sid, simulated.call_sid, new_sid("MZ"))
    Talker(connection, names, sound).begin(connect)


def _what_is_said(orders: Orders) -> bytes:
    words = spoken(Path(orders.sounds[0]).read_bytes(), orders.long)
    return words + bytes((SILENT,)) * (round(PAUSE_S * RATE_HZ) // SLICE * SLICE)


async def run(orders: Orders, sound: bytes) -> None:
    """Begin one line after the other, and let them talk."""
    async with httpx.AsyncClient(trust_env=False) as client, AsyncExitStack() as stack:
        for _ in range(orders.calls):
            await _begin(orders, sound, client, stack)
            await asyncio.sleep(orders.every)
        await asyncio.Event().wait()


def main() -> None:
    """Read the orders and carry them out."""
    orders = Orders(**orjson.loads(sys.stdin.readline()))
    if orders.cores:
        os.sched_setaffinity(0, orders.cores)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(orders, _what_is_said(orders)))


if __name__ == "__main__":
    main()
