"""What Twilio is told to do with a call (https://www.twilio.com/docs/voice/twiml).

After `<Connect>` comes `<Redirect>`: when the line is lost, the call stays and asks again, wherever that is answered.
"""

from collections.abc import Mapping
from typing import Any

from twilio.twiml.voice_response import Connect, Dial, VoiceResponse

from providers.twilio.tokens import StreamPass

CONTENT_TYPE = "text/xml"
WAIT_SECONDS = 2


def stream(url: str, given: StreamPass, token: str, resume_url: str) -> str:
    """Lead the call with its sound, over a stream to a wss address."""
    connect = Connect()
    return _connected(connect, connect.stream(url=url), given.parameters() | {"token": token}, resume_url)


def relay(url: str, given: StreamPass, token: str, resume_url: str) -> str:
    """Lead the call in words: Twilio hears and speaks."""
    connect = Connect()
    noun = connect.conversation_relay(url=url, dtmf_detection=True, events="tokens-played")
    return _connected(connect, noun, given.parameters() | {"token": token}, resume_url)


def _connected(connect: Any, noun: Any, parameters: Mapping[str, str], resume_url: str) -> str:
    for name, value in parameters.items():
        if value:
            noun.parameter(name=name, value=value)
    response = VoiceResponse()
    response.append(connect)
    response.redirect(resume_url, method="POST")
    return str(response)


def wait(again_url: str) -> str:
    """Let the call wait (one that rings goes on ringing) and ask again."""
    response = VoiceResponse()
    response.pause(length=WAIT_SECONDS)
    response.redirect(again_url, method="POST")
    return str(response)


def refuse() -> str:
    """Do not answer: the caller hears that the number is not in service, and nobody pays."""
    response = VoiceResponse()
    response.reject(reason="rejected")
    return str(response)


def hang_up(words: str = "") -> str:
    """End the call, with a last word or without."""
    response = VoiceResponse()
    if words:
        response.say(words)
    response.hangup()
    return str(response)


def say(words: str) -> str:
    """Say words, to a person who has answered and hears the caller after them."""
    response = VoiceResponse()
    if words:
        response.say(words)
    return str(response)


def dial(phone: str, briefing_url: str) -> str:
    """Connect the caller to a number, where the briefing is heard first; when that call ends, so does this one."""
    response = VoiceResponse()
    dialled = Dial()
    dialled.number(phone, url=briefing_url)
    response.append(dialled)
    return str(response)
