"""What every way of sending mail promises."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from icalendar import Calendar

from domain.errors import Fault, InvalidInput, ProviderRejected
from ports.effects import effect_id
from ports.mail import Invitation
from tests.contract.appointments import LETTER, appointment
from tests.contract.workspace import (
    PERSONAL,
    Office,
    gmail_office,
    mailbox_office,
    refused,
    smtp_office,
)

Open = Callable[[Path], AbstractAsyncContextManager[Office]]


@pytest.fixture(params=[mailbox_office, smtp_office, gmail_office], ids=["mailbox", "smtp", "gmail"])
async def office(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Office]:
    opened: Open = request.param
    async with opened(tmp_path / "post") as office:
        yield office


def part(letter: EmailMessage, content_type: str) -> EmailMessage:
    """The only part of a type."""
    (found,) = [each for each in letter.walk() if each.get_content_type() == content_type]
    assert isinstance(found, EmailMessage)
    return found


async def test_a_letter_arrives_with_all_its_parts(office: Office) -> None:
    await office.mail.send(LETTER)
    (letter,) = office.arrived()
    assert letter["To"] == "asha@example.com"
    assert letter["From"] == "Renova Hospitals <desk@renova.example.com>"
    assert letter["Reply-To"] == "care@renova.example.com"
    assert letter["Subject"] == LETTER.subject
    assert letter["Date"].datetime.isoformat() == "2026-11-02T09:00:00+00:00"
    assert part(letter, "text/plain").get_content().replace("\r\n", "\n") == LETTER.text
    assert part(letter, "text/html").get_content().strip() == LETTER.html
    pdf = part(letter, "application/pdf")
    assert (pdf.get_filename(), pdf.get_content()) == ("Wegbeschreibung für Sie.pdf", LETTER.attachments[0].content)


async def test_text_and_html_are_alternatives_and_files_go_beside_them(office: Office) -> None:
    await office.mail.send(LETTER)
    (letter,) = office.arrived()
    types = [each.get_content_type() for each in letter.walk()]
    assert types == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf", "text/calendar",
    ]  # fmt: skip


async def test_an_invitation_is_one_that_mail_programs_take(office: Office) -> None:
    await office.mail.send(LETTER)
    invitation = part(office.arrived()[0], "text/calendar")
    assert invitation["Content-Type"].params["method"] == "REQUEST"
    assert invitation.get_content_disposition() == "attachment"
    calendar = Calendar.from_ical(invitation.get_content())
    (event,) = calendar.events
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("REQUEST", "CONFIRMED", 0)
    assert event.start == LETTER.invitation.event.start if LETTER.invitation else False
    assert event["ATTENDEE"] == "mailto:asha@example.com"
    assert event["ORGANIZER"] == "mailto:desk@renova.example.com"


async def test_an_invitation_can_be_taken_back_by_the_same_uid(office: Office) -> None:
    await office.mail.send(LETTER)
    taken_back = Invitation(replace(appointment(), revision=1, attendees=()), "CANCEL")
    await office.mail.send(replace(LETTER, key="s1:4:0", invitation=taken_back))
    calendars = [part(each, "text/calendar").get_content() for each in office.arrived()]
    first, second = sorted(
        (Calendar.from_ical(each).events[0] for each in calendars), key=lambda event: str(event["SEQUENCE"])
    )
    assert first["UID"] == second["UID"]
    assert (second["SEQUENCE"], second["STATUS"], second["ATTENDEE"]) == (1, "CANCELLED", "mailto:asha@example.com")


async def test_the_message_id_is_made_from_the_key(office: Office) -> None:
    await office.mail.send(LETTER)
    await office.mail.send(replace(LETTER, key="another"))
    ids = {str(letter["Message-ID"]) for letter in office.arrived()}
    assert ids == {f"<{effect_id(key)}@renova.example.com>" for key in ("s1:3:0", "another")}


async def test_a_receipt_names_the_way_and_nobody(office: Office) -> None:
    receipt = await office.mail.send(LETTER)
    assert receipt.proof["provider"] == office.mail.name
    assert receipt.proof["id"]
    assert not any(word in str({**receipt.proof, "id": ""}) for word in PERSONAL)


async def test_whether_it_was_sent_can_be_looked_for_or_never(office: Office) -> None:
    if not office.mail.can_look:
        await refused(ProviderRejected, Fault.ABSENT, office.mail.look_for(LETTER))
        return
    await office.mail.send(replace(LETTER, key="another"))
    assert await office.mail.look_for(LETTER) is None
    sent = await office.mail.send(LETTER)
    assert await office.mail.look_for(LETTER) == sent


@pytest.mark.parametrize("address", ["", "asha", "asha@", "a b@example.com", "asha@example", "आशा@example.com"])
async def test_what_is_no_address_is_refused_before_anything_leaves(office: Office, address: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        await office.mail.send(replace(LETTER, to=address))
    assert raised.value.field == "to"
    assert office.arrived() == []


async def test_letters_sent_at_once_all_arrive(office: Office) -> None:
    await asyncio.gather(*(office.mail.send(replace(LETTER, key=f"k{n}")) for n in range(8)))
    assert len({str(letter["Message-ID"]) for letter in office.arrived()}) == 8
