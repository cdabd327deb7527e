"""Where a cluster keeps its things under a data directory, and who may enter."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from domain.errors import ConfigError
from providers.postgres.embedded.owner import Owner

LONGEST_SOCKET = 100
"""Bytes of a socket's path that every system takes (Linux 107, macOS 103)."""

PORT = 5432


@dataclass(frozen=True)
class Places:
    """The files of one cluster."""

    data_dir: Path

    @property
    def cluster(self) -> Path:
        """Postgres' own directory."""
        return self.data_dir / "postgres"

    @property
    def draft(self) -> Path:
        """A cluster in the making."""
        return self.data_dir / "postgres.new"

    @property
    def log(self) -> Path:
        """What the server has to say."""
        return self.cluster / "server.log"

    @property
    def lock(self) -> Path:
        """Held while the server is started or stopped."""
        return self.data_dir / "postgres.lock"

    @property
    def users(self) -> Path:
        """Shared by every process that uses the server."""
        return self.data_dir / "postgres.users"

    @property
    def sockets(self) -> Path:
        """The folder of the server's socket: under the data directory unless that path is too long for a socket."""
        near = self.data_dir / "run"
        if len(os.fsencode(near / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET:
            return near
        digest = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"parley-{digest}"


def make_data_dir(data_dir: Path, owner: Owner) -> None:
    """Make a data directory which the owner can enter; one that is there is left as it is.

    Raises:
        ConfigError: it or a folder above it is closed to the owner, or to us.
    """
    if data_dir.exists() and not data_dir.is_dir():
        raise ConfigError(f"{data_dir} is not a directory. Choose another --data-dir.")
    missing = [path for path in (data_dir, *data_dir.parents) if not path.exists()]
    there = missing[-1].parent if missing else data_dir
    if closed := owner.first_closed(there):
        raise ConfigError(
            f"The embedded Postgres runs as user {owner.name!r}, who cannot enter {closed}. "
            f"Choose a --data-dir outside it (for example /var/lib/parley), or let that user in: chmod o+x {closed}"
        )
    try:
        for path in reversed(missing):
            _make(path, 0o700 if owner.is_self else 0o755)
    except OSError as error:
        raise ConfigError(f"Cannot make the data directory {data_dir}: {error}. Choose another --data-dir.") from error
    if not os.access(data_dir, os.R_OK | os.W_OK | os.X_OK):
        raise ConfigError(f"The data directory {data_dir} is closed to this process. Choose another --data-dir.")


def _make(folder: Path, mode: int) -> None:
    """Make a folder with exactly this mode; one that another process has just made keeps its own."""
    try:
        folder.mkdir()
    except FileExistsError:
        return
    folder.chmod(mode)


def make_private(folder: Path, owner: Owner) -> None:
    """Make a folder that is the owner's alone, or see that it is.

    Raises:
        ConfigError: something else is in its place.
    """
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        _expect_private(folder, owner)
    else:
        owner.take(folder)


def _expect_private(folder: Path, owner: Owner) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner.uid or found.st_mode & 0o077:
        raise ConfigError(f"{folder} must be a folder of user {owner.name!r} alone (mode 0700). Remove it.")
