"""The service as a process with doubles for recogniser and voice; everything else is what `parley serve` runs.

Arguments: the data directory, `auto`, `silero` or `energy`, and the cores to run on with Postgres (`0,1`), or `any`.
Commands come a line each: `begin` empties the window, `end` prints it, `heard SESSION` prints what was heard of its
turns; each answer is a line of JSON.
"""

import asyncio
import os
import resource
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson
import uvloop
from fastapi import FastAPI

from bench.figures import quantile
from bench.voice.doubles import build_recogniser
from bench.voice.lags import Lags, TimedLine
from bootstrap.activity import open_voice_activity
from bootstrap.logging import configure_logging
from bootstrap.service import Running, open_ports, run_parley
from bootstrap.settings import Settings, load_settings
from bootstrap.telephony import open_telephony
from domain.session import DEMO_TENANT
from ports.telephony import Line
from providers.postgres.call_store import PostgresCallStore
from providers.postgres.key_store import PostgresKeyStore
from providers.scripted.text_to_speech import HummingVoice
from server.app import Mounted, create_app
from server.build import build_face
from server.call.call import CallPorts
from server.call.desk import CallDesk
from server.face import Face
from server.listen import Listener, address_of, open_socket


@dataclass
class Desk:
    """What is measured in this process, and what can be asked of it."""

    running: Running
    detector: str
    lags: Lags

    def begin(self) -> dict[str, Any]:
        """Empty the window."""
        self.lags.ms.clear()
        self._cpu = _cpu_seconds()
        return {"lines": self.lags.lines, "detector": self.detector}

    def end(self) -> dict[str, Any]:
        """Say what was in it: milliseconds at quantiles, processor seconds of this process without Postgres."""
        ms = self.lags.ms or [0.0]
        figures = {name: quantile(ms, share) for name, share in (("p50", 0.5), ("p99", 0.99), ("max", 1.0))}
        return {"lines": self.lags.lines, "chunks": len(ms), "cpu_s": _cpu_seconds() - self._cpu, **figures}

    async def heard(self, session_id: str) -> list[str]:
        """Say what was heard of each turn of a session, in order."""
        turns = await self.running.parley.list_turns(session_id, tenant_id=DEMO_TENANT, limit=200)
        return [turn["heard"] or "" for turn in turns.items]

    async def answer(self, command: str) -> Any:
        """Do what a line says."""
        match command.split():
            case ["begin"]:
                return self.begin()
            case ["end"]:
                return self.end()
            case ["heard", session_id]:
                return await self.heard(session_id)
        raise ValueError(command)


async def run(settings: Settings) -> None:
    """Serve until told to stop, or until the input ends."""
    async with open_desk(settings) as (desk, face, app):
        with open_socket("127.0.0.1", 0) as listener:

            def announce() -> None:
                print(f"Parley listens on {address_of(listener)}", flush=True)  # noqa: T201

            leaving = desk.running.parley.leave
            server = Listener(app, stopping=face.stopping, ready=announce, leaving=leaving)
            asking = asyncio.create_task(_take_commands(desk, server), name="commands")
            await server.serve([listener])
            asking.cancel()


MOST_CALLS = 10_000
"""More than can be led: what gives first is what is looked for."""


class TimedDesk(CallDesk):
    """Leads calls on lines whose chunks are timed."""

    def __init__(self, ports: CallPorts, lags: Lags) -> None:
        super().__init__(ports, MOST_CALLS)
        self._lags = lags

    async def take(self, line: Line) -> None:
        """Lead a call."""
        await super().take(TimedLine(line, self._lags))


@asynccontextmanager
async def open_desk(settings: Settings) -> AsyncIterator[tuple[Desk, Face, FastAPI]]:
    """Run the service with its doubles and its telephone doors."""
    async with AsyncExitStack() as stack:
        ports = replace(await stack.enter_async_context(open_ports(settings)), stt=build_recogniser())
        parley = await stack.enter_async_context(run_parley(ports, settings))
        activity = await stack.enter_async_context(open_voice_activity(settings.activity))
        keys, calls = PostgresKeyStore(ports.database), PostgresCallStore(ports.database)
        lags = Lags()
        calls_desk = TimedDesk(CallPorts(parley, HummingVoice(), activity, ports.stt), lags)
        opened = open_telephony(settings, parley, calls, calls_desk)
        doors = (await stack.enter_async_context(opened)).routes
        assert doors is not None
        face = build_face(settings, parley, keys, version="bench", desk=calls_desk)
        app = create_app(face, mounted=Mounted((doors.router,), (doors.guarded,)))
        yield Desk(Running(parley, keys, calls, ports.stt), activity.name, lags), face, app


async def _take_commands(desk: Desk, server: Listener) -> None:
    """Answer commands until there are no more, then leave."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while command := (await reader.readline()).decode().strip():
        sys.stdout.write(orjson.dumps(await desk.answer(command)).decode() + "\n")
        sys.stdout.flush()
    server.leave()


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Read the arguments and run."""
    data_dir, detector, cores = sys.argv[1:]
    if cores != "any":
        os.sched_setaffinity(0, {int(core) for core in cores.split(",")})
    settings = load_settings(data_dir=Path(data_dir), activity={"kind": detector})
    configure_logging("error", json=True)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(settings))


if __name__ == "__main__":
    main()
