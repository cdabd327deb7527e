"""A webhook as it is asked for, read and checked."""

from collections.abc import Callable, Collection
from urllib.parse import urlsplit
from uuid import uuid4

from domain.errors import InvalidInput
from domain.event import EventType
from ports.webhooks import Webhook


def webhook_given(tenant_id: str, url: str, types: Collection[str] | None, new_secret: Callable[[], str]) -> Webhook:
    """Make a webhook with a secret of its own.

    Raises:
        InvalidInput: no http(s) address, or a type that no event has.
    """
    if not _is_web_address(url):
        raise InvalidInput("url must be an http or https address, such as https://example.com/events.", field="url")
    known = [kind.value for kind in EventType]
    for name in types or ():
        if name not in known:
            raise InvalidInput(f"types takes: {', '.join(known)}; not {name!r}.", field="types")
    wanted = None if types is None else tuple(dict.fromkeys(types))
    return Webhook(tenant_id, str(uuid4()), url, new_secret(), wanted)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and parts.port != 0
            and url.isascii()
            and url.isprintable()
            and " " not in url
        )
    except ValueError:  # "http://[bad", or a port that is none
        return False
