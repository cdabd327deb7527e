"""Lists by cursor: a string to be given back as it is."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from domain.errors import InvalidInput

MAX_PAGE = 200


@dataclass(frozen=True)
class Slice:
    """Which part of a list is asked for."""

    after: str | None
    limit: int

    @property
    def numbered(self) -> str | None:
        """The cursor of a list whose items are numbered. Raises InvalidInput."""
        if self.after is None or (self.after.isascii() and self.after.isdigit() and len(self.after) < 10):
            return self.after
        raise _no_cursor()

    @property
    def opaque(self) -> str | None:
        """The cursor that `wrap_cursor` has wrapped: a time and an id. Raises InvalidInput."""
        if self.after is None:
            return None
        try:
            inside = urlsafe_b64decode(self.after + "=" * (-len(self.after) % 4)).decode()
            time, session_id = inside.split("_")
            return f"{datetime.fromisoformat(time).astimezone(UTC).isoformat()}_{UUID(session_id)}"
        except (ValueError, OverflowError) as error:
            raise _no_cursor() from error


def wrap_cursor(inside: str | None) -> str | None:
    """Make a cursor safe to put into an address as it is."""
    return None if inside is None else urlsafe_b64encode(inside.encode()).decode().rstrip("=")


async def slice_of(
    after: Annotated[str | None, Query(max_length=200, description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 50,
) -> Slice:
    """Read the cursor and the size of a page."""
    return Slice(after, limit)


def _no_cursor() -> InvalidInput:
    return InvalidInput("Give `next` of the page before, as it came.", field="after")


SliceDep = Annotated[Slice, Depends(slice_of)]
