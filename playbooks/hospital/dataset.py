"""What a call to the front desk learns: who calls, what they want, and what became of it."""

from typing import Any, Literal

from pydantic import Field

from domain.dataset import DatasetModel

CustomerField = Literal["name", "patient", "email", "phone"]
"""What can be noted; `patient` is the name of a patient who is not the caller."""


class HospitalDataset(DatasetModel):
    """Null is not known."""

    customer: dict[str, str] = Field(default_factory=dict)
    customer_type: Literal["new", "returning", "existing"] = "new"
    preferred_doctor: str | None = None
    last_visit: str | None = None
    call_type: str | None = None
    summary: str | None = None
    department_enquired: str | None = None
    doctor_enquired: str | None = None
    notes: str | None = None
    requested: dict[str, Any] | None = None
    """The slot that was asked about last: date, time, doctor_name, department, duration_minutes, available."""
    alternatives: list[dict[str, Any]] = Field(default_factory=list)
    """What was offered in its place, nearest first."""
    appointments: list[dict[str, Any]] = Field(default_factory=list)
    """Those that this call has booked, moved or cancelled, each as it stands now."""
    on_record: list[dict[str, Any]] = Field(default_factory=list)
    """Those that stood under the caller's own number when the call began, newest first; `over` were some by then."""
    transfer: dict[str, Any] | None = None
    ended: dict[str, Any] | None = None
