"""A person who takes a call over is told what it is about, and nobody else is."""

from xml.etree.ElementTree import fromstring

from providers.twilio.account import BRIEFING
from tests.unit.providers.twilio.house import House, about


async def test_the_person_hears_what_the_call_is_about() -> None:
    answer = await House().post(BRIEFING, about(), query="tenant=demo&session=s-1")
    (say,) = fromstring(answer.text)
    assert (say.tag, say.text) == ("Say", "demo, s-1")


async def test_with_nothing_to_tell_they_are_connected_at_once() -> None:
    answer = await House().post(BRIEFING, about(), query="tenant=demo")
    assert list(fromstring(answer.text)) == []


async def test_only_twilio_may_ask() -> None:
    answer = await House().post(BRIEFING, about(), query="tenant=demo&session=s-1", signature="forged")
    assert answer.status_code == 403
