"""What a server wants done with a call: the TwiML verbs that a telephone line needs, read strictly."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

MAX_BYTES = 64 * 1024
_MAX_PARAMETER = 500


@dataclass(frozen=True)
class Connect:
    """Open a media stream and wait for its end; then ask `action`, or go on."""

    url: str
    parameters: Mapping[str, str]
    action: str | None = None


@dataclass(frozen=True)
class Redirect:
    """Ask this address what to do next."""

    url: str


@dataclass(frozen=True)
class Hangup:
    """End the call."""


@dataclass(frozen=True)
class Reject:
    """Do not take the call."""

    reason: str


@dataclass(frozen=True)
class Pause:
    """Wait."""

    seconds: float


@dataclass(frozen=True)
class Say:
    """Say a text; here it is only noted."""

    text: str


@dataclass(frozen=True)
class Dial:
    """Hand the caller to a number; here it ends the call."""

    number: str


Verb = Connect | Redirect | Hangup | Reject | Pause | Say | Dial


class BadTwiml(ValueError):
    """TwiML that Twilio would not follow; `code` is the number of its error."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def read_twiml(text: str) -> list[Verb]:
    """Read the verbs of a document, in order.

    Raises:
        BadTwiml: no XML (12100), or a verb, attribute or value that is not understood here (12200); a stream's
            address with a query string, or that is not wss (31920).
    """
    root = _parse(text)
    if root.tag != "Response":
        raise BadTwiml(12100, f"the document is a {root.tag}, not a Response")
    return [_verb(element) for element in root]


def _parse(text: str) -> ET.Element:
    """Parse XML without a document type: nothing of it can grow or reach out."""
    if len(text.encode()) > MAX_BYTES:
        raise BadTwiml(11750, "the document is over 64 KB")
    if "<!DOCTYPE" in text:
        raise BadTwiml(12100, "the document declares a document type")
    try:
        return ET.fromstring(text)
    except ET.ParseError as error:
        raise BadTwiml(12100, f"the document is not XML: {error}") from error


def _verb(element: ET.Element) -> Verb:
    read = _READERS.get(element.tag)
    if read is None:
        raise BadTwiml(12200, f"the verb {element.tag} is not simulated")
    return read(element)


def _connect(element: ET.Element) -> Connect:
    if [child.tag for child in element] != ["Stream"]:
        raise BadTwiml(12200, "a Connect holds one Stream")
    stream = element[0]
    url = stream.get("url", "")
    parts = urlsplit(url)
    if parts.scheme != "wss" or not parts.netloc or parts.query:
        raise BadTwiml(31920, "a Stream's url is wss://, without a query string")
    return Connect(url, _parameters(stream), element.get("action"))


def _parameters(stream: ET.Element) -> dict[str, str]:
    """Read the nested parameters; a name with its value has fewer than 500 characters."""
    pairs: dict[str, str] = {}
    for child in stream:
        name, value = child.get("name"), child.get("value")
        if child.tag != "Parameter" or name is None or value is None:
            raise BadTwiml(12200, "a Stream holds Parameters, each with a name and a value")
        if len(name) + len(value) >= _MAX_PARAMETER:
            raise BadTwiml(12200, f"the parameter {name} has {_MAX_PARAMETER} characters or more")
        pairs[name] = value
    return pairs


def _redirect(element: ET.Element) -> Redirect:
    url = _text(element)
    if element.get("method", "POST").upper() != "POST" or not url:
        raise BadTwiml(12200, "a Redirect names an address, asked by POST")
    return Redirect(url)


def _pause(element: ET.Element) -> Pause:
    length = element.get("length", "1")
    if not length.isdigit():
        raise BadTwiml(12200, f"a Pause of {length!r} is not a number of seconds")
    return Pause(float(length))


def _dial(element: ET.Element) -> Dial:
    numbers = [_text(child) for child in element if child.tag == "Number"] or [_text(element)]
    if not numbers[0]:
        raise BadTwiml(12200, "a Dial names a number")
    return Dial(numbers[0])


def _text(element: ET.Element) -> str:
    return (element.text or "").strip()


_READERS: dict[str, Callable[[ET.Element], Verb]] = {
    "Connect": _connect,
    "Redirect": _redirect,
    "Hangup": lambda element: Hangup(),
    "Reject": lambda element: Reject(element.get("reason", "rejected")),
    "Pause": _pause,
    "Say": lambda element: Say(_text(element)),
    "Dial": _dial,
}
