"""A letter in MIME form: text, the same in HTML, an invitation, attachments."""

from dataclasses import replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from domain.errors import InvalidInput
from ports.effects import effect_id
from ports.mail import Attachment, Invitation, MailMessage
from providers.ics.rendering import render_event
from providers.mail.addresses import Sender, check_address

EFFECT_HEADER = "Parley-Effect"
"""Holds the effect's id, for services that put a Message-ID of their own in the place of ours."""
_POLICY = SMTP.clone(cte_type="7bit")
_ICS_NAME = "invite.ics"


def message_id(key: str, sender: Sender) -> str:
    """Make the Message-ID of a letter from its key: sent twice, it is the same letter to who receives it."""
    return f"<{effect_id(key)}@{sender.domain}>"


def build_message(message: MailMessage, sender: Sender, at: datetime) -> EmailMessage:
    """Build the letter; `at` is its date.

    Raises:
        InvalidInput: an address, or the type of an attachment, cannot be one; names the field.
    """
    letter = EmailMessage(_POLICY)
    letter["From"] = sender.header
    letter["To"] = Address(addr_spec=check_address(message.to, "to"))
    if message.reply_to:
        letter["Reply-To"] = Address(addr_spec=check_address(message.reply_to, "reply_to"))
    letter["Subject"] = message.subject
    letter["Date"] = at
    letter["Message-ID"] = message_id(message.key, sender)
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answer by a machine, please
    letter[EFFECT_HEADER] = effect_id(message.key)
    letter.set_content(message.text)
    if message.html is not None:
        letter.add_alternative(message.html, subtype="html")
    for attachment in message.attachments:
        _attach(letter, attachment)
    if message.invitation is not None:
        _invite(letter, message, message.invitation, sender, at)
    return letter


def _attach(letter: EmailMessage, attachment: Attachment) -> None:
    main, _, sub = attachment.content_type.partition("/")
    if not (_is_token(main) and _is_token(sub)) or main.lower() in {"multipart", "message"}:
        raise InvalidInput("attachments need a content type such as application/pdf.", field="attachments")
    letter.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.name)


def _invite(letter: EmailMessage, message: MailMessage, invitation: Invitation, sender: Sender, at: datetime) -> None:
    """Attach the invitation; where nobody is said to attend, who gets the letter does (RFC 5546, 3.2.2)."""
    event = replace(invitation.event, attendees=invitation.event.attendees or (message.to,))
    ics = render_event(event, method=invitation.method, sequence=event.revision, organizer=sender, at=at)
    letter.add_attachment(ics.decode(), subtype="calendar", filename=_ICS_NAME, params={"method": invitation.method})


def _is_token(word: str) -> bool:
    """Tell whether a word can be half of a content type (RFC 6838, 4.2)."""
    return bool(word) and word.isascii() and all(each.isalnum() or each in "!#$&-^_.+" for each in word)
