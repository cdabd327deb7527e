"""A process that uses the embedded server, for tests: JSON lines out, and it leaves when its input ends.

Arguments: the data directory, and the id of the user to become before anything of the cluster is touched.
"""

import asyncio
import json
import os
import signal
import sys
import tempfile
from pathlib import Path

import psycopg

from providers.postgres.embedded import open_embedded
from providers.postgres.embedded.postmaster import find_postmaster


def become(uid: int) -> None:
    """Give up root for good, after a rehearsal that loads every module: the new user may not read Python's own."""
    with tempfile.TemporaryDirectory() as rehearsal:
        Path(rehearsal).chmod(0o755)
        asyncio.run(use(Path(rehearsal) / "data", wait=False))
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)


async def use(data_dir: Path, *, wait: bool) -> None:
    """Open the server, say so, and stay until the input ends."""
    async with open_embedded(data_dir) as url:
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
            await connection.execute("CREATE TABLE IF NOT EXISTS marks (pid int)")
            await connection.execute("INSERT INTO marks VALUES (%s)", [os.getpid()])
        if wait:
            report = {"url": url, "uid": os.geteuid(), "postmaster": find_postmaster(data_dir / "postgres")}
            sys.stdout.write(json.dumps(report) + "\n")
            sys.stdout.flush()
            await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever starts tests in the background ignores it
    if len(sys.argv) > 2:
        become(int(sys.argv[2]))
    asyncio.run(use(Path(sys.argv[1]), wait=True))
