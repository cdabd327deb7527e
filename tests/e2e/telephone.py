"""What a server needs to take calls of a simulated telephone, and a way to read their sessions."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from ports.clock import SystemClock
from providers.twilio_simulator.account import Account
from server.security.roles import AccessRole, Caller
from server.security.tokens import TokenSigner
from tests.e2e.process import SECRET
from tests.listening import open_listener

AUDIO = Path(__file__).parents[2] / "playbooks/custom/scenarios/telephone_call/audio"
ACCOUNT = Account("AC" + "0" * 32, "an auth token of nobody")
PUBLIC = "https://parley.example"
TELEPHONE = {
    "PARLEY_TWILIO__ACCOUNT_SID": ACCOUNT.sid,
    "PARLEY_TWILIO__AUTH_TOKEN": ACCOUNT.token,
    "PARLEY_TWILIO__PUBLIC_URL": PUBLIC,
    "PARLEY_TWILIO__NUMBERS": '{"*": "custom"}',
    "PARLEY_SECRET": SECRET,
}


def bearer() -> dict[str, str]:
    """The header of somebody who may read every session."""
    reader = Caller("demo", AccessRole.OPERATOR, "test")
    token = TokenSigner(SecretStr(SECRET), SystemClock()).make(reader, lifetime=timedelta(minutes=10))
    return {"Authorization": f"Bearer {token}"}


@dataclass
class Balancer:
    """One address before several servers: new connections go to `target`, a host and a port."""

    target: tuple[str, int]
    url: str = ""

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            there_reader, there_writer = await asyncio.open_connection(*self.target)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(_copy(reader, there_writer))
                tasks.create_task(_copy(there_reader, writer))
        writer.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def open_balancer(target: tuple[str, int]) -> AsyncIterator[Balancer]:
    """Listen on a free port of this machine."""
    balancer = Balancer(target)
    async with open_listener(balancer.carry) as port:
        balancer.url = f"http://127.0.0.1:{port}"
        yield balancer
