"""An appointment in the making, as a value."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from playbooks.hospital.wish.acts import Intent


@dataclass(frozen=True)
class Wish:
    """An appointment in the making, and for moving or cancelling the one that is meant (`old_day`, `old_at`).

    `doubt` and `old_doubt` are days that have to be confirmed, `doubt_at` the time beside; `rivals` are doctors that
    may be meant, `avoided` those whom the caller does not want. `patient_due` tells that the patient was not named yet,
    `for_caller` that it is for the caller expressly, `for_another` that it is for somebody else. `soonest` is what the
    first appointment there is may be, until it is known with whom.
    """

    intent: Intent | None = None
    day: date | None = None
    at: time | None = None
    part: tuple[time, time] | None = None
    doctor: str | None = None
    department: str | None = None
    doubt: date | None = None
    rivals: tuple[str, ...] = ()
    old_doubt: date | None = None
    old_day: date | None = None
    old_at: time | None = None
    patient_due: bool = False
    doubt_at: time | None = None
    for_caller: bool = field(default=False, compare=False)
    for_another: bool = field(default=False, compare=False)
    soonest: tuple[datetime, ...] = field(default=(), compare=False)
    avoided: tuple[str, ...] = ()

    @property
    def slot(self) -> tuple[date | None, time | None, str | None, str | None]:
        """What availability is asked by."""
        return self.day, self.at, self.doctor, self.department

    @property
    def is_open(self) -> bool:
        """Whether a slot is being talked about."""
        return self.day is not None or self.at is not None

    @property
    def is_begun(self) -> bool:
        """Whether anything of an appointment was told."""
        return self.intent is not None and any((self.is_open, self.doctor, self.department, self.old_day))
