"""What a booking leaves behind in the office's folders: a letter, an entry in the calendar, rows in two sheets."""

import csv
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from bootstrap.office import OfficeFolders

ARRIVE_SECONDS = 20.0
_LOOK_SECONDS = 0.2
_FOLD = "\n "
"""Where a long line of an .ics file goes on (RFC 5545, 3.1)."""

Appointment = Mapping[str, Any]


@dataclass(frozen=True)
class Papers:
    """Looks for what one booking should have left; `begins` is when the appointment does, by the hospital's clock."""

    office: OfficeFolders
    appointment: Appointment
    begins: str
    session_id: str

    def found(self) -> dict[str, Path | None]:
        """Say of each paper where it lies; None is not there."""
        looks: dict[str, Callable[[], Path | None]] = {
            "letter with .ics": self._letter,
            "calendar entry": self._entry,
            "patients' sheet": self._patient,
            "calls' sheet": self._call,
        }
        return {name: look() for name, look in looks.items()}

    def _letter(self) -> Path | None:
        return next((path for path in self.office.mail.glob("*.eml") if self._is_letter(_letter_in(path))), None)

    def _is_letter(self, letter: EmailMessage) -> bool:
        attached = [part for part in letter.iter_attachments() if part.get_content_type() == "text/calendar"]
        return letter["To"] == self.appointment["email"] and any(
            self._is_entry(str(part.get_content())) for part in attached
        )

    def _entry(self) -> Path | None:
        entries = self.office.calendar.glob("*.ics")
        return next((path for path in entries if self._is_entry(path.read_text(encoding="utf-8"))), None)

    def _is_entry(self, text: str) -> bool:
        lines = text.replace("\r\n", "\n").replace(_FOLD, "").split("\n")
        is_ours = any(line.startswith("DESCRIPTION") and self.appointment["appointment_id"] in line for line in lines)
        begins = any(line.startswith("DTSTART") and line.endswith(self.begins) for line in lines)
        return is_ours and begins and "STATUS:CONFIRMED" in lines

    def _patient(self) -> Path | None:
        wanted = {
            "phone": self.appointment["phone"],
            "name": self.appointment["patient_name"],
            "email": self.appointment["email"],
            "preferred_doctor": self.appointment["doctor_name"],
        }
        return _with_row(self.office.sheet / "patients.csv", wanted)

    def _call(self) -> Path | None:
        wanted = {
            "call_id": self.session_id,
            "status": "completed",
            "call_type": "appointment_booking",
            "customer_name": self.appointment["patient_name"],
            "doctor_enquired": self.appointment["doctor_name"],
        }
        return _with_row(self.office.sheet / "calls.csv", wanted)


def wait_for(papers: Papers) -> dict[str, Path | None]:
    """Look until all have come, or so long that they will not."""
    until = time.monotonic() + ARRIVE_SECONDS
    while not all((found := papers.found()).values()) and time.monotonic() < until:
        time.sleep(_LOOK_SECONDS)
    return found


def _letter_in(path: Path) -> EmailMessage:
    with path.open("rb") as file:
        return BytesParser(EmailMessage, policy=policy.default).parse(file)


def _with_row(sheet: Path, wanted: Mapping[str, str]) -> Path | None:
    return sheet if any(row.items() >= wanted.items() for row in _rows(sheet)) else None


def _rows(sheet: Path) -> Iterator[dict[str, str]]:
    """The rows of a sheet, without the quotes that keep a cell from being taken for a formula."""
    if sheet.is_file():
        with sheet.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield {name: cell.removeprefix("'") for name, cell in row.items()}
