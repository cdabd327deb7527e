"""How a stream of Deepgram's fails, by name.

Close codes after https://developers.deepgram.com/docs/stt-troubleshooting-websocket-data-and-net-errors.
"""

from types import TracebackType

from pydantic import ValidationError
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidProxy, InvalidStatus, InvalidURI

from domain.errors import Fault, ProviderError, ProviderRejected, ProviderUnavailable
from providers.langchain.faults import fault_of

PROVIDER = "deepgram"

_REJECTED = frozenset({Fault.CREDENTIALS, Fault.BAD_REQUEST, Fault.BAD_AUDIO})

_BY_REASON = {"DATA-0000": Fault.BAD_AUDIO, "NET-0000": Fault.SERVER, "NET-0001": Fault.CONNECTION}
"""How a close frame's reason begins: no audio, the service was late, we were silent for too long."""


class SocketTranslation:
    """Turn what websockets and pydantic raise into provider errors; others pass.

    Deepgram's own text is not repeated: it may quote the address, and in it the caller's names.

    Raises:
        ProviderUnavailable: time-out, 429, 5xx, no connection or one that broke off, an unreadable message.
        ProviderRejected: credentials, or a stream that Deepgram will never take.
    """

    def __enter__(self) -> None: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception) and (fault := _fault(error)) is not None:
            raise provider_error(fault, type(error).__name__) from None


def provider_error(fault: Fault, what: str) -> ProviderError:
    """Build the error for a fault; `what` goes into its message and holds nothing personal."""
    raised = ProviderRejected if fault in _REJECTED else ProviderUnavailable
    return raised(PROVIDER, fault, f"{PROVIDER}: {fault} ({what})")


def _fault(error: Exception) -> Fault | None:
    match error:
        case TimeoutError():
            return Fault.TIMEOUT
        case InvalidStatus():
            return fault_of(error) or Fault.SERVER
        case ConnectionClosed():
            return _fault_of_closing(error)
        case InvalidURI() | InvalidProxy():
            return Fault.BAD_REQUEST
        case InvalidHandshake() | OSError():
            return Fault.CONNECTION
        case ValidationError():
            return Fault.SERVER
    return None


def _fault_of_closing(closed: ConnectionClosed) -> Fault:
    reason = closed.rcvd.reason if closed.rcvd else ""
    return next((fault for name, fault in _BY_REASON.items() if reason.startswith(name)), Fault.CONNECTION)
