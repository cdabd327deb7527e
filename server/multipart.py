"""multipart/form-data, read in memory part by part; sound is never decoded as text, with or without a file name."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from server.problems import Malformed

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MAX_PARTS = 8


@dataclass
class Part:
    """One part: its name, type and bytes."""

    name: str = ""
    content_type: str = ""
    data: bytearray = field(default_factory=bytearray)


async def read_parts(content_type: str, stream: AsyncIterator[bytes]) -> dict[str, Part]:
    """Read every part, by name.

    Raises:
        Malformed: no boundary, broken framing, a part without a name, one name twice, or too many parts.
    """
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise Malformed("multipart/form-data needs a boundary in its content type.")
    collector = _Collector()
    try:
        parser = MultipartParser(boundary, collector.callbacks)
        async for chunk in stream:
            parser.write(chunk)
        parser.finalize()
    except FormParserError as error:
        raise Malformed("The multipart body is broken.") from error
    if not collector.complete:
        raise Malformed("The multipart body ends too early.")
    return collector.by_name()


class _Collector:
    """Gathers what the parser finds."""

    def __init__(self) -> None:
        self.complete = False
        self._parts: list[Part] = []
        self._header = bytearray()
        self._value = bytearray()

    @property
    def callbacks(self) -> "MultipartCallbacks":
        """What the parser calls, by its names."""
        return {
            "on_part_begin": self._begin,
            "on_part_data": self._take_data,
            "on_header_begin": self._begin_header,
            "on_header_field": self._take_header,
            "on_header_value": self._take_value,
            "on_header_end": self._end_header,
            "on_end": self._end,
        }

    def by_name(self) -> dict[str, Part]:
        """Return the parts. Raises Malformed for a part without a name of its own."""
        found = {part.name: part for part in self._parts}
        if "" in found or len(found) < len(self._parts):
            raise Malformed("Every part needs a name of its own.")
        return found

    def _begin(self) -> None:
        if len(self._parts) == MAX_PARTS:
            raise Malformed("The body has too many parts.")
        self._parts.append(Part())

    def _begin_header(self) -> None:
        self._header.clear()
        self._value.clear()

    def _take_header(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _take_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        name = bytes(self._header).lower()
        if name == b"content-type":
            self._parts[-1].content_type = self._value.decode("latin-1")
        elif name == b"content-disposition":
            _, options = parse_options_header(bytes(self._value))
            self._parts[-1].name = options.get(b"name", b"").decode("latin-1")

    def _take_data(self, data: bytes, start: int, end: int) -> None:
        self._parts[-1].data += data[start:end]

    def _end(self) -> None:
        self.complete = True
