"""HTML and SVG made of elements; whatever is not an element is text and is escaped."""

import html
from collections.abc import Mapping


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def element(tag: str, *children: str, attributes: Mapping[str, object] | None = None) -> Markup:
    """Make an element; children that are no markup are escaped, and so is every attribute."""
    given = "".join(f' {name}="{html.escape(str(value))}"' for name, value in (attributes or {}).items())
    return Markup(f"<{tag}{given}>{joined(*children)}</{tag}>")


def joined(*parts: str) -> Markup:
    """Put markup and text one after the other."""
    return Markup("".join(part if isinstance(part, Markup) else html.escape(part) for part in parts))
