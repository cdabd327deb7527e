"""The booking tool of a service, as the file of tools beside the dialogues describes it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.errors import ConfigError

FILE = "sgd_tools.json"
BOOK = "BookAppointment"
DATE, TIME = "appointment_date", "appointment_time"


@dataclass(frozen=True)
class BookingService:
    """A service with appointments; `whom` is its slot for whoever they are with."""

    name: str
    whom: str


def load_services(folder: Path) -> Mapping[str, BookingService]:
    """Read the services that book appointments, by name.

    Raises:
        ConfigError: the file is not there, or is none of tools.
    """
    file = next((file for file in (folder / FILE, folder / "dev" / FILE) if file.is_file()), None)
    if file is None:
        raise ConfigError(f"{folder} has dialogues, and no {FILE} that describes their tools")
    try:
        described = json.loads(file.read_text(encoding="utf-8"))
        return {name: service for name, one in described.items() if (service := _service(name, one))}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"{file} does not describe tools: {error!r}") from error


def _service(name: str, described: Mapping[str, Any]) -> BookingService | None:
    """A service whose appointments are booked by a day, a time and whom they are with."""
    for intent in described["intents"]:
        slots = set(intent["required_slots"])
        others = slots - {DATE, TIME}
        if intent["name"] == BOOK and intent["is_transactional"] and len(others) == 1 and len(slots) == len(others) + 2:
            return BookingService(name, others.pop())
    return None
