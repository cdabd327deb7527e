"""Where lines are taken: one call on each, the newest line of a call in force."""

import asyncio
from math import inf

import structlog

from domain.errors import InvalidInput, Unavailable
from domain.playbook import Playbook
from ports.telephony import Carrier, Line, LineStart
from server.call.call import CallPorts, MediaCall
from server.call.text import RelayCall

Key = tuple[str, str]
"""A call by its tenant and its id."""

log = structlog.get_logger(__name__)


MOST_CALLS = 100
AGAIN_SECONDS = 30.0
"""How soon to ask again whether a line is free."""
RETURN_SECONDS = 30.0
"""How long after it has left its line a call may come back though all lines are busy."""


class CallDesk:
    """Every call of this process. Of those with sound there are at most so many at once; one in words needs no line.

    Only who comes back to a call is let in all the same: it goes on before others begin.
    """

    def __init__(self, ports: CallPorts, most: int = MOST_CALLS) -> None:
        self._ports = ports
        self._most = most
        self._calls: dict[Key, asyncio.Task[None]] = {}
        self._until: dict[Key, float] = {}
        """How long each call may come back."""

    @property
    def open_calls(self) -> int:
        """How many calls with sound are being led."""
        return len(self._calls)

    def require_line(self, call_id: str | None = None) -> None:
        """Let a call come in, or come back. Raises Unavailable when all lines are busy.

        Whose call it is that comes back is looked at when its line is taken.
        """
        if self.open_calls >= self._most and call_id not in {known for _, known in self._known()}:
            log.warning("all_lines_busy", calls=self.open_calls)
            raise Unavailable("All lines are busy; please call again in a moment.", retry_after=AGAIN_SECONDS)

    async def take(self, line: Line) -> None:
        """Lead a call on a line from its start to its end; older lines of the same call are given up first.

        Raises:
            NotFound: there is no such session.
            InvalidInput: its playbook does not speak.
            Unavailable: all lines are busy, or the database is away.
        """
        key = (line.start.tenant_id, line.start.call_id)
        while key in self._calls:
            await self._give_up(self._calls[key])
        if key not in self._known():
            self.require_line()
        call = self._calls[key] = asyncio.create_task(self._lead(line), name=f"call {line.start.session_id}")
        self._until[key] = inf
        call.add_done_callback(lambda _: self._left(key))
        try:
            await asyncio.wait({call})
        finally:
            call.cancel()
            await asyncio.wait({call})
        if not call.cancelled():
            call.result()

    async def open_words(self, start: LineStart, carrier: Carrier) -> RelayCall:
        """Begin a call that its carrier hears and speaks for us.

        Raises:
            NotFound: there is no such session.
            InvalidInput: its playbook does not speak.
            Unavailable: the database is away.
        """
        return RelayCall(start, self._ports.parley, await self._playbook(start), carrier)

    def _left(self, key: Key) -> None:
        """Note that a call has left its line, and forget those that did so long ago."""
        del self._calls[key]
        self._until = {**self._known(), key: _now() + RETURN_SECONDS}

    def _known(self) -> dict[Key, float]:
        """The calls that are led, or were a moment ago."""
        return {key: until for key, until in self._until.items() if until > _now()}

    async def _give_up(self, older: asyncio.Task[None]) -> None:
        """End the call on an older line, once however many lines come, and wait until all of it is kept."""
        if not older.cancelling():
            log.warning("call_has_another_line")
            older.cancel()
        await asyncio.wait({older})

    async def _lead(self, line: Line) -> None:
        await MediaCall(line, self._ports, await self._playbook(line.start)).run()

    async def _playbook(self, start: LineStart) -> Playbook:
        """Find who speaks (NotFound, InvalidInput, Unavailable)."""
        parley = self._ports.parley
        state = await parley.get_session_state(start.session_id, tenant_id=start.tenant_id)
        playbook = parley.playbooks[state["playbook"]]
        if not playbook.replies:
            raise InvalidInput(
                f"{playbook.name} listens to calls that others lead; it does not speak.", field="playbook"
            )
        return playbook


def _now() -> float:
    return asyncio.get_running_loop().time()
