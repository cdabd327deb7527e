"""Files that are there whole or not at all, and folders that one writer at a time changes."""

import asyncio
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

from domain.errors import ConfigError, Fault, ProviderUnavailable

T = TypeVar("T")
TIME_LIMIT = timedelta(seconds=5)
_LOOK_AGAIN_SECONDS = 0.01


async def on_disk(provider: str, work: Callable[[], T]) -> T:
    """Do file work in a thread.

    Raises:
        ProviderUnavailable: the disk is full, gone or not ours; what was there before is there still.
    """
    try:
        return await asyncio.to_thread(work)
    except OSError as error:
        raise ProviderUnavailable(provider, Fault.SERVER, f"{provider}: {type(error).__name__}") from error


@contextmanager
def locked(folder: Path, provider: str, limit: timedelta = TIME_LIMIT) -> Iterator[None]:
    """Be the only one, of all processes on this machine, to change a folder, which is made if need be; blocks.

    Raises:
        ProviderUnavailable: somebody else had it for longer than `limit`.
    """
    deadline = time.monotonic() + limit.total_seconds()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as lock:  # its closing lets go
        while not _take(lock.fileno()):
            if time.monotonic() > deadline:
                raise ProviderUnavailable(provider, Fault.TIMEOUT)
            time.sleep(_LOOK_AGAIN_SECONDS)
        yield


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a crash, sees the old one or the new one (OSError)."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as part:
        try:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(part.name).unlink()
            raise
    _sync_folder(path.parent)


def require_folder(folder: Path, provider: str) -> None:
    """Make a folder where there is none (ConfigError when it cannot be made, or written to)."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, prefix=".", suffix=".part"):
            pass
    except OSError as error:
        raise ConfigError(
            f"{provider} needs a folder to write to, which {folder} is not ({error.strerror})."
        ) from error


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    """Make the new name outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
