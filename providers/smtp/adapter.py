"""An SMTP server behind the mail port: one connection a letter.

SMTP has no idempotency and cannot be asked what was sent. A letter sent again has the same Message-ID, by which a
mailbox may know it; whether one arrived whose last reply was lost stays unknown.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from typing import Literal

from aiosmtplib import SMTP, SMTPException

from domain.errors import ConfigError, Fault, ProviderRejected
from ports.clock import Clock
from ports.mail import MailMessage
from ports.outbox import Receipt
from providers.mail.addresses import Sender, build_sender, check_address
from providers.mail.message import build_message, message_id
from providers.smtp.faults import PROVIDER, translated

TIME_LIMIT = timedelta(seconds=10)
"""For one letter, from connecting to the last reply; shorter than a try of a delivery."""
_GOODBYE_SECONDS = 1.0
Security = Literal["starttls", "tls", "plain"]
PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "plain": 25}


@dataclass(frozen=True)
class SmtpServer:
    """Where letters are handed in. `plain` is for this machine only; `trust` replaces the usual certificates."""

    host: str
    port: int | None = None
    security: Security = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    trust: ssl.SSLContext | None = field(default=None, repr=False)


class SmtpMail:
    """Hands letters in."""

    def __init__(self, server: SmtpServer, sender: Sender, clock: Clock, seconds: float) -> None:
        self._server = server
        self._sender = sender
        self._clock = clock
        self._seconds = seconds

    @property
    def name(self) -> str:
        """Which way of sending it is."""
        return PROVIDER

    @property
    def can_look(self) -> bool:
        """False: a server of outgoing mail tells nobody what it took."""
        return False

    async def send(self, message: MailMessage) -> Receipt:
        """Hand a letter in (errors as the port says)."""
        recipient = check_address(message.to, "to")
        letter = await asyncio.to_thread(build_message, message, self._sender, self._clock.now())
        deadline = asyncio.get_running_loop().time() + self._seconds
        client = self._client()
        try:
            with translated(letter_left=False):
                async with asyncio.timeout_at(deadline):
                    await client.connect()
                    await client.mail(self._sender.address)
                    await client.rcpt(recipient)
            with translated(letter_left=True):
                async with asyncio.timeout_at(deadline):
                    reply = await client.data(letter.as_bytes())
            await _part(client)
        finally:
            client.close()
        return Receipt({"provider": PROVIDER, "id": message_id(message.key, self._sender), "status": reply.code})

    async def look_for(self, message: MailMessage) -> Receipt | None:
        """Nobody can be asked (ProviderRejected)."""
        raise ProviderRejected(PROVIDER, Fault.ABSENT, f"{PROVIDER}: a server of outgoing mail cannot be asked")

    def _client(self) -> SMTP:
        server = self._server
        return SMTP(
            hostname=server.host,
            port=server.port or PORTS[server.security],
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            username=server.user,
            password=server.password,
            tls_context=server.trust,
            timeout=self._seconds,
            local_hostname=self._sender.domain,
        )


async def _part(client: SMTP) -> None:
    """Say goodbye; the letter was taken, so that no answer matters now."""
    with suppress(SMTPException, OSError, TimeoutError):
        async with asyncio.timeout(_GOODBYE_SECONDS):
            await client.quit()


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


@asynccontextmanager
async def open_smtp(
    server: SmtpServer, sender: str, *, clock: Clock, time_limit: timedelta = TIME_LIMIT
) -> AsyncIterator[SmtpMail]:
    """Open the way to a server; `sender` is an address, or a name and one in <>.

    Raises:
        ConfigError: the sender is no address, a connection in plain text to another machine, a user without a password.
    """
    if server.security == "plain" and not _is_here(server.host):
        raise ConfigError("SMTP in plain text is for servers on this machine; use starttls or tls.")
    if (server.user is None) is not (server.password is None):
        raise ConfigError("SMTP needs a user and a password, or neither.")
    yield SmtpMail(server, build_sender(sender), clock, time_limit.total_seconds())
