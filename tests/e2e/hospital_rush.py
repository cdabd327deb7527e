"""`python -m tests.e2e.hospital_rush`: hundreds of callers over HTTP for a few slots; a replica is killed meanwhile."""

import argparse
import asyncio
import os
import shutil
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx
import psycopg

from providers.postgres.embedded.attach import open_embedded
from tests.e2e.hospital_callers import Patient, Turn, build_patients, overlaps, wanted_slots
from tests.e2e.process import new_data_dir
from tests.e2e.test_replicas import Family, open_family

BUSY = (202, 429, 503)
"""What is asked again after the time that the answer names."""
LOOK_SECONDS = 0.2
GIVES_UP_AFTER = 400.0
BOOKED = "SELECT lower(during), upper(during) FROM hospital_appointments WHERE status = 'booked'"
RECORDS = "SELECT count(*) FROM hospital_calls WHERE status = 'completed' AND call_type = 'appointment_booking'"


@dataclass(frozen=True)
class Rush:
    """What came of it."""

    callers: int
    slots: int
    booked: int
    """Appointments in the table."""
    told: int
    """Callers who were told that they have theirs."""
    offered: int
    """Callers who were offered at least three others."""
    overlaps: int
    unanswered: int
    records: int
    """Records of calls that are completed."""
    retries: int
    seconds: float
    notes: Sequence[str] = ()

    @property
    def clean(self) -> bool:
        """True when each slot has one patient and everybody was answered."""
        everybody = self.told + self.offered == self.records == self.callers
        return everybody and self.booked == self.told == self.slots and not (self.overlaps or self.unanswered)


@dataclass
class Line:
    """A caller's session, asked for at one replica, and at the other where that one is gone."""

    client: httpx.AsyncClient
    urls: Sequence[str]
    turn: int
    """The number of requests so far chooses the replica."""
    session_id: str = field(default_factory=lambda: str(uuid4()))
    retries: int = 0

    async def post(self, path: str, body: Mapping[str, Any]) -> Turn:
        """Post until there is an answer: the same body again is the same request."""
        while True:
            wait = LOOK_SECONDS
            try:
                answer = await self.client.post(self.urls[self.turn % len(self.urls)] + path, json=body)
                if answer.status_code not in BUSY:
                    return dict(answer.raise_for_status().json())
                wait = float(answer.headers.get("Retry-After", LOOK_SECONDS))
            except httpx.TransportError:
                self.turn += 1
            self.retries += 1
            await asyncio.sleep(wait)

    async def say(self, words: str) -> Turn:
        """Say something and hear the reply."""
        body = {"speaker": "Patient", "raw_text": words, "turn_id": str(uuid4())}
        return await self.post(f"/sessions/{self.session_id}/turns", body)

    async def call(self, patient: Patient, number: int) -> None:
        """Call, talk and hang up."""
        opening = {"playbook": "hospital", "session_id": self.session_id, "caller_phone": f"+9198{number:08}"}
        await self.post("/sessions", opening)
        await patient.talk(self.say)
        await self.post(f"/sessions/{self.session_id}/close", {})


async def rush(callers: int, slots: int) -> Rush:
    """Let them all call at once, and kill a replica when the first of them have their appointment."""
    data_dir, patients = new_data_dir(), build_patients(callers, wanted_slots(slots))
    try:
        async with open_embedded(data_dir) as dsn:
            settings = {"PARLEY_DATABASE_URL": dsn, "PARLEY_SERVER__OPEN_RATE_PER_MINUTE": "1000000"}
            async with open_family(settings) as family:
                lines, seconds = await _talk(family, patients)
            return await _counted(dsn, patients, slots, lines, seconds)
    finally:
        shutil.rmtree(data_dir, ignore_errors=True)


async def _talk(family: Family, patients: Sequence[Patient]) -> tuple[list[Line], float]:
    urls, begun = [family.url(1), family.url(2)], time.perf_counter()
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(timeout=60, limits=limits) as client, asyncio.timeout(GIVES_UP_AFTER):
        lines = [Line(client, urls, number) for number in range(len(patients))]
        async with asyncio.TaskGroup() as group:
            group.create_task(_kill(family, patients))
            for number, (line, patient) in enumerate(zip(lines, patients, strict=True)):
                group.create_task(line.call(patient, number))
    return lines, time.perf_counter() - begun


async def _kill(family: Family, patients: Sequence[Patient]) -> None:
    pid = (await family.pids())[0]
    while not any(each.booked for each in patients):  # noqa: ASYNC110  (another process's)
        await asyncio.sleep(LOOK_SECONDS)
    os.kill(pid, signal.SIGKILL)


async def _counted(dsn: str, patients: Sequence[Patient], slots: int, lines: Sequence[Line], seconds: float) -> Rush:
    async with await psycopg.AsyncConnection.connect(dsn) as owner:
        kept: list[tuple[datetime, datetime]] = await (await owner.execute(BOOKED)).fetchall()
        ((records,),) = await (await owner.execute(RECORDS)).fetchall()
    return Rush(
        callers=len(patients),
        slots=slots,
        booked=len(kept),
        told=sum(each.booked is not None for each in patients),
        offered=sum(each.booked is None and each.answered for each in patients),
        overlaps=overlaps(kept),
        unanswered=sum(not each.answered for each in patients),
        records=records,
        retries=sum(line.retries for line in lines),
        seconds=seconds,
        notes=[" | ".join(each.heard) for each in patients if not each.answered],
    )


def main() -> None:
    """Run it and say what came of it; status 1 unless it was as it should be."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.hospital_rush")
    parser.add_argument("--callers", type=int, default=200)
    parser.add_argument("--slots", type=int, default=20)
    asked = parser.parse_args()
    found = asyncio.run(rush(asked.callers, asked.slots))
    for name, value in vars(found).items():
        sys.stdout.write(f"{name:>12}  {value}\n")
    sys.exit(0 if found.clean else 1)


if __name__ == "__main__":
    main()
