"""The turns of one line, as they are put to the service."""

from collections.abc import AsyncGenerator
from itertools import count
from typing import Any

from domain.playbook import Playbook
from ports.telephony import LineStart
from sessions.service import Parley


class Turns:
    """Numbers the turns that are made on one line, and has them run."""

    def __init__(self, parley: Parley, playbook: Playbook, start: LineStart) -> None:
        self._parley = parley
        self._playbook = playbook
        self._stream_id = start.stream_id
        self._session_id = start.session_id
        self._tenant_id = start.tenant_id
        self._numbers = count(1)

    def new_id(self) -> str:
        """Name the next turn."""
        return f"{self._stream_id}-{next(self._numbers)}"

    async def say(self, text: str) -> str:
        """Keep words of our own that answer nothing as a turn of the agent, and return its id."""
        turn_id = self.new_id()
        await self._parley.process_turn(
            self._session_id,
            tenant_id=self._tenant_id,
            speaker=self._playbook.agent,
            raw_text=text,
            turn_id=turn_id,
            aloud=True,
        )
        return turn_id

    def hear(self, turn_id: str, **given: Any) -> AsyncGenerator[dict[str, Any], None]:
        """Run a turn of the caller's words or sound, `given` as `Parley.stream_turn` takes them, and yield its news."""
        return self._parley.stream_turn(
            self._session_id,
            tenant_id=self._tenant_id,
            speaker=self._playbook.caller,
            turn_id=turn_id,
            aloud=True,
            **given,
        )

    async def interrupt(self, turn_id: str) -> None:
        """Give up a turn that runs (Unavailable: it cannot be stopped now)."""
        await self._parley.interrupt_turn(self._session_id, turn_id, tenant_id=self._tenant_id)

    async def close(self) -> None:
        """End the session: the call is over."""
        await self._parley.close_session(self._session_id, tenant_id=self._tenant_id)
