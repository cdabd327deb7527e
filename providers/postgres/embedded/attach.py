"""Sharing the embedded server: the first to come starts it, the last to leave stops it."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import structlog

from domain.errors import ParleyError
from providers.postgres.embedded.binaries import find_programs, find_wheel
from providers.postgres.embedded.cluster import Cluster
from providers.postgres.embedded.locks import Lease, hold
from providers.postgres.embedded.owner import Owner, choose_owner
from providers.postgres.embedded.places import Places, make_data_dir

LOCK_TIMEOUT = 120
"""Seconds to wait for another process that starts or stops the server."""

WATCH = 1.0
"""Seconds between two looks at whether the server is still there."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Attachment:
    """One user's hold on a running server."""

    places: Places
    owner: Owner
    cluster: Cluster
    lease: Lease
    is_new: bool
    """Whether this user made the cluster."""


def attach(data_dir: Path, *, owner_name: str | None = None) -> Attachment:
    """Start the server of a data directory, or join the one that runs. Blocks.

    Raises:
        ConfigError: it cannot work with this directory or user; the message holds the remedy.
        Unavailable: the server, or a process that starts or stops it, does not answer in time.
    """
    places = Places(data_dir.expanduser().resolve())
    owner = choose_owner(places.cluster, owner_name)
    make_data_dir(places.data_dir, owner)
    with hold(places.lock, owner, timeout=LOCK_TIMEOUT):
        cluster = Cluster(places, owner, find_programs(find_wheel(), owner, places.data_dir))
        is_new = cluster.create()
        cluster.ensure_running()
        return Attachment(places, owner, cluster, Lease(places.users, owner), is_new)


def revive(attachment: Attachment) -> None:
    """Start a server that died under its users. Blocks.

    Raises:
        ConfigError: it does not start.
        Unavailable: it, or a process that starts or stops it, does not answer in time.
    """
    with hold(attachment.places.lock, attachment.owner, timeout=LOCK_TIMEOUT):
        attachment.cluster.ensure_running()


def detach(attachment: Attachment) -> None:
    """Leave the server; the last one out stops it. Blocks.

    Raises:
        Unavailable: the server does not stop in time, or another process keeps the lock.
    """
    with hold(attachment.places.lock, attachment.owner, timeout=LOCK_TIMEOUT):
        if attachment.lease.leave():
            attachment.cluster.stop()


@asynccontextmanager
async def open_embedded(data_dir: Path, *, owner_name: str | None = None) -> AsyncIterator[str]:
    """Attach to the server of a data directory and yield its URL; see `attach` for what can go wrong.

    The server outlives a killed process. Every process that opens the same directory shares it; those that died do
    not count when the last one leaves. A server that dies is started again. `owner_name` is the user it runs as when
    we are root.
    """
    attachment = await _attach_or_undo(data_dir, owner_name)
    watching = asyncio.create_task(_watch(attachment))
    try:
        yield attachment.cluster.dsn
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        await asyncio.shield(asyncio.to_thread(detach, attachment))


async def _attach_or_undo(data_dir: Path, owner_name: str | None) -> Attachment:
    """Attach in a thread; a cancelled caller leaves no lease behind."""
    attaching = asyncio.ensure_future(asyncio.to_thread(attach, data_dir, owner_name=owner_name))
    try:
        return await asyncio.shield(attaching)
    except asyncio.CancelledError:
        await asyncio.to_thread(detach, await attaching)
        raise


async def _watch(attachment: Attachment) -> None:
    """Flush a new cluster's files to the disk, then see that the server stays."""
    if attachment.is_new:
        await asyncio.to_thread(os.sync)
    while True:
        await asyncio.sleep(WATCH)
        if attachment.cluster.runs:
            continue
        log.warning("embedded Postgres is gone; starting it again")
        try:
            await asyncio.to_thread(revive, attachment)
        except ParleyError as error:
            log.error("embedded Postgres does not start", error=error.message)
