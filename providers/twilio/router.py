"""The doors for Twilio: what to do with a call, its sound or its words, and what becomes of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus

import structlog
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.websockets import WebSocket
from structlog.contextvars import bind_contextvars

from domain.errors import LineClosed, ParleyError, RequestError, place_of
from ports.telephony import Carrier, LineStart, TakeLine
from providers.twilio import twiml
from providers.twilio.account import AMD, BRIEFING, MEDIA, RELAY, STATUS, VOICE, TwilioAccount
from providers.twilio.conversation_relay import RelayTalk
from providers.twilio.feeds import take_status, take_verdict
from providers.twilio.line import SILENCE, TwilioLine
from providers.twilio.opening import Admission
from providers.twilio.ports import OpenTextCall, Switchboard
from providers.twilio.signature import HEADER, SignatureCheck
from providers.twilio.text_socket import FAILED, MAX_MESSAGES_A_SECOND, TextSocket, Violation
from providers.twilio.tokens import StreamTokens
from providers.twilio.voice import APOLOGY, Answering
from providers.twilio.webhook import read_webhook, signed_url

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Doors:
    """What stands behind the doors. Without `open_text` calls are led with their sound only.

    `most_messages_a_second` is a stream's; Twilio sends 50, a simulator that runs faster than time sends more.
    """

    account: TwilioAccount
    tokens: StreamTokens
    board: Switchboard
    carrier: Carrier
    take_line: TakeLine
    open_text: OpenTextCall | None = None
    apology: str = APOLOGY
    most_messages_a_second: int = MAX_MESSAGES_A_SECOND


@dataclass(frozen=True)
class CarrierRoutes:
    """The carrier's routes; those under `guarded` check its signature themselves."""

    router: APIRouter
    guarded: str


def build_router(doors: Doors) -> APIRouter:
    """Make the routes under /twilio. Each checks Twilio's signature first; without an auth token all answer 503."""
    router = APIRouter(tags=["twilio"], include_in_schema=False)
    _add_webhooks(router, doors)
    sockets = _Sockets(doors)
    router.add_api_websocket_route(MEDIA, sockets.media)
    if doors.open_text is not None:
        router.add_api_websocket_route(RELAY, sockets.relay)
    return router


def _add_webhooks(router: APIRouter, doors: Doors) -> None:
    account, board, check = doors.account, doors.board, SignatureCheck(doors.account.auth_tokens)
    answering = Answering(account, doors.tokens, board, words=doors.open_text is not None, apology=doors.apology)

    @router.post(VOICE)
    async def voice(request: Request) -> Response:
        """Say what to do with a call."""
        webhook = await read_webhook(request, VOICE, account, check)
        return Response(await answering.answer(webhook), media_type=twiml.CONTENT_TYPE)

    @router.post(STATUS, status_code=HTTPStatus.NO_CONTENT)
    async def status(request: Request) -> None:
        """Take a status callback."""
        await take_status(await read_webhook(request, STATUS, account, check), board)

    @router.post(AMD, status_code=HTTPStatus.NO_CONTENT)
    async def amd(request: Request) -> None:
        """Take a verdict of machine detection."""
        await take_verdict(await read_webhook(request, AMD, account, check), board)

    @router.post(BRIEFING)
    async def briefing(request: Request) -> Response:
        """Say what a call is about that was handed over."""
        asked = (await read_webhook(request, BRIEFING, account, check)).query
        words = await board.briefing(asked.get("tenant", ""), asked.get("session", ""))
        return Response(twiml.say(words), media_type=twiml.CONTENT_TYPE)


class _Sockets:
    """The WebSockets: signature before anything else, then the token, then the call."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._check = SignatureCheck(doors.account.auth_tokens)
        self._admission = Admission(doors.account, doors.tokens)

    async def media(self, websocket: WebSocket) -> None:
        """Lead a call with its sound."""
        if await self._let_in(websocket, MEDIA):
            socket = TextSocket(
                websocket,
                silence=SILENCE.total_seconds(),
                most_a_second=self._doors.most_messages_a_second,
            )
            await _lead(socket, self._admission.media, self._take_line)

    async def relay(self, websocket: WebSocket) -> None:
        """Lead a call in words."""
        if await self._let_in(websocket, RELAY):
            await _lead(TextSocket(websocket), self._admission.relay, self._take_words)

    async def _let_in(self, websocket: WebSocket, path: str) -> bool:
        """Accept an upgrade that Twilio signed; answer any other with the reason."""
        url = signed_url(websocket, self._doors.account.socket_url(path))
        try:
            self._check.socket(url, websocket.headers.get(HEADER))
        except RequestError as error:
            log.warning("upgrade_refused", path=path, code=error.code)
            await websocket.send_denial_response(_problem(error))
            return False
        await websocket.accept()
        return True

    async def _take_line(self, socket: TextSocket, start: LineStart) -> None:
        await self._doors.take_line(TwilioLine(socket, start, self._doors.carrier))

    async def _take_words(self, socket: TextSocket, start: LineStart) -> None:
        assert self._doors.open_text is not None
        await RelayTalk(socket, await self._doors.open_text(start, self._doors.carrier)).run()


async def _lead(
    socket: TextSocket,
    begin: Callable[[TextSocket], Awaitable[LineStart]],
    take: Callable[[TextSocket, LineStart], Awaitable[None]],
) -> None:
    """Read the beginning, lead the call, and close the socket whatever happens."""
    code, reason = FAILED, ""
    try:
        start = await begin(socket)
        bind_contextvars(session_id=start.session_id, call_id=start.call_id)
        await take(socket, start)
        code = 1000
    except Violation as error:
        log.warning("stream_refused", reason=error.reason)
        code, reason = error.code, error.reason
    except LineClosed as error:
        log.info("stream_lost", reason=error.message)
    except ParleyError as error:
        log.error("call_failed", code=error.code, broke=place_of(error))
    finally:
        await socket.close(code, reason)


def _problem(error: RequestError) -> Response:
    """Write a refusal as a problem document (RFC 9457)."""
    document = {
        "type": f"urn:parley:problem:{error.code}",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "code": error.code,
        "detail": error.message,
    }
    return JSONResponse(document, error.status, media_type="application/problem+json")
