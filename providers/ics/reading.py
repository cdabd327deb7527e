"""iCalendar files of ours, read back."""

from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event

from domain.errors import Fault, ProviderRejected
from ports.calendar import Taken
from providers.ics.rendering import KEY, REVISION

PROVIDER = "ics"


@dataclass(frozen=True)
class Entry:
    """The event of one file."""

    calendar: Calendar
    event: Event

    @property
    def cancelled(self) -> bool:
        """True when the appointment was taken out."""
        return str(self.event.get("status")) == "CANCELLED"

    @property
    def sequence(self) -> int:
        """How often the file was changed."""
        return int(self.event.get("sequence", 0))

    @property
    def revision(self) -> int:
        """Which revision of the appointment it holds."""
        return int(str(self.event.get(REVISION, -1)))

    def taken(self) -> Taken | None:
        """What time it takes; None when it is cancelled."""
        if self.cancelled:
            return None
        return Taken(_instant(self.event.start), _instant(self.event.end), str(self.event.get(KEY)))

    def cancel(self, at: datetime) -> bytes:
        """Write it again as the news that it does not take place (RFC 5546, 3.2.5)."""
        self.calendar["METHOD"] = "CANCEL"
        for name, value in {
            "status": "CANCELLED",
            "sequence": self.sequence + 1,
            "dtstamp": at.astimezone(UTC),
        }.items():
            self.event.pop(name)
            self.event.add(name, value)
        written: bytes = self.calendar.to_ical()
        return written


def read_entry(content: bytes) -> Entry:
    """Read a file (ProviderRejected when it is not one of ours any more)."""
    try:
        calendar = Calendar.from_ical(content)
        entry = Entry(calendar, next(each for each in calendar.walk("VEVENT") if isinstance(each, Event)))
        entry.taken()
        return entry if entry.sequence >= 0 and entry.revision >= 0 else _broken()
    except (ValueError, KeyError, AttributeError, TypeError, StopIteration):
        return _broken()


def _instant(given: object) -> datetime:
    if not isinstance(given, datetime) or given.tzinfo is None:
        raise ValueError("a time without a zone is none of ours")
    return given.astimezone(UTC)


def _broken() -> Entry:
    raise ProviderRejected(PROVIDER, Fault.MALFORMED)
