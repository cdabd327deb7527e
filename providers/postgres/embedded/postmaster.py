"""Is a cluster's server alive? Its pid file alone does not say: the process may be dead, or another one's by now."""

import os
from pathlib import Path

PROCESSES = Path("/proc")


def find_postmaster(cluster: Path) -> int | None:
    """Return the process id of the cluster's live server."""
    try:
        pid = int((cluster / "postmaster.pid").read_text().split(maxsplit=1)[0])
    except (FileNotFoundError, ValueError, IndexError):
        return None
    return pid if _lives(pid) and _works_in(pid, cluster) else None


def clear_remains(cluster: Path, sockets: Path) -> None:
    """Remove the lock files of a dead server: its number may be another process's now, and Postgres would not start."""
    for path in (cluster / "postmaster.pid", *sockets.glob(".s.PGSQL.*")):
        path.unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, PermissionError):  # a server of ours can always be signalled
        return False
    return True


def _works_in(pid: int, cluster: Path) -> bool:
    """Whether a process's working directory is the cluster, as is a server's; one dead but not yet buried has none."""
    if not (PROCESSES / "self").exists():
        return True
    try:
        return (PROCESSES / str(pid) / "cwd").samefile(cluster)
    except PermissionError:
        return True
    except FileNotFoundError:
        return False
