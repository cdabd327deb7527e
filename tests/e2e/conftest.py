"""Running servers and clients that talk to them."""

import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import httpx
import pytest
import pytest_asyncio
from pydantic import SecretStr

from ports.clock import SystemClock
from providers.google.loopback.script import Script
from server.security.roles import AccessRole, Caller
from server.security.tokens import TokenSigner
from tests.e2e.process import SECRET, ServeProcess, new_data_dir
from tests.loopback_gemini import open_loopback_gemini

KEY = "a key of nobody"


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
    async with httpx.AsyncClient(base_url=guarded.url, headers=bearer(AccessRole.ADMIN), timeout=120) as found:
        yield found


@pytest.fixture
async def session_id(client: httpx.AsyncClient) -> str:
    """A new session."""
    answer = await client.post("/sessions", json={"playbook": "lumen"})
    return str(answer.json()["session_id"])


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def on_gemini() -> AsyncIterator[tuple[ServeProcess, Script]]:
    """A server whose model is the loopback Gemini, shared by the tests of a worker, and what that answers."""
    async with open_loopback_gemini() as (base_url, script):
        running = serve(GOOGLE_API_KEY=KEY, GOOGLE_GEMINI_BASE_URL=base_url)
        server = next(running)
        yield server, script
        assert KEY not in server.log + server.greeting
        assert next(running, None) is None


@pytest_asyncio.fixture(loop_scope="session")
async def gemini(on_gemini: tuple[ServeProcess, Script]) -> AsyncIterator[tuple[httpx.AsyncClient, Script]]:
    """A client of the server on the loopback Gemini, which has forgotten what it was asked and told before."""
    server, script = on_gemini
    script.replace(())
    script.forget()
    async with httpx.AsyncClient(base_url=server.url, timeout=120) as client:
        yield client, script
