"""A loopback Google: tokens, Calendar, Gmail and Sheets behind one address, with troubles on order.

Source of the paths, fields and errors: https://developers.google.com/workspace
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.listening import open_listener
from tests.loopback_google_workspace_calendar import Events
from tests.loopback_google_workspace_gmail import Letters
from tests.loopback_google_workspace_refusal import Refused, refusal
from tests.loopback_google_workspace_sheets import Tabs
from tests.loopback_http import HttpRequest, read_request

CLIENT = "desk@renova.iam.gserviceaccount.com"
USER = {"client_id": "an-app", "client_secret": "shh-app", "refresh_token": "shh-user"}
_JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_LASTS_SECONDS = 3599
_AUDIENCE = "https://oauth2.googleapis.com/token"


@dataclass(frozen=True)
class Trouble:
    """What happens to a request. With `acts` it is done all the same; without a status no answer comes."""

    status: int | None = None
    body: bytes = b""
    kind: str = "application/json"
    acts: bool = False
    cuts: bool = False
    drips: bool = False
    retry_after: int | None = None


HANG = Trouble()
LOST = Trouble(acts=True)
CUT = Trouble(acts=True, cuts=True)
DRIP = Trouble(acts=True, drips=True)
ERROR = Trouble(500, refusal(500, "backendError"))
FORBIDDEN = Trouble(403, refusal(403, "forbidden"))
UNSCOPED = Trouble(403, refusal(403, "insufficientPermissions"))
TOO_FAST = Trouble(403, refusal(403, "userRateLimitExceeded"))
TOO_MANY = Trouble(429, refusal(429, "rateLimitExceeded"))
PAGE = Trouble(200, b"<html>Sign in to the network</html>", "text/html", acts=True)
ERROR_PAGE = Trouble(502, b"<html>Bad Gateway</html>", "text/html")


@dataclass
class Workspace:
    """One customer of Google. `troubles` meet the requests of their method in order, then all is well."""

    url: str = ""
    events: Events = field(default_factory=Events)
    letters: Letters = field(default_factory=Letters)
    tabs: Tabs = field(default_factory=Tabs)
    troubles: list[tuple[str, Trouble]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    issued: list[dict[str, Any]] = field(default_factory=list)
    _left: asyncio.Event = field(default_factory=asyncio.Event)

    def meet(self, trouble: Trouble, on: str = "") -> None:
        """Order a trouble for the next request whose method and path begin so, as in `POST /gmail`."""
        self.troubles.append((on, trouble))

    def service_account(self, **changed: Any) -> bytes:
        """The key file of its service account."""
        key = signing_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        document = {"type": "service_account", "client_email": CLIENT, "private_key": key, "private_key_id": "1"}
        return orjson.dumps(document | {"token_uri": f"{self.url}/token"} | changed)

    def user_token(self, **changed: Any) -> bytes:
        """The token file of one of its users."""
        return orjson.dumps({"type": "authorized_user", **USER, "token_uri": f"{self.url}/token"} | changed)

    async def left(self) -> None:
        """Wait until a client has hung up on a request (TimeoutError)."""
        async with asyncio.timeout(60):
            await self._left.wait()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take requests off one connection."""
        while True:
            request = await read_request(reader)
            trouble = self._trouble(request)
            if trouble.status is None:
                return await self._keep_silent(trouble, request, reader, writer)
            writer.write(self._answer(trouble, request))
            await writer.drain()

    def _trouble(self, request: HttpRequest) -> Trouble:
        path = urlsplit(request.target).path
        self.asked.append((request.method, path))
        for at, (on, trouble) in enumerate(self.troubles):
            if f"{request.method} {path}".startswith(on):
                del self.troubles[at]
                return trouble
        return Trouble(200, acts=True)

    async def _keep_silent(
        self, trouble: Trouble, request: HttpRequest, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Do what was asked, perhaps, and say nothing until the client leaves."""
        if trouble.acts:
            self._done(request)
        leaving = asyncio.ensure_future(reader.read(1))
        if trouble.drips:
            writer.write(b"HTTP/1.1 200 -\r\ncontent-type: application/json\r\n\r\n")
        while trouble.drips and not (await asyncio.wait({leaving}, timeout=0.02))[0]:
            writer.write(b" ")
        if not trouble.cuts:
            await leaving
        leaving.cancel()
        self._left.set()

    def _answer(self, trouble: Trouble, request: HttpRequest) -> bytes:
        status, document = self._done(request) if trouble.acts else (trouble.status, b"")
        if trouble.body:
            status, document = trouble.status, trouble.body
        head = f"HTTP/1.1 {status} -\r\ncontent-type: {trouble.kind}\r\ncontent-length: {len(document)}\r\n"
        wait = f"retry-after: {trouble.retry_after}\r\n" if trouble.retry_after is not None else ""
        return f"{head}{wait}\r\n".encode() + document

    def _done(self, request: HttpRequest) -> tuple[int, bytes]:
        url = urlsplit(request.target)
        query = parse_qs(url.query, keep_blank_values=True)
        try:
            if url.path == "/token":
                return 200, orjson.dumps(self._token(parse_qs(request.body.decode())))
            if request.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
                raise Refused(401, "authError")
            document = orjson.loads(request.body) if request.body else {}
            answer = self._service(url.path)(request.method, unquote(url.path), query, document, request.headers)
        except Refused as error:
            return error.status, error.body
        return 200, b"" if answer is None else orjson.dumps(answer)

    def _service(self, path: str) -> Any:
        services: dict[str, Any] = {
            "/calendar/v3/": self.events,
            "/gmail/v1/": self.letters,
            "/v4/spreadsheets/": self.tabs,
        }
        for beginning, service in services.items():
            if path.startswith(beginning):
                return service.answer
        raise Refused(404, "notFound")

    def _token(self, form: dict[str, list[str]]) -> dict[str, Any]:
        claims = self._claims({name: values[0] for name, values in form.items()})
        token = f"token-{len(self.issued)}"
        self.issued.append(claims)
        self.tokens.add(token)
        return {"access_token": token, "expires_in": _LASTS_SECONDS, "token_type": "Bearer"}

    def _claims(self, form: dict[str, str]) -> dict[str, Any]:
        """Check who asks, as RFC 7523 and RFC 6749 say."""
        if form.get("grant_type") == "refresh_token":
            if {name: form.get(name) for name in USER} != USER:
                raise Refused(400, "invalid_grant", plain=True)
            return {"scope": form.get("scope", "")}
        try:
            claims: dict[str, Any] = jwt.decode(
                form["assertion"], signing_key().public_key(), ["RS256"], audience=_AUDIENCE, issuer=CLIENT
            )
        except (jwt.InvalidTokenError, KeyError):
            raise Refused(400, "invalid_grant", plain=True) from None
        if form["grant_type"] != _JWT_GRANT:
            raise Refused(400, "unsupported_grant_type", plain=True)
        return claims


@cache
def signing_key() -> rsa.RSAPrivateKey:
    """The key of the service account, made once a run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@asynccontextmanager
async def open_loopback_google() -> AsyncIterator[Workspace]:
    """Serve on a free port."""
    workspace = Workspace()
    async with open_listener(workspace.serve) as port:
        workspace.url = f"http://127.0.0.1:{port}"
        yield workspace
