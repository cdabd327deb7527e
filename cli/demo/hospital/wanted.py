"""What a patient wants of the front desk, and what of the agent's words is something else."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from domain.errors import ConfigError
from playbooks.hospital import wording
from playbooks.hospital.directory import Directory

SOONEST, LATEST = 2, 6
"""Days ahead: within them a day of the week means one day, also when midnight passes during the call."""
_TIMES = re.compile(r"\b(\d{1,2})(?::(\d\d))? ?([AP])\.?M\b", re.IGNORECASE)
_HALF_DAY = 12


@dataclass(frozen=True)
class Wanted:
    """An appointment as the patient wants it, by the hospital's clock."""

    doctor: str
    day: date
    at: time

    @property
    def weekday(self) -> str:
        """The day as it is said."""
        return wording.DAYS[self.day.weekday()]

    def __str__(self) -> str:
        """Say when and with whom."""
        return f"{wording.said_day(self.day)} at {wording.said_time(self.at)} with {self.doctor}"

    def is_met_by(self, appointment: Mapping[str, Any]) -> bool:
        """Whether an appointment of the dataset is the one that is wanted."""
        return wanted_of(appointment) == self

    def is_contradicted_by(self, words: str, directory: Directory) -> bool:
        """Whether words name another day of the week, another time or another doctor."""
        days = {day for day in wording.DAYS if day in words}
        doctors = {doctor for doctor in directory.doctors if doctor in words}
        times = set(_times_in(words))
        return not (days <= {self.weekday} and doctors <= {self.doctor} and times <= {self.at})


def wanted_of(slot: Mapping[str, Any]) -> Wanted:
    """The appointment or slot of a dataset."""
    return Wanted(slot["doctor_name"], wording.read_day(slot["date"]), wording.read_time(slot["time"]))


def next_wanted(directory: Directory, doctor: str, at: time, now: datetime) -> Wanted:
    """The next day, not too soon, on which a doctor sees patients at this time (ConfigError: there is none)."""
    for ahead in range(SOONEST, LATEST + 1):
        day = now.date() + timedelta(days=ahead)
        if any(begins <= at < ends for begins, ends in directory.hours_of(doctor, day)):
            return Wanted(doctor, day, at)
    raise ConfigError(f"{doctor} sees nobody at {wording.said_time(at)} in the days to come.")


def _times_in(words: str) -> Iterator[time]:
    for hour, minute, half in _TIMES.findall(words):
        yield time(int(hour) % _HALF_DAY + (_HALF_DAY if half.upper() == "P" else 0), int(minute or 0))
