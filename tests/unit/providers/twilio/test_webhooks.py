"""Twilio's questions and reports: believed when they are signed, answered in TwiML whatever happens."""

from hashlib import sha256
from xml.etree.ElementTree import Element

import orjson
import pytest

from domain.errors import Unavailable
from ports.telephony import AnsweredBy
from providers.twilio.account import AMD, STATUS, VOICE
from providers.twilio.amd import Verdict
from providers.twilio.ports import ArrivingCall, CallReference, CallState, OpenedCall
from providers.twilio.voice import APOLOGY
from tests.unit.providers.twilio.house import (
    CALLED,
    CALLER,
    FORM,
    NOBODY,
    PUBLIC,
    SOCKETS,
    House,
    about,
    parameters,
    relayed,
    sign,
)
from tests.unit.providers.twilio.wire import ACCOUNT, CALL


def verbs(twiml: Element) -> list[str]:
    """The names of what Twilio is to do."""
    return [verb.tag for verb in twiml]


async def test_a_call_is_streamed_and_its_line_may_be_lost() -> None:
    house = House()
    twiml = await house.ask()
    assert verbs(twiml) == ["Connect", "Redirect"]
    stream = twiml[0][0]
    assert (stream.tag, stream.attrib) == ("Stream", {"url": f"{SOCKETS}/twilio/media"})
    given = parameters(twiml)
    assert given.pop("token")
    assert given == {"session": "session-1", "agent": "lumen", "tenant": "demo", "caller": CALLER}
    assert (twiml[1].text, twiml[1].attrib) == (f"{PUBLIC}/twilio/voice?resume=1", {"method": "POST"})
    assert house.board.arrived == [ArrivingCall(CALL, CALLER, CALLED)]


async def test_a_call_that_asks_again_goes_on_where_it_was() -> None:
    house = House()
    twiml = await house.ask(query="resume=2")
    assert house.board.arrived[0].resumed == 2
    assert parameters(twiml)["resumed"] == "1"
    assert twiml[1].text == f"{PUBLIC}/twilio/voice?resume=3"


async def test_a_call_of_ours_keeps_what_its_address_says() -> None:
    house = House()
    query = "tenant=t&session=s&key=k%2F1"
    twiml = await house.ask(query=query, Direction="outbound-api", From=CALLED, To=CALLER)
    assert house.board.arrived == [ArrivingCall(CALL, CALLED, CALLER, True, "t", "s")]
    assert parameters(twiml)["caller"] == CALLER
    assert twiml[1].text == f"{PUBLIC}/twilio/voice?{query}&resume=1"


async def test_a_call_is_led_in_words_where_it_is_to_be() -> None:
    house = House()
    house.board.opened = relayed()
    twiml = await house.ask()
    assert (twiml[0][0].tag, twiml[0][0].attrib) == (
        "ConversationRelay",
        {"url": f"{SOCKETS}/twilio/relay", "dtmfDetection": "true", "events": "tokens-played"},
    )
    assert parameters(twiml)["session"] == "session-1"
    without = House(with_words=False)
    without.board.opened = relayed()
    assert (await without.ask())[0][0].tag == "Stream"


async def test_a_call_that_is_over_ends() -> None:
    house = House()
    house.board.opened = OpenedCall("demo", "session-1", "lumen", over=True)
    assert verbs(await house.ask(query="resume=1")) == ["Hangup"]


async def test_a_number_that_nobody_answers_is_not_picked_up() -> None:
    twiml = await House().ask(To=NOBODY)
    assert (verbs(twiml), twiml[0].attrib) == (["Reject"], {"reason": "rejected"})
    later = await House().ask(To=NOBODY, query="resume=1")
    assert (verbs(later), later[0].text) == (["Say", "Hangup"], APOLOGY)


@pytest.mark.parametrize("fault", [Unavailable(), TimeoutError()])
async def test_when_it_cannot_be_opened_a_call_waits_and_in_the_end_is_told(fault: Unavailable | TimeoutError) -> None:
    house = House()
    house.board.fault = fault
    twiml = await house.ask(query="resume=1")
    assert (verbs(twiml), twiml[1].text) == (["Pause", "Redirect"], f"{PUBLIC}/twilio/voice?resume=1&wait=1")
    assert (await house.ask(query="session=s&wait=4"))[1].text == f"{PUBLIC}/twilio/voice?session=s&wait=5"
    assert verbs(await house.ask(query="wait=5")) == ["Say", "Hangup"]


