"""The register of patients, which follows their appointments in the same transaction, and the sheet after it.

A patient is found again by their number: whose appointment somebody else makes on their own line is not kept.
"""

from domain.playbook import CallMoment
from domain.tool_call import Statement
from playbooks.hospital.customer import is_caller
from playbooks.hospital.desk import Booked, name_key
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.reading import caller_number


def registered(booked: Booked, moment: CallMoment) -> list[Statement]:
    """Keep who has booked; without a number of their own nobody is found again, and nobody is kept."""
    if not _is_number_of(booked, moment):
        return []
    params = {
        "phone": booked.phone,
        "name": booked.patient_name,
        "email": booked.email,
        "doctor": booked.slot.doctor,
        "department": booked.slot.department,
    }
    kept = Statement(name="keep_patient", params=params, personal=[*params], blind=["phone"])
    return [kept, _visit(booked, moment)]


async def visited(booked: Booked, moment: CallMoment) -> list[Statement]:
    """Find the patient's last visit anew, once an appointment was moved or cancelled (Unavailable).

    Whichever line the call comes from: it is about the patient whom the register keeps under the appointment's number.
    """
    if booked.phone is None:
        return []
    kept = await moment.query("patient", {"phone": booked.phone}, blind=("phone",))
    is_kept = kept and name_key(kept[0]["name"]) == name_key(booked.patient_name)
    return [_visit(booked, moment)] if is_kept else []


def _visit(booked: Booked, moment: CallMoment) -> Statement:
    params = {
        "phone": booked.phone,
        "name": name_key(booked.patient_name),
        "zone": DIRECTORY.zone.key,
        "call_id": moment.call_id,
    }
    return Statement(name="keep_visit", params=params, personal=["phone", "name"], blind=["phone", "name"])


def _is_number_of(booked: Booked, moment: CallMoment) -> bool:
    """Whether the number of an appointment is its patient's: the caller is the patient, or it is not their line."""
    if booked.phone is None:
        return False
    on_this_line = booked.phone == caller_number(DIRECTORY, moment.caller_phone)
    return not on_this_line or is_caller(moment.dataset, booked.patient_name)
