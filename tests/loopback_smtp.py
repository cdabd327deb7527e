"""A loopback SMTP server: plain, STARTTLS or TLS, with log-in, and troubles at any command."""

import asyncio
import ssl
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.listening import open_listener

HANG, CUT = "hang", "cut"


@dataclass
class SmtpServer:
    """What it took. `at` says what to answer to a command (`.` is the end of a letter) instead of the usual reply."""

    port: int = 0
    user: str | None = None
    password: str = ""
    tls: ssl.SSLContext | None = None
    at: dict[str, str] = field(default_factory=dict)
    keeps_before_trouble: bool = False
    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, str]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    greeting: bytes = b"220 loopback ESMTP\r\n"
    left: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk to one client."""
        try:
            writer.write(self.greeting)
            while line := (await reader.readline()).decode().rstrip():
                await self._command(line, reader, writer)
        finally:
            self.left.set()

    async def _command(self, line: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        verb, _, rest = line.partition(" ")
        self.commands.append(verb)
        if verb == "DATA" and "DATA" not in self.at:
            writer.write(b"354 go on\r\n")
            verb, rest = ".", (await reader.readuntil(b"\r\n.\r\n")).decode("latin-1")
        trouble = self.at.get(verb)
        if verb == "." and (trouble is None or self.keeps_before_trouble):
            self._keep(rest.encode("latin-1"))
        if trouble == HANG:
            await reader.read()
        if trouble in {HANG, CUT}:
            raise ConnectionResetError
        writer.write(f"{trouble or self._reply(verb, rest)}\r\n".encode())
        await writer.drain()
        if verb == "STARTTLS" and trouble is None and self.tls is not None:
            await writer.start_tls(self.tls)

    def _reply(self, verb: str, rest: str) -> str:
        if verb == "EHLO":
            offers = ["loopback", *(["STARTTLS"] if self.tls else []), *(["AUTH PLAIN"] if self.user else [])]
            return "\r\n".join(f"250{'-' if n < len(offers) - 1 else ' '}{offer}" for n, offer in enumerate(offers))
        if verb == "AUTH":
            given = b64decode(rest.removeprefix("PLAIN ")).decode()
            return "235 fine" if given == f"\0{self.user}\0{self.password}" else "535 not you, asha@example.com"
        if verb == "MAIL":
            self.envelopes.append((_address(rest), ""))
        if verb == "RCPT":
            self.envelopes[-1] = (self.envelopes[-1][0], _address(rest))
        return {"STARTTLS": "220 go", "QUIT": "221 bye"}.get(verb, "250 fine")

    def _keep(self, data: bytes) -> None:
        bare = data.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
        letter = message_from_bytes(bare, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)


def _address(rest: str) -> str:
    return rest.partition("<")[2].partition(">")[0]


def server_certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a certificate for this machine: what a server shows, and what trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).add_extension(names, critical=False)
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    certificate = builder.sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    both = folder / "server.pem"
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    both.write_bytes(secret + certificate.public_bytes(pem))
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(both)
    return shown, ssl.create_default_context(cadata=certificate.public_bytes(pem).decode())


@asynccontextmanager
async def open_loopback_smtp(server: SmtpServer | None = None, *, tls: bool = False) -> AsyncIterator[SmtpServer]:
    """Serve on a free port; with `tls` from the first byte on."""
    server = server or SmtpServer()
    async with open_listener(server.serve, server.tls if tls else None) as server.port:
        yield server
