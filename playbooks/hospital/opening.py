"""Who is calling, before the first word: the register of patients knows by the number."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.conversation import CallContext
from domain.errors import ToolRefused
from domain.playbook import Opening, OpeningMoment
from language.slots.phone import in_e164
from playbooks.hospital.call_record import noted
from playbooks.hospital.desk import on_record
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.reading import read_email, read_name


async def look_up(moment: OpeningMoment) -> Opening:
    """Find the patient by their number: in the register, then in the hospital's sheet; then they are `returning`.

    Raises:
        Unavailable: the register cannot be asked now.
    """
    phone = _number(moment.caller_phone or "")
    if phone is None:
        return Opening()
    patient = await _patient(moment, phone)
    if patient is None:
        return Opening({"customer": {"phone": phone}})
    name, email = _readable(read_name, patient.get("name")), _readable(read_email, patient.get("email"))
    known = {"phone": phone, "name": name, "email": email}
    profile = {
        "customer": {name: value for name, value in known.items() if value},
        "customer_type": "returning",
        "preferred_doctor": patient.get("preferred_doctor") or None,
        "last_visit": str(patient.get("last_visit") or "") or None,
        "on_record": await on_record(DIRECTORY, phone, moment.query),
    }
    return Opening(profile, [noted(moment, name=name, email=email, customer_type="returning")])


async def _patient(moment: OpeningMoment, phone: str) -> Mapping[str, Any] | None:
    rows = await moment.query("patient", {"phone": phone}, blind=("phone",))
    return rows[0] if rows else await moment.find_row("patients", "phone", phone, _number)


def _readable(read: Callable[[str], str], cell: str | None) -> str | None:
    """What a column says; people write into a sheet what cannot be booked with."""
    try:
        return read(cell or "")
    except ToolRefused:
        return None


def _number(text: str) -> str | None:
    """A number as it is compared."""
    return in_e164(text, DIRECTORY.region)


def greet(dataset: Mapping[str, Any], context: CallContext) -> str | None:
    """Greet a patient whom the register knows by name."""
    name = (dataset.get("customer") or {}).get("name")
    if dataset.get("customer_type") != "returning" or not name:
        return None
    return f"Hello {name}, this is {context.business or DIRECTORY.name}. How can I help you?"
