"""The messages of ConversationRelay, both ways.

Source: https://www.twilio.com/docs/voice/conversationrelay/websocket-messages
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import orjson

from providers.twilio.messages import BadMessage, MessageFault
from providers.twilio.parsing import DIGITS, Document, read_text, read_texts


@dataclass(frozen=True, slots=True)
class Setup:
    """The first message: what the words belong to."""

    session_id: str
    account_sid: str
    call_sid: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the caller said; `last` is False for words that may still change."""

    text: str
    last: bool


@dataclass(frozen=True, slots=True)
class Interrupt:
    """The caller spoke over us; `heard` is what had been played by then."""

    heard: str


@dataclass(frozen=True, slots=True)
class WordsPlayed:
    """So much of what we sent has been played; sent where the TwiML asks for it."""

    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """A key that was pressed."""

    digit: str


@dataclass(frozen=True, slots=True)
class RelayError:
    """Twilio could not use something we sent. What it says of it is left unread: it quotes our words."""


_PLAYED = "tokensPlayed"

RelayInbound = Setup | Prompt | Interrupt | WordsPlayed | Key | RelayError


def parse_relay(text: str | bytes) -> RelayInbound | None:
    """Read a message; None for a type that is not known. Raises BadMessage."""
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadMessage(MessageFault.NOT_JSON, "message") from error
    if type(document) is not dict:
        raise BadMessage(MessageFault.NOT_AN_OBJECT, "message")
    read = _READERS.get(read_text(document, "type"))
    return read(document) if read else None


def render_text(token: str, *, last: bool) -> str:
    """Write words to be spoken; tokens are joined as they are, so the blank between sentences belongs to them."""
    return orjson.dumps({"type": "text", "token": token, "last": last}).decode()


def render_end() -> str:
    """Write that the session is over; the call goes on with the TwiML that follows."""
    return orjson.dumps({"type": "end"}).decode()


def _setup(document: Document) -> Setup:
    return Setup(
        read_text(document, "sessionId"),
        read_text(document, "accountSid"),
        read_text(document, "callSid"),
        read_texts(document, "customParameters"),
    )


def _prompt(document: Document) -> Prompt:
    last = document.get("last", True)
    if type(last) is not bool:
        raise BadMessage(MessageFault.WRONG_TYPE, "last")
    return Prompt(_words(document, "voicePrompt"), last)


def _interrupt(document: Document) -> Interrupt:
    return Interrupt(_words(document, "utteranceUntilInterrupt"))


def _info(document: Document) -> WordsPlayed | None:
    """Read a note of what goes on; only what was played is of use."""
    return WordsPlayed(_words(document, "value")) if document.get("name") == _PLAYED else None


def _key(document: Document) -> Key:
    digit = read_text(document, "digit")
    if digit not in DIGITS:
        raise BadMessage(MessageFault.BAD_DIGIT, "digit")
    return Key(digit)


def _error(_: Document) -> RelayError:
    return RelayError()


def _words(document: Document, name: str) -> str:
    """Read words, which may be none."""
    value = document.get(name)
    if type(value) is not str:
        raise BadMessage(MessageFault.MISSING if value is None else MessageFault.WRONG_TYPE, name)
    return value


_READERS: Mapping[str, Callable[[Document], RelayInbound | None]] = {
    "setup": _setup,
    "prompt": _prompt,
    "interrupt": _interrupt,
    "info": _info,
    "dtmf": _key,
    "error": _error,
}
