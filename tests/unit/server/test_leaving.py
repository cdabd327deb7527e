"""A server that ends, and who comes at that moment."""

import asyncio
from contextlib import suppress
from socket import create_connection, socket

import pytest
import uvloop

from server.app import create_app
from server.listen import Listener, open_socket
from tests.unit.server.face import Stage

TURNS_OF_TAKING_UP = 4
"""Turns of the event loop in which a connection is accepted and made, and some more."""


class Visited(Listener):
    """Leaves so many turns of the event loop after its only client has come."""

    address: tuple[str, int]
    client: socket
    turns: int

    async def main_loop(self) -> None:
        """Wait for nothing else."""
        self.client = create_connection(self.address, timeout=30)
        for _ in range(self.turns):
            await asyncio.sleep(0)


async def be_visited(turns: int) -> None:
    face = Stage().face()
    server = Visited(create_app(face), stopping=face.stopping, ready=lambda: None, leaving=lambda: None)
    server.config.timeout_graceful_shutdown = 1
    with open_socket("127.0.0.1", 0) as listener:
        server.address, server.turns = listener.getsockname(), turns
        await server.serve([listener])
    with server.client, suppress(ConnectionResetError):
        assert server.client.recv(1) == b"", "it is let go before the loop ends"


@pytest.mark.parametrize("turns", range(TURNS_OF_TAKING_UP))
def test_a_client_that_comes_last_is_let_go(turns: int) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(be_visited(turns))
