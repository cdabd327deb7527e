"""Mail when its service fails in every way: said as what it is, and nothing sent twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.errors import ConfigError, Fault, ProviderError, ProviderRejected, ProviderUnavailable
from ports.effects import OutcomeUnknown
from ports.mail import Mail
from ports.outbox import Receipt
from providers.smtp import adapter as smtp
from providers.smtp.adapter import open_smtp
from tests import loopback_google_workspace as google
from tests.contract.appointments import LETTER
from tests.contract.workspace import (
    HASTY,
    IDS,
    PATIENT,
    READ_REFUSALS,
    SENDER,
    WRITE_REFUSALS,
    FixedClock,
    closed_port,
    gmail_at,
    limit_for,
    refused,
)
from tests.eventually import eventually
from tests.loopback_google_workspace import Trouble, Workspace, open_loopback_google
from tests.loopback_smtp import CUT, HANG, SmtpServer, open_loopback_smtp, server_certificate


async def deliver(mail: Mail) -> Receipt:
    """Send as the port says: after a lost answer, look before another try."""
    try:
        return await mail.send(LETTER)
    except OutcomeUnknown:
        return await mail.look_for(LETTER) or await mail.send(LETTER)


@pytest.mark.parametrize(("trouble", "error", "fault"), WRITE_REFUSALS, ids=IDS)
async def test_gmail_refuses_to_send(trouble: Trouble, error: type[ProviderError], fault: Fault) -> None:
    async with open_loopback_google() as workspace, gmail_at(workspace, limit_for(trouble)) as mail:
        await mail.look_for(LETTER)  # so that its token is there
        workspace.meet(trouble, "POST /gmail")
        await refused(error, fault, mail.send(LETTER))


@pytest.mark.parametrize(("trouble", "error", "fault"), READ_REFUSALS, ids=IDS)
async def test_gmail_refuses_to_tell(trouble: Trouble, error: type[ProviderError], fault: Fault) -> None:
    async with open_loopback_google() as workspace, gmail_at(workspace, limit_for(trouble)) as mail:
        await mail.look_for(LETTER)
        workspace.meet(trouble, "GET /gmail")
        await refused(error, fault, mail.look_for(LETTER))


@pytest.mark.parametrize("renames", [False, True], ids=["keeps ids", "renames"])
@pytest.mark.parametrize("lags", [False, True], ids=["finds", "lags"])
@pytest.mark.parametrize("trouble", [google.LOST, google.CUT, google.HANG, google.ERROR, google.PAGE])
async def test_gmail_sends_once_whatever_became_of_the_answer(trouble: Trouble, lags: bool, renames: bool) -> None:
    async with (
        open_loopback_google() as workspace,
        gmail_at(workspace, limit_for(trouble)) as first,
        gmail_at(workspace) as second,
    ):
        workspace.letters.lags, workspace.letters.renames = lags, renames
        assert await first.look_for(LETTER) is None
        workspace.meet(trouble, "POST /gmail")
        with pytest.raises(OutcomeUnknown):
            await first.send(LETTER)
        await second.look_for(LETTER) or await second.send(LETTER)
        assert len(workspace.letters.sent) == 1
        assert await second.look_for(LETTER) == Receipt({"provider": "gmail", "id": "0"})


async def test_gmail_is_nowhere() -> None:
    async with gmail_at(Workspace(url=closed_port())) as mail:
        await refused(ProviderUnavailable, Fault.CONNECTION, mail.send(LETTER))


@asynccontextmanager
async def server_and_mail(
    server: SmtpServer, limit: timedelta = PATIENT, **options: Any
) -> AsyncIterator[tuple[SmtpServer, Mail]]:
    """A server, and the adapter that hands letters in there."""
    async with open_loopback_smtp(server, tls=options.get("security") == "tls"):
        where = smtp.SmtpServer("127.0.0.1", server.port, **{"security": "plain", **options})
        async with open_smtp(where, SENDER, clock=FixedClock(), time_limit=limit) as mail:
            yield server, mail


def _limit(reply: str) -> timedelta:
    return HASTY if reply == HANG else PATIENT


BEFORE = ["EHLO", "MAIL", "RCPT"]


@pytest.mark.parametrize("command", BEFORE)
@pytest.mark.parametrize(
    ("reply", "error", "fault"),
    [
        (HANG, ProviderUnavailable, Fault.TIMEOUT),
        (CUT, ProviderUnavailable, Fault.CONNECTION),
        ("550 asha@example.com is unknown", ProviderRejected, Fault.REFUSED),
        ("421 too busy", ProviderUnavailable, Fault.RATE_LIMIT),
        ("451 try later", ProviderUnavailable, Fault.SERVER),
        ("<html>", ProviderUnavailable, Fault.MALFORMED),
    ],
    ids=["hang", "cut", "550", "421", "451", "html"],
)
async def test_smtp_fails_before_the_letter_has_left(
    command: str, reply: str, error: type[ProviderError], fault: Fault
) -> None:
    async with server_and_mail(SmtpServer(at={command: reply, "HELO": reply}), _limit(reply)) as (server, mail):
        await refused(error, fault, mail.send(LETTER))
        assert server.letters == []


@pytest.mark.parametrize(
    ("reply", "error", "fault"),
    [
        (HANG, OutcomeUnknown, Fault.TIMEOUT),
        (CUT, OutcomeUnknown, Fault.CONNECTION),
        ("<html>", OutcomeUnknown, Fault.MALFORMED),
        ("552 too large", ProviderRejected, Fault.REFUSED),
        ("452 full", ProviderUnavailable, Fault.RATE_LIMIT),
    ],
    ids=["hang", "cut", "html", "552", "452"],
)
async def test_smtp_fails_when_the_letter_has_left(reply: str, error: type[ProviderError], fault: Fault) -> None:
    server = SmtpServer(at={".": reply}, keeps_before_trouble=error is OutcomeUnknown)
    async with server_and_mail(server, _limit(reply)) as (_, mail):
        await refused(error, fault, mail.send(LETTER))


async def test_a_letter_lost_by_smtp_stays_unknown_and_is_not_sent_again() -> None:
    async with server_and_mail(SmtpServer(at={".": CUT}, keeps_before_trouble=True)) as (server, mail):
        with pytest.raises(ProviderRejected):
            await deliver(mail)
        assert len(server.letters) == 1


async def test_smtp_needs_no_goodbye() -> None:
    async with server_and_mail(SmtpServer(at={"QUIT": CUT})) as (server, mail):
        assert (await mail.send(LETTER)).proof["status"] == 250
        assert server.envelopes == [("desk@renova.example.com", "asha@example.com")]


async def test_smtp_answers_as_a_web_server_does() -> None:
    async with server_and_mail(SmtpServer(greeting=b"HTTP/1.1 400 Bad Request\r\n\r\n")) as (_, mail):
        await refused(ProviderUnavailable, Fault.MALFORMED, mail.send(LETTER))


async def test_smtp_is_nowhere() -> None:
    where = smtp.SmtpServer("127.0.0.1", int(closed_port().rpartition(":")[2]), "plain")
    async with open_smtp(where, SENDER, clock=FixedClock()) as mail:
        await refused(ProviderUnavailable, Fault.CONNECTION, mail.send(LETTER))


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_smtp_logs_in_behind_tls(security: str, tmp_path: Path) -> None:
    shown, trust = server_certificate(tmp_path)
    options: dict[str, Any] = {"security": security, "user": "desk", "password": "shh", "trust": trust}
    async with server_and_mail(SmtpServer(user="desk", password="shh", tls=shown), **options) as (server, mail):
        await mail.send(LETTER)
        assert len(server.letters) == 1
        assert ("STARTTLS" in server.commands) is (security == "starttls")
        server.password = "changed"
        await refused(ProviderRejected, Fault.CREDENTIALS, mail.send(LETTER))


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_smtp_tells_nothing_to_a_server_it_does_not_trust(security: str, tmp_path: Path) -> None:
    shown, _ = server_certificate(tmp_path)
    options: dict[str, Any] = {"security": security, "user": "desk", "password": "shh"}
    async with server_and_mail(SmtpServer(user="desk", password="shh", tls=shown), **options) as (server, mail):
        await refused(ProviderUnavailable, Fault.CONNECTION, mail.send(LETTER))
        assert "AUTH" not in server.commands


async def test_smtp_does_without_tls_only_where_that_is_set() -> None:
    async with server_and_mail(SmtpServer(), security="starttls") as (server, mail):
        await refused(ProviderRejected, Fault.REFUSED, mail.send(LETTER))
        assert "MAIL" not in server.commands


@pytest.mark.parametrize(
    ("server", "sender"),
    [
        (smtp.SmtpServer("mail.example.com", 25, "plain"), SENDER),
        (smtp.SmtpServer("127.0.0.1", user="desk"), SENDER),
        (smtp.SmtpServer("127.0.0.1"), "no address"),
        (smtp.SmtpServer("127.0.0.1"), "Renova <desk@renova.example.com"),
        (smtp.SmtpServer("127.0.0.1"), "desk@renova.example.com\r\nBcc: all@example.com"),
    ],
)
async def test_settings_that_cannot_work_are_said_at_the_start(server: smtp.SmtpServer, sender: str) -> None:
    with pytest.raises(ConfigError):
        async with open_smtp(server, sender, clock=FixedClock()):
            pass


async def test_a_caller_who_leaves_closes_the_connection() -> None:
    async with server_and_mail(SmtpServer(at={"RCPT": HANG})) as (server, mail):
        sending = asyncio.create_task(mail.send(LETTER))
        await eventually(lambda: "RCPT" in server.commands)
        sending.cancel()
        async with asyncio.timeout(60):
            await server.left.wait()
        assert server.letters == []
