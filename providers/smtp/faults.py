"""What an SMTP server's replies mean, as one of our errors; its sentences are left out, since they quote addresses."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtplib import SMTPException, SMTPResponseException

from domain.errors import Fault, ProviderError, ProviderRejected, ProviderUnavailable
from ports.effects import OutcomeUnknown

PROVIDER = "smtp"
_CREDENTIALS = frozenset({530, 534, 535, 538})
_BUSY = frozenset({421, 450, 452})


@contextmanager
def translated(*, letter_left: bool) -> Iterator[None]:
    """Raise what may happen on the way as a ProviderError; with `letter_left` silence means that nobody knows."""
    lost = OutcomeUnknown if letter_left else ProviderUnavailable
    try:
        yield
    except SMTPResponseException as error:
        raise _refusal(error.code, lost) from None
    except TimeoutError:
        raise lost(PROVIDER, Fault.TIMEOUT) from None
    except OSError as error:
        raise lost(PROVIDER, Fault.CONNECTION, f"{PROVIDER}: {Fault.CONNECTION} ({type(error).__name__})") from None
    except SMTPException:  # what is left of them: STARTTLS, or a way to log in, is missing
        message = f"{PROVIDER}: the server does not offer what is set"
        raise ProviderRejected(PROVIDER, Fault.REFUSED, message) from None


def _refusal(code: int, lost: type[ProviderUnavailable]) -> ProviderError:
    """Make the error for a reply (RFC 5321, 4.2.1): 4yz may change, 5yz will not; anything else is no reply."""
    if not 400 <= code < 600:
        return lost(PROVIDER, Fault.MALFORMED)
    if code < 500:
        fault = Fault.RATE_LIMIT if code in _BUSY else Fault.SERVER
        return ProviderUnavailable(PROVIDER, fault, f"{PROVIDER}: {fault} ({code})")
    fault = Fault.CREDENTIALS if code in _CREDENTIALS else Fault.REFUSED
    return ProviderRejected(PROVIDER, fault, f"{PROVIDER}: {fault} ({code})")
