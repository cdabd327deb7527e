"""Who runs the embedded server, as root and as a normal user, and whose directories are left alone."""

import os
import pwd
import shutil
from pathlib import Path

import pytest

from domain.errors import ConfigError
from providers.postgres.embedded import open_embedded
from providers.postgres.embedded.attach import attach, detach
from providers.postgres.embedded.binaries import find_programs, find_wheel
from providers.postgres.embedded.owner import CANDIDATES, Owner, choose_owner
from providers.postgres.embedded.postmaster import find_postmaster
from tests.integration.postgres.conftest import StartUser

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
as_user = pytest.mark.skipif(os.geteuid() == 0, reason="needs a normal user")

NOBODY = pwd.getpwnam("nobody").pw_uid
CLOSED = Owner("nobody", NOBODY, NOBODY).first_closed(find_wheel()) if os.geteuid() == 0 else None
for_others = pytest.mark.skipif(CLOSED is not None, reason=f"a normal user cannot enter {CLOSED}")


def owner_of(path: Path) -> int:
    return path.stat().st_uid


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o7777


@as_root
async def test_root_lets_another_user_run_it(data_dir: Path) -> None:
    async with open_embedded(data_dir):
        assert pwd.getpwuid(owner_of(data_dir / "postgres")).pw_name in CANDIDATES
        assert owner_of(Path("/proc", str(find_postmaster(data_dir / "postgres")))) == owner_of(data_dir / "postgres")
        assert mode_of(data_dir / "postgres") == 0o700
        assert mode_of(data_dir / "run") == 0o700


@as_root
async def test_root_can_name_the_user_and_keeps_to_the_clusters_owner(fresh_dir: Path) -> None:
    async with open_embedded(fresh_dir, owner_name="nobody"):
        assert owner_of(fresh_dir / "postgres") == NOBODY
    async with open_embedded(fresh_dir):
        assert owner_of(fresh_dir / "postgres" / "postmaster.pid") == NOBODY


@as_root
@pytest.mark.parametrize("name", ["no-such-user", "root"])
def test_root_needs_a_user_who_will_do(fresh_dir: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=f"{name} none will do.*DATABASE_URL"):
        choose_owner(fresh_dir / "postgres", name)


@as_root
async def test_a_closed_folder_is_named_and_left_closed(fresh_dir: Path) -> None:
    closed = fresh_dir.parent / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(ConfigError, match=f"cannot enter {closed}.*chmod o\\+x"):
        async with open_embedded(closed / "below" / "data"):
            pass
    assert mode_of(closed) == 0o700
    assert list(closed.iterdir()) == []


@as_root
def test_the_programs_are_copied_once_where_the_wheel_is_closed(fresh_dir: Path) -> None:
    closed = fresh_dir.parent / "closed"
    closed.mkdir(mode=0o700)
    installed = find_wheel()
    wheel = shutil.copytree(installed, closed / installed.name, ignore=shutil.ignore_patterns("pginstall"))
    shutil.copytree(installed.with_name(f"{installed.name}.libs"), closed / f"{installed.name}.libs")
    fresh_dir.mkdir(mode=0o755)
    owner = choose_owner(fresh_dir / "postgres", None)

    programs = find_programs(wheel, owner, fresh_dir)
    assert owner.run([programs / "initdb", "--version"], timeout=20).stdout.startswith("initdb (PostgreSQL) 18")
    copied = programs.stat().st_ctime_ns
    assert programs.is_relative_to(fresh_dir)
    assert find_programs(wheel, owner, fresh_dir) == programs
    assert programs.stat().st_ctime_ns == copied
    assert mode_of(closed) == 0o700


@as_root
@for_others
def test_a_normal_user_runs_it_and_root_joins(fresh_dir: Path, start_user: StartUser) -> None:
    """The same directory: a normal user starts the server, root joins and leaves, then the user stops it."""
    fresh_dir.mkdir()
    os.chown(fresh_dir, NOBODY, NOBODY)
    user = start_user(fresh_dir, str(NOBODY))
    report = user.report()
    assert report["uid"] == NOBODY
    root = start_user(fresh_dir)
    assert root.report()["postmaster"] == report["postmaster"]
    assert root.leave() == 0
    assert user.leave() == 0
    assert not (fresh_dir / "postgres" / "postmaster.pid").exists()


@as_root
def test_a_normal_user_is_told_whose_cluster_it_is(data_dir: Path, start_user: StartUser) -> None:
    user = start_user(data_dir, str(NOBODY))
    assert user.process.wait(timeout=60) == 1
    assert user.process.stderr is not None
    assert "belongs to user 'postgres'" in user.process.stderr.read()


@as_user
def test_a_normal_user_runs_it_from_the_wheel(data_dir: Path) -> None:
    attachment = attach(data_dir)
    assert owner_of(data_dir / "postgres") == os.geteuid()
    assert list(data_dir.glob("postgres-programs-*")) == []
    detach(attachment)


@as_user
def test_a_normal_user_cannot_name_another(fresh_dir: Path) -> None:
    with pytest.raises(ConfigError, match="Only root"):
        choose_owner(fresh_dir / "postgres", "nobody")
