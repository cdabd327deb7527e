"""What the dataset has of a wish: the slot asked about last, what was offered, the appointments of this call."""

from collections.abc import Mapping
from typing import Any

from playbooks.hospital import wording
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


def offered(dataset: Mapping[str, Any]) -> list[wording.Slot]:
    """The slots that were said to choose from."""
    return to_offer(dataset.get("alternatives") or [])


def standing(dataset: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The appointments of this call that are booked."""
    return [item for item in dataset.get("appointments") or [] if item.get("status") == "booked"]


def meant(wish: Wish, dataset: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The appointments of this call that may be the one to move or to cancel."""
    booked = standing(dataset)
    if wish.old_day:
        booked = [item for item in booked if wording.read_day(item["date"]) == wish.old_day]
    if wish.old_at:
        booked = [item for item in booked if wording.read_time(item["time"]) == wish.old_at]
    return booked
