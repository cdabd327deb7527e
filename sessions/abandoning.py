"""The end of sessions in which nobody speaks any more."""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta
from itertools import product

from domain.playbook import Playbook
from ports.store import SessionStore


async def abandoned(
    sessions: SessionStore, playbooks: Iterable[Playbook], now: datetime, most: timedelta
) -> AsyncIterator[tuple[str, str]]:
    """End the sessions that were silent for so long, or as long as their playbook allows; yields tenant and session."""
    sooner = {book.name: book.idle for book in playbooks if book.idle is not None and book.idle < most}
    ages = [(None, most), *sooner.items()]
    for tenant_id, (playbook, age) in product(await sessions.tenants(), ages):
        for session_id in await sessions.idle(tenant_id, now - age, playbook):
            if await sessions.abandon(tenant_id, session_id, now - age):
                yield tenant_id, session_id
