"""What gspread takes for a session of the requests library: it hands each request over to the event loop."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import orjson

from providers.google_account.bridge import Waiting
from providers.google_account.wire import Ask, Exchange


@dataclass(frozen=True)
class Answer:
    """An answer as gspread reads it; refusals were raised before."""

    document: dict[str, Any]
    ok: bool = True

    def json(self) -> dict[str, Any]:
        """The document."""
        return self.document


@dataclass(frozen=True)
class Session:
    """One call's requests."""

    exchange: Exchange
    waiting: Waiting

    def request(
        self,
        method: str,
        url: str,
        json: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
        **_: Any,
    ) -> Answer:
        """Send a request and wait for its answer, as the exchange does; blocks (ProviderError)."""
        address = str(httpx.URL(url, params=params)) if params else url
        body = b"" if json is None else orjson.dumps(json)
        ask = Ask(method.upper(), address, body, {"content-type": "application/json"})
        return Answer(self.waiting.wait_for(lambda: self.exchange.send(ask)))
