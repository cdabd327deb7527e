"""Calls that are placed: once each, whoever asks again; and what becomes of them when a machine picks up."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from providers.postgres.database import Database
from tests.eventually import eventually
from tests.integration.call.conftest import MANNERS, Desk
from tests.integration.call.exchange import bearer, open_exchange
from tests.integration.call.relay import ACCOUNT, CALLER, NUMBER, TOKEN, Exchange, session_in
from tests.loopback_twilio import PAGE, LoopbackTwilio, error, open_loopback_twilio

BUSINESS = "Quick Fit Windows"
WANTED = {"playbook": "desk", "to": CALLER, "call_context": {"business": BUSINESS}}
SCREEN = "Hi, if you record your name and reason for calling, I'll see if this person is available."


@dataclass
class Dialler:
    """Somebody who has calls placed, and the Twilio that places them."""

    exchange: Exchange
    twilio: LoopbackTwilio

    async def place(self, key: str | None = None, **wanted: Any) -> httpx.Response:
        """Ask for a call."""
        headers = bearer() | ({"Idempotency-Key": key} if key else {})
        async with httpx.AsyncClient(base_url=self.exchange.url, timeout=20) as client:
            return await client.post("/calls", json=WANTED | wanted, headers=headers)

    async def show(self, call_id: str, tenant_id: str = "demo") -> httpx.Response:
        """See where a call stands."""
        async with httpx.AsyncClient(base_url=self.exchange.url) as client:
            return await client.get(f"/calls/{call_id}", headers=bearer(tenant_id))

    async def report(self, path: str, call: dict[str, Any], **fields: str) -> None:
        """Report on a call as Twilio does."""
        query = f"tenant=demo&session={call['session_id']}&key={call['session_id']}"
        sid = call["carrier_call_id"] or self.twilio.calls[-1]["sid"]
        ours = {"CallSid": sid, "From": NUMBER, "To": CALLER, "Direction": "outbound-api"}
        answer = await self.exchange.post(path, query, **ours, **fields)
        assert answer.status_code == 204, answer.text

    @property
    def placed(self) -> int:
        """Requests to place a call."""
        return sum(method == "POST" and path.endswith("/Calls.json") for method, path, _ in self.twilio.asked)

    def told(self, sid: str) -> list[dict[str, list[str]]]:
        """What Twilio was told to do with a call."""
        return [form for _, path, form in self.twilio.asked if path.endswith(f"/Calls/{sid}.json")]


@pytest.fixture
async def dialler(desk: Desk, database: Database) -> AsyncIterator[Dialler]:
    """A server that places calls by a loopback Twilio."""
    async with (
        open_loopback_twilio(ACCOUNT, TOKEN) as twilio,
        open_exchange(desk, database, rest_url=twilio.url) as exchange,
    ):
        yield Dialler(exchange, twilio)


async def test_a_call_is_placed_once_whoever_asks_again(dialler: Dialler) -> None:
    answers = await asyncio.gather(*(dialler.place("the key") for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 201]
    again = (await dialler.place("the key")).json()
    assert {answer.json()["call_id"] for answer in answers} == {again["call_id"]}
    assert dialler.placed == 1
    assert again["state"] == "queued"
    assert again["carrier_call_id"] == dialler.twilio.calls[0]["sid"]
    assert (again["to"], again["from"], again["direction"]) == (CALLER, NUMBER, "outbound")
    form = dialler.twilio.asked[0][2]
    assert (form["MachineDetection"], form["AsyncAmd"]) == (["DetectMessageEnd"], ["true"])
    other = await dialler.place("the key", to="+15005550007")
    assert (other.status_code, other.json()["code"]) == (409, "conflict")


async def test_a_call_whose_fate_is_unknown_is_said_to_be_so_and_is_never_placed_again(dialler: Dialler) -> None:
    dialler.twilio.answers.append(PAGE)
    first = await dialler.place("the key")
    assert (first.status_code, first.json()["state"]) == (201, "unknown")
    assert (await dialler.place("the key")).json()["state"] == "unknown"
    assert dialler.placed == 1
    sid = dialler.twilio.place(CALLER, NUMBER)
    found = (await dialler.place("the key")).json()
    assert (found["state"], found["carrier_call_id"]) == ("queued", sid)
    assert dialler.placed == 1


async def test_a_report_tells_the_fate_of_an_unknown_call(dialler: Dialler) -> None:
    dialler.twilio.answers.append(PAGE)
    call = (await dialler.place()).json()
    sid = dialler.twilio.place(CALLER, NUMBER)
    await dialler.report("/twilio/status", call, CallStatus="ringing")
    shown = (await dialler.show(call["call_id"])).json()
    assert (shown["state"], shown["carrier_call_id"]) == ("ringing", sid)


async def test_a_call_that_the_carrier_refuses_has_failed(dialler: Dialler) -> None:
    dialler.twilio.answers.append(error(400, 21211))
    call = (await dialler.place("the key")).json()
    assert (call["state"], call["carrier_call_id"], call["session_status"]) == ("failed", None, "closed")
    assert (await dialler.place("the key")).json()["state"] == "failed"
    assert dialler.placed == 1


async def test_reports_come_in_any_order_and_more_than_once(dialler: Dialler) -> None:
    call = (await dialler.place()).json()
    for state in ("in-progress", "ringing", "completed", "in-progress", "completed"):
        await dialler.report("/twilio/status", call, CallStatus=state, CallDuration="12")
    shown = (await dialler.show(call["call_id"])).json()
    assert (shown["state"], shown["seconds"], shown["session_status"]) == ("completed", 12, "closed")


async def test_a_machine_hears_the_message_once(dialler: Dialler, desk: Desk) -> None:
    call = (await dialler.place()).json()
    for _ in range(2):
        await dialler.report("/twilio/amd", call, AnsweredBy="machine_end_beep")
    said = MANNERS.leave(BUSINESS)
    (told,) = dialler.told(call["carrier_call_id"])
    assert said in told["Twiml"][0]
    assert "<Hangup />" in told["Twiml"][0]
    assert [turn["raw_text"] for turn in (await desk.parley.list_turns(call["session_id"])).items] == [said]
    assert (await dialler.show(call["call_id"])).json()["answered_by"] == "machine"


@pytest.mark.parametrize(("by", "told"), [("fax", [{"Status": ["completed"]}]), ("unknown", []), ("human", [])])
async def test_a_fax_is_hung_up_on_and_who_may_be_a_person_is_not(
    dialler: Dialler, by: str, told: list[dict[str, list[str]]]
) -> None:
    call = (await dialler.place()).json()
    await dialler.report("/twilio/amd", call, AnsweredBy=by)
    assert dialler.told(call["carrier_call_id"]) == told
    assert (await dialler.show(call["call_id"])).json()["answered_by"] == by


async def test_a_machine_that_screens_calls_is_told_who_calls_and_is_not_hung_up_on(dialler: Dialler) -> None:
    call = (await dialler.place()).json()
    sid = call["carrier_call_id"]
    query = f"tenant=demo&session={call['session_id']}"
    ours = {"From": NUMBER, "To": CALLER, "Direction": "outbound-api"}
    twiml = await dialler.exchange.ask(sid, query=query, **ours)
    assert session_in(twiml) == call["session_id"]
    async with dialler.exchange.relay(sid, twiml) as relay:
        await relay.until_said(f"Hello, this is the automated assistant of {BUSINESS}.")
        await relay.hear(SCREEN)
        await relay.until_said(MANNERS.purpose)
        await dialler.report("/twilio/amd", call, AnsweredBy="machine_end_other")
        assert dialler.told(sid) == []
        await relay.hear("yes hello")
        await relay.until_said("You said yes hello.")


async def test_a_call_that_is_not_the_one_that_was_placed_is_not_taken(dialler: Dialler) -> None:
    call = (await dialler.place()).json()
    query = f"tenant=demo&session={call['session_id']}"
    twiml = await dialler.exchange.ask(f"CA{uuid4().hex}", query=query, Direction="outbound-api")
    assert [verb.tag for verb in twiml] == ["Say", "Hangup"]


async def test_a_caller_is_handed_over_when_the_words_that_say_so_were_heard(dialler: Dialler) -> None:
    sid = dialler.twilio.place(NUMBER, CALLER, direction="inbound")
    twiml = await dialler.exchange.ask(sid)
    async with dialler.exchange.relay(sid, twiml) as relay:
        await relay.until_said(MANNERS.greeting_of)
        await relay.send("info", name="tokensPlayed", value=MANNERS.greeting_of)
        await relay.hear("a colleague please")
        await relay.until_said("One moment, I will put you through.")
        assert dialler.told(sid) == []
        await relay.send("info", name="tokensPlayed", value="One moment, I will put you through.")
        await eventually(lambda: bool(dialler.told(sid)))
    assert f">{MANNERS.transfer_to}</Number>" in dialler.told(sid)[0]["Twiml"][0]
    briefing = await dialler.exchange.ask(sid, "/twilio/briefing", f"tenant=demo&session={session_in(twiml)}")
    assert briefing[0].text == "A caller is being put through to you. They said: a colleague please"


async def test_a_caller_who_cannot_be_handed_over_is_told_and_the_call_goes_on(dialler: Dialler) -> None:
    sid = dialler.twilio.place(NUMBER, CALLER, direction="inbound")
    twiml = await dialler.exchange.ask(sid)
    async with dialler.exchange.relay(sid, twiml) as relay:
        await relay.until_said(MANNERS.greeting_of)
        await relay.send("info", name="tokensPlayed", value=MANNERS.greeting_of)
        dialler.twilio.answers.append(error(400, 21220))
        await relay.hear("a colleague please")
        await relay.until_said("One moment, I will put you through.")
        await relay.send("info", name="tokensPlayed", value="One moment, I will put you through.")
        await relay.until_said("I am sorry, I cannot put you through right now.")
        await relay.hear("never mind")
        await relay.until_said("You said never mind.")


async def test_another_tenant_sees_nothing_of_a_call_and_has_no_number_of_ours(dialler: Dialler) -> None:
    call = (await dialler.place()).json()
    assert (await dialler.show(call["call_id"], "other")).status_code == 404
    async with httpx.AsyncClient(base_url=dialler.exchange.url) as client:
        for given in ({}, {"from": NUMBER}):
            answer = await client.post("/calls", json=WANTED | given, headers=bearer("other"))
            assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "from")
    assert dialler.placed == 1


async def test_without_a_carrier_the_settings_that_are_missing_are_named(desk: Desk, database: Database) -> None:
    async with (
        open_exchange(desk, database, account=None) as exchange,
        httpx.AsyncClient(base_url=exchange.url) as client,
    ):
        answer = await client.post("/calls", json=WANTED, headers=bearer())
    assert answer.status_code == 503
    assert "PARLEY_TWILIO__ACCOUNT_SID" in answer.json()["detail"]
