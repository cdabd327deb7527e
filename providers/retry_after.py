"""How long a server asks to be left alone for."""

from datetime import datetime
from email.utils import parsedate_to_datetime


def seconds_asked(header: str | None, now: datetime) -> float | None:
    """Read a Retry-After header: seconds, or a date (RFC 9110, 10.2.3); None where it says neither."""
    if header is None or header.isdecimal():
        return None if header is None else float(header)
    try:
        return max(0.0, (parsedate_to_datetime(header) - now).total_seconds())
    except (TypeError, ValueError):
        return None
