"""What leaves for the patient, the calendar and the sheets."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from domain.tool_call import Post
from playbooks.hospital.desk import Booked
from playbooks.hospital.letters import cancellation, confirmation, entry, removal
from ports.calendar import CalendarEvent
from ports.mail import Invitation, MailMessage
from tests.unit.playbooks.hospital.elsewhere import BERLIN, slot

BOOKED = Booked("RHABCD2345", slot("2027-03-16T10:00"), "Asha <b>Pillai", "asha@example.com", "+4915112345678", 2)


def letter_of(post: Post) -> MailMessage:
    """The letter that a post becomes: it must be one that mail takes."""
    payload = post["payload"]
    event = event_of(payload["event"])
    return MailMessage(
        "demo/key",
        payload["to"],
        payload["subject"],
        payload["text"],
        payload["html"],
        (),
        Invitation(event, "REQUEST"),
    )


def event_of(given: dict[str, Any]) -> CalendarEvent:
    times = {edge: datetime.fromisoformat(given[edge]) for edge in ("start", "end")}
    return CalendarEvent(**{**given, **times, "attendees": tuple(given["attendees"])})


def test_a_confirmation_says_when_where_and_with_whom() -> None:
    letter = letter_of(confirmation(BERLIN, BOOKED))
    assert (letter.to, letter.subject) == ("asha@example.com", "Your appointment at Charité")
    assert "is confirmed: Tuesday, 16 March at 10:00 AM with Dr. Ada Abel, Eyes." in letter.text
    assert "Its number is RHABCD2345." in letter.text


@pytest.mark.parametrize("moved", [True, False])
def test_a_name_is_no_markup(moved: bool) -> None:
    letter = letter_of(confirmation(BERLIN, BOOKED, moved=moved))
    assert "<p>Dear Asha &lt;b&gt;Pillai,</p>" in (letter.html or "")
    assert "Dear Asha <b>Pillai," in letter.text
    assert ("has been moved" in letter.text) is moved


def test_a_cancellation_takes_the_appointment_back() -> None:
    post = cancellation(BERLIN, BOOKED)
    assert post["payload"]["method"] == "CANCEL"
    letter = letter_of(post)
    assert letter.subject == "Your appointment at Charité was cancelled"
    assert "RHABCD2345 was cancelled: Tuesday, 16 March at 10:00 AM with Dr. Ada Abel." in letter.text


def test_the_calendar_gets_the_appointment_in_its_zone() -> None:
    post = entry(BERLIN, BOOKED)
    event = event_of(post["payload"]["put"])
    assert event.zone == "Europe/Berlin"
    assert event.start == BOOKED.slot.begins
    assert (event.end - event.start).total_seconds() == 30 * 60
    assert (event.key, event.revision, event.attendees) == ("RHABCD2345", 2, ("asha@example.com",))
    assert event.title == "Asha <b>Pillai with Dr. Ada Abel"


def test_what_happens_to_one_appointment_leaves_in_order() -> None:
    another = replace(BOOKED, appointment_id="RHZZZZ2345")
    assert entry(BERLIN, BOOKED)["lane"] == removal(BOOKED)["lane"] != removal(another)["lane"]
    assert removal(BOOKED)["payload"] == {"remove": "RHABCD2345"}


def test_a_change_supersedes_what_was_said_before_and_a_copy_does_not() -> None:
    first = replace(BOOKED, sequence=0)
    posts = [confirmation(BERLIN, first), entry(BERLIN, first)]
    assert not any(post["supersedes"] for post in posts)
    changes = [confirmation(BERLIN, BOOKED, moved=True), cancellation(BERLIN, BOOKED), entry(BERLIN, BOOKED)]
    assert all(post["supersedes"] for post in (*changes, removal(BOOKED)))
    assert len({post["lane"] for post in (*posts, *changes)}) == 2, "letters and calendar, each in order"
