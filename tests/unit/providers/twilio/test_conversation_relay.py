"""ConversationRelay: prompts are answered in order, an interruption stops the answer, and what was heard is kept."""

import asyncio

import pytest

from providers.twilio.conversation_relay import RelayTalk
from providers.twilio.messages import BadMessage, MessageFault
from providers.twilio.relay_messages import Key, Prompt, RelayError, Setup, parse_relay
from providers.twilio.text_socket import Violation
from tests.unit.providers.twilio.relay_call import Scripted
from tests.unit.providers.twilio.wire import Wire


def prompt(text: str, *, last: bool = True) -> dict[str, object]:
    """What Twilio heard."""
    return {"type": "prompt", "voicePrompt": text, "lang": "en-US", "last": last}


def interrupt(heard: str) -> dict[str, object]:
    """The caller spoke over us."""
    return {"type": "interrupt", "utteranceUntilInterrupt": heard, "durationUntilInterruptMs": "460"}


async def led(wire: Wire, call: Scripted) -> None:
    """Lead a call to its end."""
    async with asyncio.timeout(60):
        await RelayTalk(await wire.socket(), call).run()


def spoken(*sentences: str) -> list[dict[str, object]]:
    """The messages of one answer."""
    said: list[dict[str, object]] = [{"type": "text", "token": f"{each} ", "last": False} for each in sentences]
    return [*said, {"type": "text", "token": "", "last": True}]


async def test_prompts_and_keys_are_answered_in_order_and_the_end_is_told() -> None:
    wire, call = Wire(), Scripted(goodbye="bye")
    for message in (prompt("uh", last=False), prompt("one"), {"type": "dtmf", "digit": "5"}, {"type": "weather"}):
        wire.say(message)
    wire.say({"type": "dtmf", "digit": "#"})
    wire.say(prompt("bye"))
    talk = asyncio.create_task(led(wire, call))
    await call.noted("closed over")
    wire.leave(1000)
    await talk
    assert wire.heard == [
        *spoken("Hello."),
        *spoken("You said one.", "Thank you."),
        *spoken("Noted."),
        *spoken("You said bye.", "Thank you."),
        {"type": "end"},
    ]
    assert call.notes == [
        *("prompt one", "done one", "digit 5", "digit #", "prompt bye", "done bye", "closed over"),
    ]


async def test_an_interruption_stops_the_answer_and_tells_what_was_heard() -> None:
    wire, call = Wire(), Scripted(endless="one")
    talk = asyncio.create_task(led(wire, call))
    wire.say(prompt("one"))
    await call.noted("endless")
    wire.say(interrupt("You sa"))
    wire.say(prompt("two"))
    await wire.hears(6)
    wire.leave()
    await talk
    assert wire.heard == [
        *spoken("Hello."),
        {"type": "text", "token": "You said one. ", "last": False},
        *spoken("You said two.", "Thank you."),
    ]
    assert call.notes == [
        *("prompt one", "endless", "done one", "heard You sa", "prompt two", "done two", "closed lost"),
    ]


async def test_an_interruption_after_the_answer_was_sent_is_told_too() -> None:
    wire, call = Wire(), Scripted()
    talk = asyncio.create_task(led(wire, call))
    wire.say(prompt("one"))
    await call.noted("done one")
    wire.say(interrupt("You said one. Th"))
    await call.noted("heard You said one. Th")
    wire.leave()
    await talk
    assert call.notes == ["prompt one", "done one", "heard You said one. Th", "closed lost"]


async def test_a_caller_who_leaves_in_mid_answer_ends_the_answer() -> None:
    wire, call = Wire(), Scripted(endless="one")
    talk = asyncio.create_task(led(wire, call))
    wire.say(prompt("one"))
    await call.noted("endless")
    wire.leave(1000)
    await talk
    assert call.notes[-2:] == ["done one", "closed lost"]


async def test_cancelled_it_closes_the_call() -> None:
    wire, call = Wire(), Scripted(endless="one")
    talk = asyncio.create_task(led(wire, call))
    wire.say(prompt("one"))
    await call.noted("endless")
    talk.cancel()
    with pytest.raises(asyncio.CancelledError):
        await talk
    assert call.notes[-2:] == ["done one", "closed lost"]


async def test_too_many_prompts_end_it() -> None:
    wire, call = Wire(), Scripted(endless="0")
    for number in range(40):
        wire.say(prompt(str(number)))
    with pytest.raises(Violation, match="more than 32 prompts"):
        await led(wire, call)
    assert call.notes[-1] == "closed lost"


async def test_twenty_malformed_messages_end_it() -> None:
    wire, call = Wire(), Scripted()
    for _ in range(20):
        wire.say({"type": "setup", "sessionId": "VX1", "accountSid": "AC1", "callSid": "CA1"})
    with pytest.raises(Violation, match="20 malformed messages, the last: out_of_order: setup"):
        await led(wire, call)


def test_messages_are_read_as_documented() -> None:
    setup = '{"type":"setup","sessionId":"VX1","accountSid":"AC1","callSid":"CA1","customParameters":{"a":"b"}}'
    assert parse_relay(setup) == Setup("VX1", "AC1", "CA1", {"a": "b"})
    assert parse_relay('{"type":"prompt","voicePrompt":"Hi","lang":"en-US","last":false}') == Prompt("Hi", last=False)
    assert parse_relay('{"type":"dtmf","digit":"*"}') == Key("*")
    assert parse_relay('{"type":"error","description":"Invalid message"}') == RelayError()
    assert parse_relay('{"type":"info"}') is None


@pytest.mark.parametrize(
    ("text", "fault", "field"),
    [
        ("{", MessageFault.NOT_JSON, "message"),
        ("[]", MessageFault.NOT_AN_OBJECT, "message"),
        ("{}", MessageFault.MISSING, "type"),
        ('{"type":"prompt"}', MessageFault.MISSING, "voicePrompt"),
        ('{"type":"prompt","voicePrompt":"a","last":"true"}', MessageFault.WRONG_TYPE, "last"),
        ('{"type":"interrupt","utteranceUntilInterrupt":7}', MessageFault.WRONG_TYPE, "utteranceUntilInterrupt"),
        ('{"type":"dtmf","digit":"E"}', MessageFault.BAD_DIGIT, "digit"),
        ('{"type":"setup"}', MessageFault.MISSING, "sessionId"),
    ],
)
def test_what_is_wrong_is_named(text: str, fault: MessageFault, field: str) -> None:
    with pytest.raises(BadMessage) as caught:
        parse_relay(text)
    assert (caught.value.fault, caught.value.field) == (fault, field)
