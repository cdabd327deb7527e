"""Who is told of a tenant's events over HTTP."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Webhook:
    """A receiver: its address, the secret that signs what it gets, and the types it wants (None: all)."""

    tenant_id: str
    webhook_id: str
    url: str
    secret: str
    types: tuple[str, ...] | None = None
    created_at: datetime | None = None
    disabled_at: datetime | None = None
    disabled_why: str | None = None


class WebhookStore(Protocol):
    """Webhooks by tenant."""

    async def add(self, webhook: Webhook) -> None:
        """Keep a webhook; events from now on are posted to it."""
        ...

    async def find(self, tenant_id: str, webhook_id: str) -> Webhook | None:
        """Look one up, enabled or not."""
        ...

    async def all_of(self, tenant_id: str) -> list[Webhook]:
        """List a tenant's webhooks, oldest first."""
        ...

    async def disable(self, tenant_id: str, webhook_id: str, why: str) -> bool:
        """Post no more events to it; False when it is not there or disabled already."""
        ...

    async def enable(self, tenant_id: str, webhook_id: str) -> bool:
        """Post events to it again, from now on; False when it is not there or enabled already."""
        ...
