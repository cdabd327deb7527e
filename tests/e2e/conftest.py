"""Running servers and clients that talk to them."""

import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import httpx
import pytest
from pydantic import SecretStr

from ports.clock import SystemClock
from server.security.roles import AccessRole, Caller
from server.security.tokens import TokenSigner
from tests.e2e.process import SECRET, ServeProcess, new_data_dir


def bearer(role: AccessRole, tenant_id: str = "demo") -> dict[str, str]:
    """The header of a token that the guarded server takes."""
    signer = TokenSigner(SecretStr(SECRET), SystemClock())
    token = signer.make(Caller(tenant_id, role, f"test-{role}"), lifetime=timedelta(hours=1))
    return {"Authorization": f"Bearer {token}"}


def serve(**settings: str) -> Iterator[ServeProcess]:
    """Run a server on a new database, and leave nothing behind."""
    process = ServeProcess(new_data_dir(), settings)
    try:
        yield process.start()
    finally:
        if process.runs:
            process.stop()
        shutil.rmtree(process.data_dir, ignore_errors=True)
        process.data_dir.with_suffix(".log").unlink(missing_ok=True)


@pytest.fixture(scope="session")
def guarded() -> Iterator[ServeProcess]:
    """A server with a secret, shared by the tests of a worker."""
    yield from serve(PARLEY_SECRET=SECRET)


@pytest.fixture
def local() -> Iterator[ServeProcess]:
    """A server without a secret, for one test that may end it."""
    yield from serve()


@pytest.fixture
async def client(guarded: ServeProcess) -> AsyncIterator[httpx.AsyncClient]:
    """An administrator of the tenant `demo` at the guarded server."""
    async with httpx.AsyncClient(base_url=guarded.url, headers=bearer(AccessRole.ADMIN), timeout=30) as found:
        yield found


@pytest.fixture
async def session_id(client: httpx.AsyncClient) -> str:
    """A new session."""
    answer = await client.post("/sessions", json={"playbook": "lumen"})
    return str(answer.json()["session_id"])
