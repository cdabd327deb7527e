"""The appointment, the letter and the row that the suites of mail, calendars and sheets are about."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ports.calendar import Calendar, CalendarEvent, Taken
from ports.mail import Attachment, Invitation, MailMessage
from ports.sheet import Cell

KOLKATA = ZoneInfo("Asia/Kolkata")
DAY = timedelta(hours=12)
PHONE = "+919812345678"
ASHA: Mapping[str, Cell] = {"phone": PHONE, "name": "Asha Rao", "visits": 3}


def appointment(key: str = "s1:3:0", hour: int = 16, revision: int = 0) -> CalendarEvent:
    """Half an hour with Dr. Mehta, tomorrow."""
    start = datetime(2026, 11, 3, hour, 30, tzinfo=KOLKATA)
    return CalendarEvent(
        key, start, start + timedelta(minutes=30), "Asia/Kolkata", "Dr. Mehta: Asha Rao", "First visit;\nbring reports",
        "Renova, Room 5", ("asha@example.com",), revision,
    )  # fmt: skip


EVENT = appointment()
LETTER = MailMessage(
    key="s1:3:0",
    to="asha@example.com",
    subject="Ihr Termin – आपकी नियुक्ति",
    text="Dear Asha,\n.\nSee you on Tuesday at 16:30.\n",
    html="<p>See you on <b>Tuesday</b> at 16:30. ₹500</p>",
    attachments=(Attachment("Wegbeschreibung für Sie.pdf", "application/pdf", b"%PDF-1.7\r\n.\r\n\x00\xff"),),
    invitation=Invitation(EVENT),
    reply_to="care@renova.example.com",
)


def time_of(event: CalendarEvent) -> Taken:
    """The time that an appointment takes."""
    return Taken(event.start, event.end, event.key)


async def day(calendar: Calendar) -> list[Taken]:
    """What is in a calendar on the day of the appointment."""
    return await calendar.busy(EVENT.start - DAY, EVENT.start + DAY)
