"""Memory of a running server and of what it started, read from /proc."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")


@dataclass
class Memory:
    """Megabytes (2^20 bytes): resident of the server, and by part of what runs beside it; None is not measured."""

    server: float | None = None
    beside: dict[str, float] = field(default_factory=dict)

    def by_part(self) -> dict[str, float | None]:
        """Everything under one name each."""
        return {"server": self.server, **self.beside}


def read_memory(server: int, data_dir: Path) -> Memory:
    """Read the memory of a server process, its children, and the Postgres of its data directory.

    The processes of Postgres share most of what they hold, so they count by their proportional share (Pss).
    """
    if not (PROC / "self/statm").exists():
        return Memory()
    workers = list(_descendants(server))
    postgres = _postmaster(data_dir)
    beside = {
        f"recogniser, {len(workers)} processes (resident)": sum(_field(pid, "status", "VmRSS") for pid in workers)
    }
    if postgres is not None:
        shared = [postgres, *_descendants(postgres)]
        beside[f"Postgres, {len(shared)} processes (proportional)"] = sum(
            _field(pid, "smaps_rollup", "Pss") for pid in shared
        )
    return Memory(_field(server, "status", "VmRSS"), beside)


def _postmaster(data_dir: Path) -> int | None:
    files = sorted(data_dir.rglob("postmaster.pid"))
    return int(files[0].read_text().split("\n", 1)[0]) if files else None


def _descendants(pid: int) -> Iterator[int]:
    for task in sorted((PROC / str(pid) / "task").glob("*/children")):
        for child in task.read_text().split():
            yield int(child)
            yield from _descendants(int(child))


def _field(pid: int, file: str, name: str) -> float:
    """Megabytes of a field that /proc states in kilobytes; a process that has ended holds nothing."""
    try:
        lines = (PROC / str(pid) / file).read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024
