"""The desk behind a real server with a telephone number, and a Twilio that reaches it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from pydantic import SecretStr

from bootstrap.settings import Settings, TwilioPart
from bootstrap.telephony import open_telephony
from ports.clock import SystemClock
from providers.postgres.call_store import PostgresCallStore
from providers.postgres.database import Database
from providers.postgres.key_store import PostgresKeyStore
from providers.scripted.voice_activity import Loudness
from server.app import Mounted, create_app
from server.build import build_face
from server.call.call import CallPorts
from server.call.desk import CallDesk
from server.listen import Listener, address_of, open_socket
from server.security.roles import AccessRole, Caller
from server.security.tokens import TokenSigner
from tests.integration.call.conftest import Desk, hearing
from tests.integration.call.relay import ACCOUNT, NUMBER, PUBLIC, TOKEN, Exchange

SECRET = "a secret for tests, long enough for HS256"


@asynccontextmanager
async def open_exchange(
    desk: Desk,
    database: Database,
    *,
    rest_url: str = "http://127.0.0.1:9",
    account: str | None = ACCOUNT,
    who: str = "relay:desk",
    lines: int = 100,
) -> AsyncIterator[Exchange]:
    """Serve the desk, its number led as `who` says; `rest_url` is where calls are placed and handed over."""
    twilio = TwilioPart(
        account_sid=account, auth_token=TOKEN, public_url=PUBLIC, rest_url=rest_url, numbers={NUMBER: who}
    )
    settings = Settings(secret=SECRET, twilio=twilio)
    ports = CallPorts(desk.parley, desk.voice, Loudness(), hearing(desk.hears))
    calls, store = CallDesk(ports, lines), PostgresCallStore(database)
    async with open_telephony(settings, desk.parley, store, calls) as phones:
        keys, routes = PostgresKeyStore(database), phones.routes
        face = build_face(settings, desk.parley, keys, version="0", desk=calls, outbound=phones.outbound)
        app = create_app(face, mounted=Mounted((routes.router,), (routes.guarded,)) if routes else Mounted())
        with open_socket("127.0.0.1", 0) as listener:
            server = Listener(app, stopping=face.stopping, ready=lambda: None, leaving=lambda: None)
            serving = asyncio.create_task(server.serve([listener]))
            try:
                yield Exchange(address_of(listener))
            finally:
                server.leave()
                await serving


def bearer(tenant_id: str = "demo", role: AccessRole = AccessRole.OPERATOR) -> dict[str, str]:
    """The header of a token that holds."""
    signer = TokenSigner(SecretStr(SECRET), SystemClock())
    return {"Authorization": f"Bearer {signer.make(Caller(tenant_id, role, 'test'), lifetime=timedelta(hours=1))}"}
