"""The simulator's own door: open it on a server and make calls, one or a few hundred at a time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx

from providers.twilio_simulator.account import Account, Reach
from providers.twilio_simulator.phone_call import PhoneCall
from providers.twilio_simulator.record import CallRecord
from providers.twilio_simulator.simulated import SimulatedCall

_CONNECTIONS = httpx.Limits(max_connections=None, max_keepalive_connections=100)


@dataclass
class Simulator:
    """A Twilio that calls one server."""

    account: Account
    reach: Reach
    client: httpx.AsyncClient
    _calls: dict[str, PhoneCall] = field(default_factory=dict)

    async def call(self, simulated: SimulatedCall) -> CallRecord:
        """Make a call and return what happened; a server's failures are in the record, not raised."""
        call = PhoneCall(simulated, self.account, self.reach, self.client)
        self._calls[simulated.call_sid] = call
        try:
            return await call.run()
        finally:
            del self._calls[simulated.call_sid]

    def record(self, call_sid: str) -> CallRecord | None:
        """Return the record so far of a call that goes on, or None."""
        call = self._calls.get(call_sid)
        return call.record if call else None

    def end(self, call_sid: str) -> bool:
        """End a call as the carrier's REST service would; False when there is none."""
        call = self._calls.get(call_sid)
        if call:
            call.ended.set()
        return call is not None


@asynccontextmanager
async def open_simulator(server: str, account: Account, *, public: str | None = None) -> AsyncIterator[Simulator]:
    """Open a simulator for the server that listens at `server`, `http://127.0.0.1:8080` or so.

    `public` is the address under which that server knows itself, and for which all is signed; `server` if not given.
    """
    reach = Reach(server.rstrip("/"), (public or server).rstrip("/"))
    async with httpx.AsyncClient(limits=_CONNECTIONS, trust_env=False) as client:
        yield Simulator(account, reach, client)


async def call(simulated: SimulatedCall, server: str, account: Account, *, public: str | None = None) -> CallRecord:
    """Make one call to a server and return what happened."""
    async with open_simulator(server, account, public=public) as simulator:
        return await simulator.call(simulated)
