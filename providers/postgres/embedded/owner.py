"""The operating-system user that the server runs as: Postgres refuses to run as root."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.errors import ConfigError

CANDIDATES = ("postgres", "parley", "nobody", "daemon")
"""Whom root lets the server run as when nobody is named: the first that exists and is not root."""

ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
"""All that the server and its tools see of ours, so that no PG* variable reaches them."""


@dataclass(frozen=True)
class Owner:
    """A user who owns a cluster's files and runs its programs."""

    name: str
    uid: int
    gid: int

    @property
    def is_self(self) -> bool:
        """Whether programs run as this user without a change of identity."""
        return self.uid == os.geteuid()

    def run(self, argv: Sequence[str | Path], *, timeout: float) -> subprocess.CompletedProcess[str]:
        """Run a program as this user, in a session of its own, for at most `timeout` seconds.

        Raises:
            OSError: this user may not run it, or we may not become this user.
            subprocess.TimeoutExpired: it took longer.
        """
        other = not self.is_self
        return subprocess.run(
            argv,
            cwd="/",
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=timeout,
            start_new_session=True,
            umask=0o077,
            user=self.uid if other else None,
            group=self.gid if other else None,
            extra_groups=[] if other else None,
            check=False,
        )

    def take(self, path: int | Path) -> None:
        """Give a file that we have just made to this user."""
        if not self.is_self:
            os.chown(path, self.uid, self.gid)

    def first_closed(self, folder: Path) -> Path | None:
        """Find the first of a folder's parents, or itself, that this user cannot enter."""
        chain = [str(path) for path in (*reversed(folder.parents), folder)]
        script = 'for folder; do [ -x "$folder" ] || { printf %s "$folder"; exit; }; done'
        try:
            found = self.run(["/bin/sh", "-c", script, "sh", *chain], timeout=10).stdout
        except PermissionError as error:
            raise ConfigError(f"Root may not act as user {self.name!r} here ({error}). {REMEDY}") from error
        return Path(found) if found else None


REMEDY = "Run Parley as a normal user, or set DATABASE_URL to a Postgres of yours."


def choose_owner(cluster: Path, name: str | None) -> Owner:
    """Choose who runs the server: ourselves, or for root the cluster's owner, the user named, or a candidate.

    Raises:
        ConfigError: the user named is not to be had, or root finds nobody.
    """
    if os.geteuid() != 0:
        return _ourselves(cluster, name)
    if cluster.exists():
        return _owner_of(cluster)
    names = CANDIDATES if name is None else (name,)
    found = (entry for entry in map(_look_up, names) if entry is not None and entry.pw_uid != 0)
    if (entry := next(found, None)) is None:
        raise ConfigError(
            f"Postgres does not run as root, and of the users {', '.join(names)} none will do here. "
            f"Create one (useradd --system postgres). {REMEDY}"
        )
    return Owner(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _ourselves(cluster: Path, name: str | None) -> Owner:
    me = Owner(_name_of(os.geteuid()), os.geteuid(), os.getegid())
    if name not in (None, me.name):
        raise ConfigError(f"Only root can run the embedded Postgres as {name!r}; this process runs as {me.name!r}.")
    if cluster.exists() and cluster.stat().st_uid != me.uid:
        theirs = _name_of(cluster.stat().st_uid)
        raise ConfigError(
            f"{cluster} belongs to user {theirs!r}, this process runs as {me.name!r}. "
            "Run as that user or as root, or choose another --data-dir."
        )
    return me


def _owner_of(cluster: Path) -> Owner:
    found = cluster.stat()
    if found.st_uid == 0:
        raise ConfigError(f"{cluster} belongs to root, and Postgres does not run as root. Choose another --data-dir.")
    return Owner(_name_of(found.st_uid), found.st_uid, found.st_gid)


def _look_up(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid {uid}"
