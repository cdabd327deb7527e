"""The patient's two visits, as the playbook's scenario has them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

import yaml

from cli.demo.call_sheet import PLAYBOOKS
from cli.demo.hospital.wanted import Wanted, next_wanted
from playbooks.hospital.directory import DIRECTORY

_FOLDER = PLAYBOOKS / "hospital" / "scenarios" / "front_desk"
_DAY = "{weekday}"


@dataclass(frozen=True)
class Visit:
    """What the patient wants, what they say for it by its key, and where the sound of it lies."""

    wanted: Wanted
    words: Mapping[str, str]
    sounds: Mapping[str, Path]


@dataclass(frozen=True)
class Visits:
    """A patient, and which of their words answer which question of the agent's."""

    playbook: str
    called: str
    name: str
    email: str
    asked: Mapping[str, re.Pattern[str]]
    written: Visit
    telephoned: Visit


def load_visits(now: datetime) -> Visits:
    """Read the scenario for a day; `now` is by the hospital's clock."""
    script = yaml.safe_load((_FOLDER / "visits.yaml").read_text(encoding="utf-8"))
    return Visits(
        playbook=script["playbook"],
        called=script["called"],
        name=script["patient"]["name"],
        email=script["patient"]["email"],
        asked={key: re.compile(pattern, re.IGNORECASE) for key, pattern in script["answers"].items()},
        written=_visit(script["written"], now),
        telephoned=_visit(script["telephoned"], now),
    )


def _visit(script: Mapping[str, Any], now: datetime) -> Visit:
    wanted = next_wanted(DIRECTORY, script["doctor"], time.fromisoformat(script["time"]), now)
    words: Mapping[str, str] = script["words"]
    return Visit(
        wanted,
        {key: text.format(weekday=wanted.weekday) for key, text in words.items()},
        {key: _FOLDER / "audio" / f"{key}{_of_day(text, wanted)}.ulaw" for key, text in words.items()},
    )


def _of_day(text: str, wanted: Wanted) -> str:
    return f"_{wanted.weekday.lower()}" if _DAY in text else ""
