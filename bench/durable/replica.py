"""One replica as a process: so many sessions talk for so long; it prints its turns per second."""

import asyncio
import sys

import uvloop

from bench.turns.clock import speak_in_crowd
from bench.turns.lab import Ours
from bootstrap.service import Ports, run_parley
from bootstrap.settings import load_settings
from providers.postgres.database import open_database
from providers.scripted.speech_to_text import silence


async def run(dsn: str, sessions: int, seconds: float) -> float:
    """Let so many sessions talk for so many seconds; turns per second."""
    async with (
        open_database(dsn) as database,
        run_parley(Ports(database, silence(), None), load_settings()) as parley,
    ):
        return await speak_in_crowd(Ours(parley), sessions, seconds)


def main() -> None:
    """Read the database's URL from the input, sessions and seconds from the arguments."""
    sessions, seconds = int(sys.argv[1]), float(sys.argv[2])
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        rate = runner.run(run(sys.stdin.read(), sessions, seconds))
    sys.stdout.write(f"{rate}\n")


if __name__ == "__main__":
    main()
