"""The arguments of the tools, read into what they mean; what cannot be meant is refused in a sentence."""

import re
from datetime import date, datetime, time
from difflib import get_close_matches

from email_validator import EmailNotValidError, validate_email

from language.slots.phone import in_e164
from playbooks.hospital.directory import Directory
from playbooks.hospital.refusals import invalid
from playbooks.hospital.slots import Slot, fits, said_time

_TIME = re.compile(r"\s*(\d{1,2})(?::(\d{2}))?\s*(?:([ap])\.?\s?m\.?)?\s*", re.IGNORECASE)
_SHORTEST, _LONGEST = 10, 240
_LONGEST_NAME = 100


def read_day(text: str) -> date:
    """Read YYYY-MM-DD."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise invalid("I am afraid there is no such date. Which day would you like?") from error


def read_time(text: str) -> time:
    """Read HH:MM AM/PM, or HH:MM of 24 hours."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise invalid("I did not understand the time. At what time would you like to come?")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise invalid("There is no such time. At what time would you like to come?")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute)


def read_slot(
    directory: Directory, day: str, clock: str, minutes: int, *, doctor: str | None, department: str | None
) -> Slot:
    """Read a slot; without a doctor, it is the first of the department who works then, and of any without one."""
    begins = read_begins(directory, day, clock)
    if not _SHORTEST <= minutes <= _LONGEST:
        raise invalid(f"An appointment takes {_SHORTEST} to {_LONGEST} minutes.")
    section = None if department is None else read_department(directory, department)
    name = _any_doctor(directory, section, begins, minutes) if doctor is None else read_doctor(directory, doctor)
    if section is not None and directory.department_of(name) != section:
        raise invalid(f"{name} works in {directory.department_of(name)}. Would you like to see {name} there?")
    return Slot(name, directory.department_of(name), begins, minutes)


def read_begins(directory: Directory, day: str, clock: str) -> datetime:
    """Read a day and a time by the hospital's clock."""
    at = read_time(clock)
    begins = directory.at(read_day(day), at)
    if datetime.fromtimestamp(begins.timestamp(), directory.zone).time() != at:
        raise invalid(
            f"On that day the clocks are changed, and there is no {said_time(at)}. Which time would suit you?"
        )
    return begins


def read_department(directory: Directory, text: str) -> str:
    """Read a department by its name or by what patients call it."""
    wanted = text.strip().casefold()
    for name, department in directory.departments.items():
        if wanted == name.casefold() or wanted in (other.casefold() for other in department.also):
            return name
    raise invalid(f"We have no department of that name. We have {', '.join(directory.departments)}.")


def read_doctor(directory: Directory, text: str) -> str:
    """Read a doctor by their name, whole or in part."""
    wanted = _bare(text)
    found = [name for name in directory.doctors if wanted and set(wanted.split()) <= set(_bare(name).split())]
    close = {_bare(name): name for name in directory.doctors}
    found = found or [close[match] for match in get_close_matches(wanted, close, n=2, cutoff=0.85)]
    if len(found) == 1:
        return found[0]
    if found:
        raise invalid(f"We have {' and '.join(found)}. Whom would you like to see?")
    raise invalid("We have no doctor of that name. Which department would you like?")


def read_name(text: str) -> str:
    """Read a patient's name."""
    name = " ".join(text.split())
    if not 1 <= len(name) <= _LONGEST_NAME or not any(letter.isalpha() for letter in name) or not name.isprintable():
        raise invalid("I did not catch the name. Could you tell me the patient's full name?")
    return name


def read_email(text: str) -> str:
    """Read an e-mail address; nobody is asked whether its domain is there."""
    try:
        return validate_email(text.strip(), check_deliverability=False, test_environment=True, strict=True).normalized
    except EmailNotValidError as error:
        raise invalid("That does not sound like an e-mail address. Could you spell it for me?") from error


def read_phone(directory: Directory, text: str) -> str:
    """Read a telephone number into E.164 form."""
    number = in_e164(re.sub(r"[^\d+]", "", text), directory.region)
    if number is None:
        raise invalid("That does not sound like a telephone number. Could you say it digit by digit?")
    return number


def caller_number(directory: Directory, line: str | None) -> str | None:
    """The number that the line shows, in E.164 form; None where it is withheld or cannot be one."""
    return in_e164(line, directory.region) if line else None


def _bare(name: str) -> str:
    return re.sub(r"^(dr|doctor)\b\.?\s*", "", name.strip().casefold())


def _any_doctor(directory: Directory, department: str | None, begins: datetime, minutes: int) -> str:
    if department is None:
        raise invalid("Which department or which doctor would you like to see?")
    names = [doctor.name for doctor in directory.doctors_of(department)]
    working = (name for name in names if fits(directory, Slot(name, department, begins, minutes)))
    return next(working, names[0])
