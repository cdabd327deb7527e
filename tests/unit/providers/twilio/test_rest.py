"""The REST interface: calls placed, found, handed over and ended, and what is made of every way to fail."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import ConfigError, Fault, ProviderError, ProviderRejected, ProviderUnavailable
from ports.telephony import Carrier, LineStart, OutboundCall
from providers.twilio.account import TwilioAccount
from providers.twilio.rest import Dialling, TwilioCarrier, open_twilio_carrier
from tests.loopback_twilio import HANG, PAGE, Answer, LoopbackTwilio, error, open_loopback_twilio

SID, TOKEN = "AC0123", "token"
ACCOUNT = TwilioAccount(SID, (TOKEN,), "https://calls.example.com")
CALL = OutboundCall("demo", "s-1", "+15005550006", "+15005550001", "key-1")


@pytest.fixture
async def twilio() -> AsyncIterator[LoopbackTwilio]:
    async with open_loopback_twilio(SID, TOKEN) as loopback:
        yield loopback


@pytest.fixture
async def carrier(twilio: LoopbackTwilio) -> AsyncIterator[TwilioCarrier]:
    async with open_twilio_carrier(ACCOUNT, base_url=twilio.url, time_limit=timedelta(seconds=5)) as opened:
        yield opened


async def test_a_call_is_placed_as_documented(carrier: TwilioCarrier, twilio: LoopbackTwilio) -> None:
    told = "tenant=demo&session=s-1&key=key-1"
    assert await carrier.call(CALL) == twilio.calls[0]["sid"]
    assert twilio.asked == [
        (
            "POST",
            f"/2010-04-01/Accounts/{SID}/Calls.json",
            {
                "To": ["+15005550006"],
                "From": ["+15005550001"],
                "Url": [f"https://calls.example.com/twilio/voice?{told}"],
                "Method": ["POST"],
                "StatusCallback": [f"https://calls.example.com/twilio/status?{told}"],
                "StatusCallbackMethod": ["POST"],
                "StatusCallbackEvent": ["initiated", "ringing", "answered", "completed"],
                "MachineDetection": ["DetectMessageEnd"],
                "AsyncAmd": ["true"],
                "AsyncAmdStatusCallback": [f"https://calls.example.com/twilio/amd?{told}"],
                "AsyncAmdStatusCallbackMethod": ["POST"],
                "Timeout": ["30"],
                "TimeLimit": ["3600"],
            },
        )
    ]


async def test_detection_may_answer_at_once(twilio: LoopbackTwilio) -> None:
    dialling = Dialling(ring=timedelta(seconds=15), longest=timedelta(minutes=5), wait_for_beep=False)
    async with open_twilio_carrier(ACCOUNT, dialling=dialling, base_url=twilio.url) as carrier:
        await carrier.call(CALL)
    form = twilio.asked[0][2]
    assert [form[name] for name in ("MachineDetection", "Timeout", "TimeLimit")] == [["Enable"], ["15"], ["300"]]


@pytest.mark.parametrize(
    ("answer", "kind", "fault", "message"),
    [
        (error(400, 21211), ProviderRejected, Fault.BAD_REQUEST, "twilio: bad_request (400, error 21211)"),
        (error(401, 20003), ProviderRejected, Fault.CREDENTIALS, "twilio: credentials (401, error 20003)"),
        (error(403, 21216), ProviderRejected, Fault.REFUSED, "twilio: refused (403, error 21216)"),
        (error(404, 20404), ProviderRejected, Fault.ABSENT, "twilio: absent (404, error 20404)"),
        (Answer(400, b"<html>", "text/html"), ProviderRejected, Fault.BAD_REQUEST, "twilio: bad_request (400)"),
        (error(429, 20429), ProviderUnavailable, Fault.RATE_LIMIT, "twilio: rate_limit"),
        (error(500, 20500), ProviderUnavailable, Fault.SERVER, "twilio: server"),
        (Answer(503, b"<html>", "text/html"), ProviderUnavailable, Fault.SERVER, "twilio: server"),
        (Answer(302), ProviderUnavailable, Fault.SERVER, "twilio: server"),
        (PAGE, ProviderUnavailable, Fault.MALFORMED, "twilio: malformed"),
        (Answer(201, b"[]"), ProviderUnavailable, Fault.MALFORMED, "twilio: malformed"),
        (Answer(201, b'{"sid":7}'), ProviderUnavailable, Fault.MALFORMED, "twilio: malformed"),
        (Answer(201, b""), ProviderUnavailable, Fault.MALFORMED, "twilio: malformed"),
    ],
)
async def test_every_failure_has_its_name_and_quotes_nothing(
    carrier: TwilioCarrier,
    twilio: LoopbackTwilio,
    answer: Answer,
    kind: type[ProviderError],
    fault: Fault,
    message: str,
) -> None:
    twilio.answers.append(answer)
    with pytest.raises(kind) as caught:
        await carrier.call(CALL)
    assert (caught.value.fault, caught.value.message) == (fault, message)
    assert len(twilio.asked) == 1


async def test_a_wrong_token_is_a_credential_that_does_not_hold(twilio: LoopbackTwilio) -> None:
    account = TwilioAccount(SID, ("wrong",), "https://calls.example.com")
    async with open_twilio_carrier(account, base_url=twilio.url) as carrier:
        with pytest.raises(ProviderRejected) as caught:
            await carrier.call(CALL)
    assert caught.value.fault is Fault.CREDENTIALS


async def test_an_answer_that_does_not_come_is_a_time_out(twilio: LoopbackTwilio) -> None:
    twilio.answers.append(HANG)
    async with open_twilio_carrier(ACCOUNT, base_url=twilio.url, time_limit=timedelta(seconds=0.05)) as carrier:
        with pytest.raises(ProviderUnavailable) as caught:
            await carrier.call(CALL)
    assert caught.value.fault is Fault.TIMEOUT


async def test_nobody_there_is_a_connection_that_fails() -> None:
    async with open_twilio_carrier(ACCOUNT, base_url="http://127.0.0.1:1") as carrier:
        with pytest.raises(ProviderUnavailable) as caught:
            await carrier.call(CALL)
    assert caught.value.fault is Fault.CONNECTION


async def test_a_call_whose_answer_was_lost_is_found_when_it_is_the_only_one(
    carrier: TwilioCarrier, twilio: LoopbackTwilio
) -> None:
    since = datetime.now(UTC)
    twilio.place(CALL.to, CALL.caller_id, at=since - timedelta(hours=1))
    twilio.place("+15005550009", CALL.caller_id)
    twilio.place(CALL.to, CALL.caller_id, direction="inbound")
    assert await carrier.look_for(CALL, since) is None
    sid = twilio.place(CALL.to, CALL.caller_id, at=since + timedelta(seconds=2))
    assert await carrier.look_for(CALL, since) == sid
    twilio.place(CALL.to, CALL.caller_id, at=since)
    assert await carrier.look_for(CALL, since) is None


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b'{"calls":[7]}',
        b'{"calls":[{"direction":"outbound-api"}]}',
        b'{"calls":[{"direction":"outbound-api","date_created":"Mon, 01 Jun 2099 00:00:00 +0000"}]}',
    ],
)
async def test_a_list_that_is_none_is_malformed(carrier: TwilioCarrier, twilio: LoopbackTwilio, body: bytes) -> None:
    twilio.answers.append(Answer(200, body))
    with pytest.raises(ProviderUnavailable) as caught:
        await carrier.look_for(CALL, datetime.now(UTC))
    assert caught.value.fault is Fault.MALFORMED


async def test_a_call_is_ended_and_may_have_ended(carrier: TwilioCarrier, twilio: LoopbackTwilio) -> None:
    sid = await carrier.call(CALL)
    await carrier.hang_up(sid)
    assert twilio.calls[0]["status"] == "completed"
    await carrier.hang_up(sid)
    await carrier.hang_up("CAnever")
    twilio.answers.append(error(400, 20001))
    with pytest.raises(ProviderRejected):
        await carrier.hang_up(sid)


async def test_an_id_stays_inside_its_path(carrier: TwilioCarrier, twilio: LoopbackTwilio) -> None:
    await carrier.hang_up("../../Messages")
    assert twilio.asked[0][1] == f"/2010-04-01/Accounts/{SID}/Calls/..%2F..%2FMessages.json"


async def test_a_caller_is_handed_over(carrier: TwilioCarrier, twilio: LoopbackTwilio) -> None:
    await carrier.transfer(LineStart("demo", "s-1", await carrier.call(CALL), "MZ1"), "+15005550009")
    twiml = twilio.asked[1][2]["Twiml"][0]
    assert "<Dial><Number url=" in twiml
    assert "/twilio/briefing?tenant=demo&amp;session=s-1" in twiml
    assert ">+15005550009</Number></Dial>" in twiml


async def test_a_message_takes_the_place_of_what_goes_on(carrier: TwilioCarrier, twilio: LoopbackTwilio) -> None:
    await carrier.leave_message(await carrier.call(CALL), "Sorry to have missed you.")
    assert "<Say>Sorry to have missed you.</Say><Hangup />" in twilio.asked[1][2]["Twiml"][0]


async def test_a_call_is_recorded_and_no_longer(carrier: TwilioCarrier, twilio: LoopbackTwilio) -> None:
    twilio.answers += [Answer(201, b'{"sid": "RE1"}'), Answer(200, b'{"sid": "RE1"}'), error(404, 20404)]
    await carrier.start_recording("CA1")
    await carrier.stop_recording("CA1")
    await carrier.stop_recording("CA1")
    calls = f"/2010-04-01/Accounts/{SID}/Calls/CA1/Recordings"
    assert [(path, form) for _, path, form in twilio.asked] == [
        (f"{calls}.json", {"RecordingChannels": ["dual"]}),
        (f"{calls}/Twilio.CURRENT.json", {"Status": ["stopped"]}),
        (f"{calls}/Twilio.CURRENT.json", {"Status": ["stopped"]}),
    ]


@pytest.mark.parametrize("phone", ["", "5550009", "+0123456789", "+15005550009<", "sip:a@b", "+1500555000９"])
async def test_only_a_number_is_dialled(carrier: TwilioCarrier, twilio: LoopbackTwilio, phone: str) -> None:
    with pytest.raises(ProviderRejected):
        await carrier.transfer(LineStart("demo", "s-1", "CA1", "MZ1"), phone)
    assert twilio.asked == []


async def test_it_is_a_carrier(carrier: TwilioCarrier) -> None:
    as_port: Carrier = carrier
    assert as_port.name == "twilio"


async def test_without_a_token_there_is_no_carrier() -> None:
    with pytest.raises(ConfigError):
        async with open_twilio_carrier(TwilioAccount(SID, (), "https://calls.example.com")):
            pass


@pytest.mark.parametrize("url", ["http://a.example", "calls.example.com", "https://", "https://a.example/?b=1", ""])
def test_an_address_that_twilio_cannot_stream_to_is_refused(url: str) -> None:
    with pytest.raises(ConfigError):
        TwilioAccount(SID, (TOKEN,), url)


def test_addresses_lie_below_the_public_one() -> None:
    account = TwilioAccount(SID, (TOKEN,), "https://a.example:8443/parley/")
    assert account.url("/twilio/voice", {"resume": "1", "wait": ""}) == (
        "https://a.example:8443/parley/twilio/voice?resume=1"
    )
    assert account.socket_url("/twilio/media") == "wss://a.example:8443/parley/twilio/media"
    assert "token" not in repr(account)
