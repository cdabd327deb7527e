"""What nobody foresaw: logged once, answered without our insides."""

from dataclasses import dataclass

import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.problems import problem_response

_log = structlog.get_logger("server")


@dataclass(frozen=True)
class LastResort:
    """Turns an unforeseen exception into 500, as long as no answer has begun."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        except ClientDisconnect:
            _log.debug("client_left")
        except Exception as error:
            log_unforeseen(error)
            if begun:
                raise
            await problem_response(error)(scope, receive, send)


def log_unforeseen(error: BaseException) -> None:
    """Log an error that nobody foresaw; where personal data may go is for the logging to decide."""
    _log.error("unforeseen_error", exc_info=error)
