"""A letter: nothing that is put into a field gets out of it."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ConfigError, InvalidInput
from ports.mail import MOST_ATTACHED_BYTES, Attachment, MailMessage
from providers.mail.addresses import Sender, build_sender, check_address
from providers.mail.message import build_message

SENDER = Sender("desk@renova.example.com", "Renova")
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
LETTER = MailMessage("k", "asha@example.com", "Hello", "Text\n")
HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Parley-Effect", "Content-Type",
    "Content-Transfer-Encoding", "MIME-Version",
}  # fmt: skip
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=120)
BREAKS = st.sampled_from(["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x00", "\ud800"])


def parsed(message: MailMessage, sender: Sender = SENDER) -> EmailMessage:
    letter = message_from_bytes(build_message(message, sender, NOW).as_bytes(), policy=policy.default)
    assert isinstance(letter, EmailMessage)
    return letter


@given(LINE)
def test_any_line_can_be_a_subject_and_stays_one(subject: str) -> None:
    letter = parsed(replace(LETTER, subject=subject))
    assert "".join(str(letter["Subject"]).split()) == "".join(subject.split())
    assert set(letter.keys()) == HEADERS


@given(LINE)
def test_any_line_can_be_a_senders_name(name: str) -> None:
    letter = parsed(LETTER, Sender("desk@renova.example.com", name))
    (address,) = letter["From"].addresses
    assert address.addr_spec == "desk@renova.example.com"
    assert set(letter.keys()) == HEADERS


@given(LINE, BREAKS, LINE)
@pytest.mark.parametrize("field", ["to", "subject", "reply_to"])
def test_a_line_end_in_a_field_is_refused_by_name(field: str, before: str, end: str, after: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        replace(LETTER, **{field: f"{before}{end}{after}"})  # type: ignore[arg-type]
    assert raised.value.field == field


@given(st.binary(max_size=60), LINE.filter(bool))
def test_a_file_arrives_as_it_was(content: bytes, name: str) -> None:
    letter = parsed(replace(LETTER, attachments=(Attachment(name, "application/octet-stream", content),)))
    (part,) = letter.iter_attachments()
    assert part.get_content() == content
    assert set(letter.keys()) <= HEADERS


@pytest.mark.parametrize("content_type", ["pdf", "a/b; x=y", "text/", "/x", "ä/b", "multipart/mixed", "message/rfc822"])
def test_what_is_no_content_type_is_refused(content_type: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        parsed(replace(LETTER, attachments=(Attachment("a", content_type, b""),)))
    assert raised.value.field == "attachments"


@pytest.mark.parametrize(
    "attachment",
    [Attachment("a\r\nX: y", "text/plain", b""), Attachment("a", "text/plain\r\nX: y", b""),
     Attachment("a", "text/plain", bytes(MOST_ATTACHED_BYTES + 1))],
)  # fmt: skip
def test_an_attachment_that_cannot_be_is_refused(attachment: Attachment) -> None:
    with pytest.raises(InvalidInput) as raised:
        replace(LETTER, attachments=(attachment,))
    assert raised.value.field == "attachments"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n"), max_size=200))
def test_any_text_can_be_said(text: str) -> None:
    said = parsed(replace(LETTER, text=text)).get_content()
    assert "".join(said.split()) == "".join(text.split())


def test_a_letter_is_made_of_ascii_lines_that_every_server_takes() -> None:
    letter = build_message(replace(LETTER, subject="ü" * 300, text="ü" * 3000, html="<p>₹</p>"), SENDER, NOW).as_bytes()
    assert letter.isascii()
    assert max(map(len, letter.split(b"\r\n"))) <= 78


def test_a_domain_is_written_in_ascii() -> None:
    assert check_address("asha@bücher.example.com", "to") == "asha@xn--bcher-kva.example.com"


@pytest.mark.parametrize(
    ("given", "sender"),
    [
        ("desk@renova.example.com", Sender("desk@renova.example.com")),
        ("<desk@renova.example.com>", Sender("desk@renova.example.com")),
        ('"Renova, Delhi" <desk@renova.example.com>', Sender("desk@renova.example.com", "Renova, Delhi")),
    ],
)
def test_a_sender_is_read(given: str, sender: Sender) -> None:
    assert build_sender(given) == sender


@pytest.mark.parametrize("given", ["", "Renova", "Renova <desk>", "a@example.com <", "a@example.com>"])
def test_what_is_no_sender_is_said_at_the_start(given: str) -> None:
    with pytest.raises(ConfigError):
        build_sender(given)
