"""File locks between the processes that share a cluster; the kernel lets go of those of a dead process."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import Unavailable
from providers.postgres.embedded.owner import Owner

POLL = 0.01
"""Seconds between two tries for a lock that another process holds."""


@contextmanager
def hold(path: Path, owner: Owner, *, timeout: float) -> Iterator[None]:
    """Hold a lock file alone; whoever starts or stops the server does so under it.

    Raises:
        Unavailable: another process held it for longer than `timeout` seconds.
    """
    descriptor = _open(path, owner)
    try:
        deadline = time.monotonic() + timeout
        while not _try(descriptor, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise Unavailable(f"Another process has held {path} for {timeout:.0f} seconds.", retry_after=5)
            time.sleep(POLL)
        yield
    finally:
        os.close(descriptor)


class Lease:
    """One user's share in the cluster, for as long as its process lives or until it leaves."""

    def __init__(self, path: Path, owner: Owner) -> None:
        self._descriptor = _open(path, owner)
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Give the share up; True when nobody else has one."""
        last = _try(self._descriptor, fcntl.LOCK_EX)
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        os.close(self._descriptor)
        return last


def _try(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open(path: Path, owner: Owner) -> int:
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        descriptor = os.open(path, flags | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return os.open(path, flags)
    owner.take(descriptor)
    return descriptor
