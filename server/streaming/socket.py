"""One WebSocket that follows a session: events go out, a ping or a mistake comes in."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import structlog
from pydantic import ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from domain.errors import InvalidInput, ParleyError, RequestError, Unauthenticated
from server.documents import render
from server.face import Face
from server.middleware.last_resort import log_unforeseen
from server.problems import problem_of
from server.schemas.events import SOCKET_MESSAGE, SocketAuth
from server.security.roles import Caller, Right
from server.streaming.tasks import end_all, owned
from server.streaming.text import text_of

MAX_BAD_MESSAGES = 20
MAX_MESSAGE_BYTES = 65_536

_log = structlog.get_logger("server")


@dataclass
class EventSocket:
    """An accepted socket; `caller` is None until its first message has said who it is."""

    websocket: WebSocket
    face: Face
    session_id: str
    after: int
    caller: Caller | None
    bad: int = field(default=0, init=False)

    async def serve(self) -> None:
        """Follow the session until it ends, the client leaves or misbehaves, or the server stops."""
        try:
            await self._serve()
        except (TimeoutError, WebSocketDisconnect):
            _log.info("client_left")  # or it reads nothing, not even that it is closed

    async def _serve(self) -> None:
        try:
            caller = self.caller or await self._introduced()
        except RequestError as error:
            await self._send_error(error)
            await self._close(1008)
        else:
            await self._converse(caller)

    async def _introduced(self) -> Caller:
        try:
            async with asyncio.timeout(self.face.patience.first_message.total_seconds()):
                first = read_message(await self.websocket.receive())
        except TimeoutError as error:
            raise Unauthenticated("No credential came in time.") from error
        if not isinstance(first, SocketAuth):
            raise Unauthenticated('The first message is {"type": "auth", "token": ...}.')
        caller = await self.face.credentials.check(first.token.get_secret_value())
        self.face.limiter.count(caller, "")
        caller.require(Right.READ)
        await self.face.service.get_session_state(self.session_id, tenant_id=caller.tenant_id)
        return caller

    async def _converse(self, caller: Caller) -> None:
        telling = asyncio.ensure_future(self._tell(caller))
        hearing = asyncio.ensure_future(self._hear())
        stop = asyncio.ensure_future(self.face.stopping.wait())
        try:
            await asyncio.wait({telling, hearing, stop}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await end_all(telling, hearing, stop)
        code = next((code_of(task) for task in (hearing, telling) if not task.cancelled()), 1012)
        if code is not None:
            await self._close(code)

    async def _tell(self, caller: Caller) -> int:
        events = self.face.service.events(self.session_id, after=self.after, tenant_id=caller.tenant_id)
        async with owned(events) as following:
            async for event in following:
                await self._send(event)
        return 1000

    async def _hear(self) -> int:
        while self.bad < MAX_BAD_MESSAGES:
            message = await self.websocket.receive()
            try:
                heard = read_message(message)
            except InvalidInput as error:
                self.bad += 1
                await self._send_error(error)
                continue
            self.bad = 0
            if heard.type == "ping":
                await self._send({"type": "pong"})
        return 1008

    async def _send(self, content: Any) -> None:
        async with asyncio.timeout(self.face.patience.slow_reader.total_seconds()):
            await self.websocket.send_text(render(content).decode())

    async def _send_error(self, error: Exception) -> None:
        await self._send({"type": "error", "data": problem_of(error).model_dump(exclude_none=True)})

    async def _close(self, code: int) -> None:
        async with asyncio.timeout(self.face.patience.slow_reader.total_seconds()):
            await self.websocket.close(code)


def read_message(message: Any) -> Any:
    """Read what a client says.

    Raises:
        InvalidInput: it is not one of the messages of the contract.
        WebSocketDisconnect: the client has left.
    """
    text = text_of(message)
    try:
        return SOCKET_MESSAGE.validate_json(text)
    except ValidationError as error:
        raise InvalidInput(
            'Not a message of this socket: {"type": "ping"} or {"type": "auth", "token": ...}.'
        ) from error


def code_of(task: asyncio.Future[int]) -> int | None:
    """Say with which code a socket ends; None when the client has closed it already."""
    match task.exception():
        case None:
            return task.result()
        case WebSocketDisconnect():
            return None
        case TimeoutError():
            return 1013
        case RequestError(status=status) if status < 500:
            return 1008
        case ParleyError():
            return 1011
        case error:
            log_unforeseen(error)
            return 1011
