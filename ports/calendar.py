"""A calendar that appointments are entered in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from domain.errors import InvalidInput
from ports.outbox import Receipt
from ports.plain_text import require_line, require_text


@dataclass(frozen=True)
class CalendarEvent:
    """An appointment. `zone` is the IANA name of the place's time zone; `attendees` are e-mail addresses.

    Raises:
        InvalidInput: a time without a zone, an end that is not after the start, an unknown zone, control characters.
    """

    key: str
    """The idempotency key; it stays the same for as long as the appointment exists."""
    start: datetime
    end: datetime
    zone: str
    title: str
    description: str = ""
    location: str = ""
    attendees: tuple[str, ...] = ()
    revision: int = 0
    """How often the appointment was changed before; of two revisions the higher one holds."""

    def __post_init__(self) -> None:
        for field in ("start", "end"):
            if getattr(self, field).utcoffset() is None:
                raise InvalidInput(f"{field} needs a time zone.", field=field)
        if self.end <= self.start:
            raise InvalidInput("end must be after start.", field="end")
        if self.revision < 0:
            raise InvalidInput("revision counts from 0.", field="revision")
        require_line(self.title, "title")
        require_line(self.location, "location")
        require_text(self.description, "description")
        load_zone(self.zone)


@dataclass(frozen=True)
class Taken:
    """A time at which the calendar has something; `key` is the event's where it is one of ours."""

    start: datetime
    end: datetime
    key: str | None = None


class Calendar(Protocol):
    """Holds events by their key. Every call may be made again after a lost answer: it then changes nothing twice."""

    @property
    def name(self) -> str:
        """Which calendar it is, for receipts and errors."""
        ...

    async def put(self, event: CalendarEvent) -> Receipt:
        """Enter an event, or change the one of that key to a higher revision; proof: provider, id and status.

        Status `confirmed`: it is there, as given or in a revision at least as high. Status `cancelled`: an event of
        that key was removed before, and stays so.

        Raises:
            OutcomeUnknown: the answer was lost; put it again.
            ProviderUnavailable: it was not entered; later it may be.
            ProviderRejected: it was not entered and will not be.
            InvalidInput: an attendee's address cannot be one.
        """
        ...

    async def remove(self, key: str) -> Receipt:
        """Take an event out for good; proof: provider, id and status (`cancelled`, or `absent`: it never was there).

        Raises ProviderError as `put` does.
        """
        ...

    async def busy(self, start: datetime, end: datetime) -> list[Taken]:
        """List what takes time between two instants, by its start (ProviderError)."""
        ...


def load_zone(name: str) -> ZoneInfo:
    """Load a time zone by its IANA name (InvalidInput when there is none)."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise InvalidInput("zone must be an IANA time zone, such as Asia/Kolkata.", field="zone") from error
