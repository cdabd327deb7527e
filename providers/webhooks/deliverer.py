"""Posting events to webhooks: one POST an event, its answer's status is the receipt."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import orjson

from domain.errors import NotDelivered
from domain.event import Envelope
from ports.clock import Clock
from ports.outbox import Entry, Receipt
from ports.store import RecordStore
from ports.webhooks import Webhook, WebhookStore
from providers.retry_after import seconds_asked
from providers.webhooks.signature import sign

TIMEOUT_SECONDS = 10.0
TRY_AGAIN = frozenset({408, 425, 429})
GONE = 410


class WebhookDeliverer:
    """Delivers entries of kind `webhook`; receivers know an event again by its webhook-id."""

    kind = "webhook"
    idempotent = True

    def __init__(self, client: httpx.AsyncClient, webhooks: WebhookStore, records: RecordStore, clock: Clock) -> None:
        self._client = client
        self._webhooks = webhooks
        self._records = records
        self._clock = clock

    async def deliver(self, entry: Entry) -> Receipt:
        """Post the event of an entry (NotDelivered unless the answer is 2xx)."""
        webhook = await self._webhooks.find(entry.tenant_id, entry.webhook_id or "")
        if webhook is None or webhook.disabled_at is not None:
            raise NotDelivered("the webhook is disabled", again=False)
        event = await self._event(entry)
        status, retry_after = await self._post(webhook, entry.key, event)
        if 200 <= status < 300:
            return Receipt({"status": status})
        await self._refused(webhook, status, retry_after)
        raise AssertionError("unreachable")

    async def read_back(self, entry: Entry) -> Receipt | None:
        """Nobody is asked: the event is posted again under its key."""
        return None

    async def _event(self, entry: Entry) -> Envelope:
        after = (entry.event_n or 1) - 1
        events = await self._records.events(entry.tenant_id, entry.session_id, after=after, limit=1)
        if not events:
            raise NotDelivered("the event was erased", again=False)
        return events[0]

    async def _post(self, webhook: Webhook, key: str, event: Envelope) -> tuple[int, float | None]:
        """Post, and return the status and how long to wait; of the answer's body nothing is read."""
        body = orjson.dumps(event)
        signed = sign(webhook.secret, key, int(self._clock.now().timestamp()), body)
        headers = {**signed, "content-type": "application/json"}
        try:
            async with (
                asyncio.timeout(TIMEOUT_SECONDS),
                self._client.stream("POST", webhook.url, content=body, headers=headers) as answer,
            ):
                return answer.status_code, seconds_asked(answer.headers.get("retry-after"), self._clock.now())
        except (TimeoutError, httpx.TimeoutException) as error:
            raise NotDelivered(f"no answer within {TIMEOUT_SECONDS:g} s", again=True, sent=True) from error
        except (httpx.InvalidURL, UnicodeError) as error:  # a host name that no one can have
            raise NotDelivered("the address cannot be used", again=False) from error
        except httpx.HTTPError as error:
            raise NotDelivered(f"no connection ({type(error).__name__})", again=True, sent=True) from error

    async def _refused(self, webhook: Webhook, status: int, retry_after: float | None) -> None:
        if status == GONE:
            await self._webhooks.disable(webhook.tenant_id, webhook.webhook_id, "its address answered 410 Gone")
            raise NotDelivered("410: the receiver is gone; the webhook is disabled", again=False)
        if 300 <= status < 400:
            raise NotDelivered(f"{status}: redirects are not followed; register the new address", again=False)
        again = status in TRY_AGAIN or status >= 500
        raise NotDelivered(f"the receiver answered {status}", again=again, retry_after=retry_after)


@asynccontextmanager
async def open_webhooks(webhooks: WebhookStore, records: RecordStore, clock: Clock) -> AsyncIterator[WebhookDeliverer]:
    """Open the HTTP client that posts; redirects are not followed and the environment's proxies are."""
    options: dict[str, Any] = {"timeout": TIMEOUT_SECONDS, "follow_redirects": False}
    async with httpx.AsyncClient(**options) as client:
        yield WebhookDeliverer(client, webhooks, records, clock)
