"""One Postgres cluster: made, started, recognised and stopped. Whoever calls holds the cluster's lock."""

import shlex
import shutil
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

from domain.errors import ConfigError, Unavailable
from providers.postgres.embedded.binaries import MAJOR
from providers.postgres.embedded.owner import Owner
from providers.postgres.embedded.places import PORT, Places, make_private
from providers.postgres.embedded.postmaster import clear_remains, find_postmaster

SUPERUSER = "parley"

SETTINGS = {
    "shared_buffers": "48MB",
    "max_connections": "60",
    "max_wal_size": "256MB",
    "io_method": "sync",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    # A caller's words are in statements and in the details of errors: neither belongs in a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
"""Written to postgresql.conf once, where an operator may change them: small, quiet, and the same everywhere."""

START_TIMEOUT = 60
"""Seconds for a start, the redo after a crash included."""

STOP_TIMEOUT = 30
PATIENCE = 3
"""Seconds in which a failed start is tried again: what a killed server left behind needs a moment to go."""


class Cluster:
    """A cluster in its places, run by its owner with the programs of one folder."""

    def __init__(self, places: Places, owner: Owner, programs: Path) -> None:
        self._places = places
        self._owner = owner
        self._programs = programs

    @property
    def runs(self) -> bool:
        """Whether the server's process is there."""
        return find_postmaster(self._places.cluster) is not None

    @property
    def dsn(self) -> str:
        """How to connect, as the cluster's superuser."""
        return f"postgresql://{SUPERUSER}@/postgres?host={quote(str(self._places.sockets), safe='')}&port={PORT}"

    def create(self) -> bool:
        """Make the cluster unless it is there, and say whether; one that was left half-made is made anew.

        A new cluster is not flushed to the disk yet: that takes longer than the rest.

        Raises:
            ConfigError: initdb failed, or the cluster is of another major version.
        """
        if self._places.cluster.exists():
            self._expect_version()
            return False
        draft = self._places.draft
        shutil.rmtree(draft, ignore_errors=True)
        make_private(draft, self._owner)
        done = self._owner.run([self._programs / "initdb", "-D", draft, *_initdb_options()], timeout=START_TIMEOUT)
        if done.returncode:
            raise ConfigError(f"initdb could not make {draft}: {done.stderr.strip()}")
        draft.rename(self._places.cluster)
        return True

    def ensure_running(self) -> None:
        """Start the server unless it runs, and wait until it takes connections.

        Raises:
            ConfigError: it does not start; the message ends with its log.
            Unavailable: it runs but takes no connection in time.
        """
        make_private(self._places.sockets, self._owner)
        began = time.monotonic()
        while not self._accepts():
            elapsed = time.monotonic() - began
            if elapsed > START_TIMEOUT:
                raise Unavailable(f"The embedded Postgres takes no connection after {START_TIMEOUT} seconds.")
            if not self.runs:
                self._start(last_try=elapsed > PATIENCE)
            else:
                time.sleep(0.02)

    def stop(self) -> None:
        """Stop the server, ending every connection; committed work is kept.

        Raises:
            Unavailable: it still runs after the time-out.
        """
        if not self.runs:
            return
        done = self._pg_ctl("stop", "-m", "fast", "-t", str(STOP_TIMEOUT), timeout=STOP_TIMEOUT + 10)
        if done.returncode and self.runs:
            raise Unavailable(f"The embedded Postgres did not stop: {done.stderr.strip()}")

    def _start(self, *, last_try: bool) -> None:
        clear_remains(self._places.cluster, self._places.sockets)
        sockets = shlex.quote(str(self._places.sockets))
        options = f"-c listen_addresses= -c port={PORT} -c unix_socket_permissions=0700 -k {sockets}"
        arguments = ("-l", str(self._places.log), "-t", str(START_TIMEOUT), "-o", options)
        done = self._pg_ctl("start", *arguments, timeout=START_TIMEOUT + 10)
        if done.returncode and last_try:
            raise ConfigError(f"The embedded Postgres does not start. Its log ends with:\n{self._log_tail()}")

    def _pg_ctl(self, verb: str, *arguments: str, timeout: float) -> subprocess.CompletedProcess[str]:
        command: list[str | Path] = [self._programs / "pg_ctl", verb, "-w", "-D", self._places.cluster, *arguments]
        return self._owner.run(command, timeout=timeout)

    def _accepts(self) -> bool:
        """Whether a server takes connections here and is the one of this cluster."""
        try:
            with psycopg.connect(self.dsn, connect_timeout=5, autocommit=True) as connection:
                row = connection.execute("SHOW data_directory").fetchone()
        except psycopg.OperationalError:
            return False
        if row != (str(self._places.cluster),):
            raise ConfigError(f"Another Postgres answers in {self._places.sockets}. Choose another --data-dir.")
        return True

    def _expect_version(self) -> None:
        found = (self._places.cluster / "PG_VERSION").read_text().strip()
        if found != MAJOR:
            raise ConfigError(
                f"{self._places.cluster} was made by PostgreSQL {found}, this is {MAJOR}. "
                "Dump it with the Parley that made it and restore it here, or choose another --data-dir."
            )

    def _log_tail(self) -> str:
        if not self._places.log.exists():
            return "(it has no log)"
        return "\n".join(self._places.log.read_text(errors="replace").splitlines()[-10:])


def _initdb_options() -> list[str]:
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    access = [f"--username={SUPERUSER}", "--auth-local=trust", "--auth-host=reject"]
    settings = [f"--set={name}={value}" for name, value in SETTINGS.items()]
    return [*locale, *access, *settings, "--no-sync", "--no-instructions"]
