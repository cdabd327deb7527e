"""Letters by e-mail."""

from dataclasses import dataclass
from typing import Literal, Protocol

from domain.errors import InvalidInput
from ports.calendar import CalendarEvent
from ports.outbox import Receipt
from ports.plain_text import require_line, require_text

MOST_ATTACHED_BYTES = 3 << 20
"""What every way of sending takes; base64 and the letter itself come on top."""


@dataclass(frozen=True)
class Attachment:
    """A file that goes along; `content_type` is type/subtype."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Invitation:
    """An appointment in a form that mail programs enter into calendars, or (CANCEL) take out of them."""

    event: CalendarEvent
    method: Literal["REQUEST", "CANCEL"] = "REQUEST"


@dataclass(frozen=True)
class MailMessage:
    """A message to one address. `text` is always there, `html` shows the same to who can see it.

    Raises:
        InvalidInput: a line end or control character in a field that has one line, or too much is attached.
    """

    key: str
    """The idempotency key."""
    to: str
    subject: str
    text: str
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()
    invitation: Invitation | None = None
    reply_to: str | None = None

    def __post_init__(self) -> None:
        require_line(self.to, "to")
        require_line(self.subject, "subject")
        require_line(self.reply_to or "", "reply_to")
        require_text(self.text, "text")
        require_text(self.html or "", "html")
        for attachment in self.attachments:
            require_line(attachment.name, "attachments")
            require_line(attachment.content_type, "attachments")
        if sum(len(attachment.content) for attachment in self.attachments) > MOST_ATTACHED_BYTES:
            raise InvalidInput(f"attachments must be at most {MOST_ATTACHED_BYTES} bytes.", field="attachments")


class Mail(Protocol):
    """Sends mail. After a lost answer the same message goes out again only where `look_for` can tell that it may."""

    @property
    def name(self) -> str:
        """Which way of sending it is, for receipts and errors."""
        ...

    @property
    def can_look(self) -> bool:
        """True when `look_for` has an answer; where it is False a lost answer stays unknown."""
        ...

    async def send(self, message: MailMessage) -> Receipt:
        """Send a message, once; proof: provider and the service's own id.

        Raises:
            OutcomeUnknown: the answer was lost; ask `look_for` before another try.
            ProviderUnavailable: it was not sent; later it may be.
            ProviderRejected: it was not sent and will not be.
            InvalidInput: an address cannot be one.
        """
        ...

    async def look_for(self, message: MailMessage) -> Receipt | None:
        """Find out whether a message was sent; None when it was not.

        Raises:
            ProviderUnavailable: there is no telling now.
            ProviderRejected: there is no telling at all.
        """
        ...
