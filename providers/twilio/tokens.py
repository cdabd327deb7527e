"""One-time tokens: what a webhook's answer says about a call holds for one stream of that call, and for five minutes.

Twilio's signature has no time and no counter in it, so a recorded upgrade would open a stream again; the token that
the stream has to show does so once. It is an HMAC-SHA256 of all that it vouches for.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

import orjson

from domain.errors import Forbidden
from ports.clock import Clock
from providers.twilio.ports import OneTimeTokens

LIFE = timedelta(minutes=5)
_PURPOSE = b"parley twilio stream"
_LONGEST = 200
_NO_TOKEN = "The stream's token is missing or not for this call."


@dataclass(frozen=True)
class StreamPass:
    """What a stream's parameters say: which call it is, whose, and about what. `caller` is their number, or empty."""

    account_sid: str
    call_sid: str
    tenant_id: str
    session_id: str
    agent: str
    caller: str = ""
    resumed: bool = False
    outbound: bool = False

    def parameters(self) -> dict[str, str]:
        """Write it as the parameters of a stream; Twilio adds account and call by itself."""
        return {
            "session": self.session_id,
            "agent": self.agent,
            "tenant": self.tenant_id,
            "caller": self.caller,
            "resumed": "1" if self.resumed else "",
            "outbound": "1" if self.outbound else "",
        }


def read_pass(account_sid: str, call_sid: str, parameters: Mapping[str, str]) -> StreamPass:
    """Read a stream's parameters; what they are worth is for the token to say. Raises Forbidden."""
    try:
        return StreamPass(
            account_sid,
            call_sid,
            parameters["tenant"],
            parameters["session"],
            parameters["agent"],
            parameters.get("caller", ""),
            bool(parameters.get("resumed")),
            bool(parameters.get("outbound")),
        )
    except KeyError as error:
        raise Forbidden("The stream's parameters do not say which call it is.") from error


class StreamTokens:
    """Issues tokens and takes each back once; `secret` is the service's own, and no key is used for anything else."""

    def __init__(self, secret: str, used: OneTimeTokens, clock: Clock) -> None:
        self._key = hmac.digest(secret.encode(), _PURPOSE, "sha256")
        self._used = used
        self._clock = clock

    def issue(self, stream: StreamPass) -> str:
        """Make a token for one stream."""
        expires = int((self._clock.now() + LIFE).timestamp())
        nonce = token_urlsafe(12)
        return f"{expires}.{nonce}.{self._mac(expires, nonce, stream)}"

    async def redeem(self, token: str, stream: StreamPass) -> None:
        """Take a token back.

        Raises:
            Forbidden: it is not for this stream, too old, or was used.
            ParleyError: the store of used tokens cannot say; nobody is let in.
        """
        expires = self._checked(token, stream)
        if expires <= self._clock.now():
            raise Forbidden("The stream's token is too old.")
        if not await self._used.use(sha256(token.encode()).hexdigest(), expires):
            raise Forbidden("The stream's token was used before.")

    def _checked(self, token: str, stream: StreamPass) -> datetime:
        expires, _, rest = token.partition(".")
        nonce, _, mac = rest.partition(".")
        if len(token) > _LONGEST or not (token.isascii() and expires.isdigit() and len(expires) < 12):
            raise Forbidden(_NO_TOKEN)
        if not hmac.compare_digest(mac, self._mac(int(expires), nonce, stream)):
            raise Forbidden(_NO_TOKEN)
        return datetime.fromtimestamp(int(expires), UTC)

    def _mac(self, expires: int, nonce: str, stream: StreamPass) -> str:
        return hmac.new(self._key, orjson.dumps([expires, nonce, stream]), sha256).hexdigest()


class UsedTokens:
    """Used tokens in the memory of one process: for tests, and for a service that is alone."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[str, datetime] = {}

    async def use(self, digest: str, expires: datetime) -> bool:
        """Note a token as used; False when it was. Those that have run out are forgotten."""
        now = self._clock.now()
        self._until = {known: until for known, until in self._until.items() if until > now}
        if digest in self._until:
            return False
        self._until[digest] = expires
        return True