async def test_a_call_that_loses_every_line_is_given_up() -> None:
    house = House()
    assert verbs(await house.ask(query="resume=10")) == ["Connect", "Redirect"]
    assert verbs(await house.ask(query="resume=11")) == ["Say", "Hangup"]
    assert len(house.board.arrived) == 1


@pytest.mark.parametrize("path", [VOICE, STATUS, AMD])
async def test_what_is_not_signed_is_refused(path: str) -> None:
    house = House()
    for signature in ("made up", sign(path, about(To=NOBODY)), sign(f"{path}/", about()), sign(path, about(), "a=b")):
        answer = await house.post(path, about(), signature=signature)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert house.board == House().board


async def test_a_signature_for_another_host_is_refused() -> None:
    house = House()
    local = {"Host": "10.0.0.7:8000"}
    assert (await house.post(VOICE, about(**local), signature="x")).status_code == 403
    assert (await house.post(VOICE, about(**local))).status_code == 200


@pytest.mark.parametrize("path", [VOICE, STATUS, AMD])
async def test_without_an_auth_token_nothing_is_taken(path: str) -> None:
    answer = await House(tokens=()).post(path, about())
    assert answer.status_code == 503
    assert answer.json()["detail"] == "Calls are not taken: no Twilio auth token is configured."


async def test_another_account_is_refused() -> None:
    fields = about(AccountSid="ACother")
    assert (await House().post(VOICE, fields)).status_code == 403


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"\xff=1", FORM, 403),
        (b"&".join([b"a=1"] * 300), FORM, 403),
        (b"a=" + b"x" * 70_000, FORM, 413),
        (orjson.dumps(about()), "application/json", 403),
        (b"", "", 403),
    ],
)
async def test_bodies_that_cannot_be_read_are_refused(body: bytes, kind: str, status: int) -> None:
    assert (await House().send(VOICE, body, kind, "", sign(VOICE, {}))).status_code == status


async def test_json_is_read_when_its_hash_was_signed() -> None:
    house = House()
    body = orjson.dumps(about() | {"Numbers": 7})
    for sent, status in ((body, 200), (body + b" ", 403)):
        query = "bodySHA256=" + sha256(body).hexdigest()
        answer = await house.send(VOICE, sent, "application/json", query, sign(VOICE, {}, query))
        assert answer.status_code == status
    for odd in (b"{", b"[]"):
        query = "bodySHA256=" + sha256(odd).hexdigest()
        assert (await house.send(VOICE, odd, "application/json", query, sign(VOICE, {}, query))).status_code == 422


async def test_reports_are_handed_on() -> None:
    house = House()
    query = "tenant=t&session=s&key=k"
    call = CallReference(CALL, CALLER, CALLED, "t", "s", "k")
    for _ in range(2):
        answer = await house.post(STATUS, about(CallStatus="busy", SequenceNumber="2"), query=query)
        assert (answer.status_code, answer.content) == (204, b"")
    assert [entry.dedupe_key for entry in house.board.progress] == [f"{CALL}:busy:2"] * 2
    assert (house.board.progress[0].call, house.board.progress[0].state) == (call, CallState.BUSY)
    verdict = {"CallSid": CALL, "AccountSid": ACCOUNT, "AnsweredBy": "machine_end_beep"}
    assert (await house.post(AMD, verdict, query=query)).status_code == 204
    assert house.board.verdicts == [
        (CallReference(CALL, "", "", "t", "s", "k"), Verdict(AnsweredBy.MACHINE, greeting_over=True))
    ]


async def test_a_status_that_is_not_known_is_taken_in_peace() -> None:
    house = House()
    assert (await house.post(STATUS, about(CallStatus="dreaming"))).status_code == 204
    assert house.board.progress == []


async def test_a_request_without_its_call_is_refused() -> None:
    answer = await House().post(VOICE, {"AccountSid": ACCOUNT})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "CallSid")
