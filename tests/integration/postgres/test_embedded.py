"""The embedded server: shared, left running by the killed, stopped by the last to leave, found again."""

import asyncio
import os
import signal
from pathlib import Path

import psycopg
import pytest

from domain.errors import ConfigError
from providers.postgres.embedded import open_embedded
from providers.postgres.embedded.attach import attach, detach
from providers.postgres.embedded.places import LONGEST_SOCKET, Places
from providers.postgres.embedded.postmaster import find_postmaster
from tests.integration.postgres.conftest import StartUser


def server_of(data_dir: Path) -> int | None:
    return find_postmaster(data_dir / "postgres")


def query(url: str, statement: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(statement.encode()).fetchone()
        return row and row[0]


async def test_the_last_to_leave_stops_it(data_dir: Path) -> None:
    async with open_embedded(data_dir):
        first = server_of(data_dir)
        async with open_embedded(data_dir):
            assert server_of(data_dir) == first
        assert first is not None
        assert server_of(data_dir) == first
    assert server_of(data_dir) is None


async def test_it_is_durable_and_the_same_everywhere(data_dir: Path) -> None:
    expected = {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "server_encoding": "UTF8",
        "TimeZone": "UTC",
        "jit": "off",
        "listen_addresses": "",
        "log_min_error_statement": "panic",
    }
    async with open_embedded(data_dir) as url:
        assert {name: query(url, f"SHOW {name}") for name in expected} == expected
        assert query(url, "SELECT upper('é') || datlocale FROM pg_database WHERE datname = 'postgres'") == "ÉC.UTF-8"
        assert query(url, "SELECT count(*) FROM pg_available_extensions WHERE name = 'vector'") == 1


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
async def test_it_outlives_a_killed_user_who_does_not_count(
    data_dir: Path, start_user: StartUser, number: signal.Signals
) -> None:
    user = start_user(data_dir)
    report = user.report()
    user.signal(number)
    user.process.wait(timeout=30)
    assert server_of(data_dir) == report["postmaster"]
    async with open_embedded(data_dir) as url:
        assert query(url, f"SELECT count(*) FROM marks WHERE pid = {user.process.pid}") == 1
        assert server_of(data_dir) == report["postmaster"]
    assert server_of(data_dir) is None


async def test_an_interrupt_reaches_the_user_and_not_the_server(data_dir: Path, start_user: StartUser) -> None:
    user = start_user(data_dir)
    report = user.report()
    async with open_embedded(data_dir):
        user.signal(signal.SIGINT)
        assert user.leave() != 0
        assert server_of(data_dir) == report["postmaster"]
    assert server_of(data_dir) is None


def test_processes_share_one_server(fresh_dir: Path, start_user: StartUser) -> None:
    """Four at once on a directory that is not there; one dies, the others leave one after the other."""
    users = [start_user(fresh_dir) for _ in range(4)]
    reports = [user.report() for user in users]
    assert len({report["postmaster"] for report in reports}) == 1
    users[0].signal(signal.SIGKILL)
    users[0].process.wait(timeout=30)
    for user in users[1:]:
        assert server_of(fresh_dir) == reports[0]["postmaster"]
        assert user.leave() == 0
    assert server_of(fresh_dir) is None


async def test_coming_and_going_at_once(data_dir: Path) -> None:
    async def come_and_go() -> object:
        async with open_embedded(data_dir) as url:
            return await asyncio.to_thread(query, url, "SELECT 1")

    for _ in range(3):
        assert await asyncio.gather(*(come_and_go() for _ in range(4))) == [1] * 4
    assert server_of(data_dir) is None


def test_a_server_that_was_killed_is_started_again(data_dir: Path) -> None:
    attachment = attach(data_dir)
    with psycopg.connect(attachment.cluster.dsn) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS n")
    before = server_of(data_dir)
    assert before is not None
    os.kill(before, signal.SIGKILL)
    again = attach(data_dir)
    assert query(again.cluster.dsn, "SELECT n FROM kept") == 42
    assert server_of(data_dir) != before
    detach(again)
    assert server_of(data_dir) is not None
    detach(attachment)
    assert server_of(data_dir) is None


async def test_a_server_that_dies_under_its_users_is_revived(data_dir: Path) -> None:
    async with open_embedded(data_dir):
        before = server_of(data_dir)
        assert before is not None
        os.kill(before, signal.SIGKILL)
        async with asyncio.timeout(60):
            while await asyncio.to_thread(server_of, data_dir) in (None, before):
                pass
    assert server_of(data_dir) is None


async def test_a_pid_file_that_names_another_process_misleads_nobody(data_dir: Path) -> None:
    (data_dir / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{data_dir}/postgres\n0\n5432\n\n\n\n")
    assert server_of(data_dir) is None
    async with open_embedded(data_dir) as url:
        assert query(url, "SELECT 1") == 1


async def test_a_cancelled_user_leaves_no_share_behind(data_dir: Path) -> None:
    async def use() -> None:
        async with open_embedded(data_dir):
            await asyncio.Event().wait()

    opening = asyncio.create_task(use())
    await asyncio.to_thread(lambda: None)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert server_of(data_dir) is None


async def test_a_half_made_cluster_is_made_anew(fresh_dir: Path) -> None:
    (fresh_dir / "postgres.new").mkdir(parents=True)
    (fresh_dir / "postgres.new" / "PG_VERSION").write_text("18\n")
    async with open_embedded(fresh_dir) as url:
        assert query(url, "SELECT 1") == 1
    assert not (fresh_dir / "postgres.new").exists()


async def test_a_path_too_long_for_a_socket(fresh_dir: Path) -> None:
    deep = fresh_dir / ("a folder's name, " * 6)
    places = Places(deep)
    async with open_embedded(deep) as url:
        assert query(url, "SELECT 1") == 1
        assert len(str(places.sockets)) < LONGEST_SOCKET
        assert places.sockets.stat().st_mode & 0o777 == 0o700
    places.sockets.rmdir()


async def test_a_cluster_of_another_version_is_refused(fresh_dir: Path) -> None:
    cluster = fresh_dir / "postgres"
    cluster.mkdir(parents=True)
    if os.geteuid() == 0:
        os.chown(cluster, 65534, 65534)
    (cluster / "PG_VERSION").write_text("17\n")
    with pytest.raises(ConfigError, match="PostgreSQL 17"):
        async with open_embedded(fresh_dir):
            pass


async def test_a_server_that_cannot_start_shows_its_log(data_dir: Path) -> None:
    settings = data_dir / "postgres" / "postgresql.auto.conf"
    before = settings.read_text()
    settings.write_text("shared_buffers = 'many'\n")
    try:
        with pytest.raises(ConfigError, match="shared_buffers"):
            async with open_embedded(data_dir):
                pass
    finally:
        settings.write_text(before)
