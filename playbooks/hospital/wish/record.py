"""What the dataset has of a wish: the slot asked about last, what was offered, the appointments of this call."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from playbooks.hospital import wording
from playbooks.hospital.customer import CALLER
from playbooks.hospital.desk import STANDS
from playbooks.hospital.wish.acts import Intent
from playbooks.hospital.wish.picks import to_offer
from playbooks.hospital.wish.state import Wish


def was_checked(wish: Wish, dataset: Mapping[str, Any]) -> bool:
    """Whether the slot that is wanted is the one that was asked about last."""
    slot = dataset.get("requested") or {}
    if not slot or wish.day is None or wish.at is None:
        return False
    same_doctor = wish.doctor in (None, slot.get("doctor_name"))
    same_department = wish.department in (None, slot.get("department"))
    when = (wish.day.isoformat(), wording.written_time(wish.at))
    return same_doctor and same_department and when == (slot["date"], slot["time"])


def offered(dataset: Mapping[str, Any], wish: Wish) -> list[wording.Slot]:
    """The slots that were said to choose from."""
    return to_offer(dataset.get("alternatives") or [], wish.avoided)


def standing(dataset: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The appointments of this call that are booked."""
    return [item for item in dataset.get("appointments") or [] if item.get("status") == "booked"]


def known_to(dataset: Mapping[str, Any], status: str = STANDS) -> list[dict[str, Any]]:
    """The appointments of the caller that this call has made or changed, or knew from its beginning, in their order."""
    told = (*(dataset.get("on_record") or []), *(dataset.get("appointments") or []))
    newest = {item["appointment_id"]: item for item in told}
    return sorted((item for item in newest.values() if item.get("status") == status), key=_when)


def caller_in(dataset: Mapping[str, Any]) -> str | None:
    """The caller's own name, as far as it is known."""
    known = dataset.get("customer") or {}
    name: str | None = known.get(CALLER, known.get("name"))
    return name


def meant(wish: Wish, dataset: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The appointments that may be the one to move or to cancel."""
    booked = known_to(dataset)
    if wish.for_another:
        booked = [item for item in booked if item["patient_name"] != caller_in(dataset)]
    if wish.old_day:
        booked = [item for item in booked if wording.read_day(item["date"]) == wish.old_day]
    if wish.old_at:
        booked = [item for item in booked if wording.read_time(item["time"]) == wish.old_at]
    if wish.intent in (Intent.CANCEL, Intent.MOVE) and wish.doctor:
        booked = [item for item in booked if item["doctor_name"] == wish.doctor]
    return booked


def to_confirm(dataset: Mapping[str, Any]) -> dict[str, Any] | None:
    """The appointment whose confirmation is meant: the last one of this call, or the only one that the caller has."""
    known = standing(dataset) or known_to(dataset)
    return known[-1] if standing(dataset) or len(known) == 1 else None


def _when(booked: Mapping[str, Any]) -> tuple[date, time]:
    return wording.read_day(booked["date"]), wording.read_time(booked["time"])
