"""The register of patients, which follows their appointments in the same transaction, and the sheet after it."""

from domain.playbook import CallMoment
from domain.tool_call import Statement
from playbooks.hospital.desk import Booked
from playbooks.hospital.directory import DIRECTORY


def registered(booked: Booked, moment: CallMoment) -> list[Statement]:
    """Keep who has booked; without a number nobody is found again, and nobody is kept."""
    if booked.phone is None:
        return []
    params = {
        "phone": booked.phone,
        "name": booked.patient_name,
        "email": booked.email,
        "doctor": booked.slot.doctor,
        "department": booked.slot.department,
    }
    kept = Statement(name="keep_patient", params=params, personal=["phone", "name", "email"], blind=["phone"])
    return [kept, *visited(booked, moment)]


def visited(booked: Booked, moment: CallMoment) -> list[Statement]:
    """Find the patient's last visit anew, once an appointment was made, moved or cancelled."""
    if booked.phone is None:
        return []
    params = {"phone": booked.phone, "zone": DIRECTORY.zone.key, "call_id": moment.call_id}
    return [Statement(name="keep_visit", params=params, personal=["phone"], blind=["phone"])]
