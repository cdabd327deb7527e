"""Structured logs: one JSON object a line, or coloured lines for people; ours and the libraries' alike."""

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_NOISY = ("httpx", "httpcore", "procrastinate", "uvicorn", "websockets")
_STRANGERS = frozenset({"Invalid HTTP request received.", "Invalid UTF-8 sequence received from client."})
"""What uvicorn says, as warnings and errors, of bytes that anybody may send; the sender is answered."""


def configure_logging(level: str = "info", *, json: bool = True, personal: bool = False) -> None:
    """Send everything to standard error.

    Whatever may quote a caller goes under the key `pii`, which is left out unless `personal` is on. What the logging
    context holds (request, session and turn ids) is on every line.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        name_exception,
    ]
    if not personal:
        shared.append(drop_personal)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    _configure_standard(level, shared, structlog.processors.JSONRenderer() if json else _for_people())


def is_ours(record: logging.LogRecord) -> bool:
    """Tell what went wrong here from what a stranger sent."""
    return record.msg not in _STRANGERS


def drop_personal(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Leave out what may quote a caller."""
    event.pop("pii", None)
    return event


def name_exception(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace an exception by its type and the lines it went through; its message goes under `pii`."""
    found = event.pop("exc_info", None)
    error = sys.exc_info()[1] if found is True else found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["where"] = frames_of(error)
        event["pii"] = {"message": str(error)} | (event.get("pii") or {})
    return event


def frames_of(error: BaseException, most: int = 8) -> list[str]:
    """The innermost lines an exception went through, as `file:line function`."""
    lines: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        lines.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return lines[-most:]


def _for_people() -> Processor:
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def _configure_standard(level: str, shared: list[Processor], renderer: Processor) -> None:
    """Send the standard library's log through the same processors."""
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").addFilter(is_ours)
