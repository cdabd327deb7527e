"""What a client writes into a socket."""

from collections.abc import Mapping
from typing import Any

from starlette.websockets import WebSocketDisconnect

from domain.errors import InvalidInput


def text_of(message: Mapping[str, Any]) -> str:
    """Take the text out of a message of ASGI's.

    Raises:
        InvalidInput: it holds bytes.
        WebSocketDisconnect: the client has left.
    """
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1005))
    text: str | None = message.get("text")
    if text is None:
        raise InvalidInput("Send text, not bytes.")
    return text
