"""What is written and never said: Markdown, HTML, emoji, invisible signs; and figures of other scripts as ours."""

import html
import re
import unicodedata
from fractions import Fraction

from language.spoken.rules import apply, rule
from language.tokens import APOSTROPHES

_LINES = re.MULTILINE

_ENTITY = re.compile(r"&(?:[a-zA-Z]+|#[1-9][0-9]{1,6});")
"""A character written as an entity; what only begins like one stays as it is."""
_BLOCKS = (
    rule(r"```\w*", " "),
    rule(r"^[ \t]{0,3}[-*_][-*_ \t]{2,}$", "", _LINES),
    rule(r"^[ \t]{0,3}#{1,6}[ \t]+", "", _LINES),
    rule(r"^[ \t]*>+[ \t]?", "", _LINES),
    rule(r"^[ \t]*[-*+•‣◦·][ \t]+", "", _LINES),
    rule(r"!?\[([^\[\]]{1,500})\]\([^()\s]{0,2000}(?:[ \t][^()]{0,200})?\)", r"\1"),
    rule(r"<(https?://[^\s<>]{1,2000})>", r"\1"),
    rule(r"</?[A-Za-z][^<>]{0,200}>", " "),
    rule(r"(?<![\w:;])[:;]-?[)(DP](?!\w)", " "),
)

_MARKS = (
    rule(r"\*\*+|__+|~~+|`+", ""),
    rule(r"(?<![\w*])\*(?=\S)|(?<=[^\s*])\*(?![\w*])", ""),
    rule(r"(?<!\w)_(?=\w)|(?<=\w)_(?!\w)", ""),
)

_DROPPED = frozenset({"So", "Sk", "Cf", "Cc", "Co", "Cn", "Cs", "Me"})
_KEPT = frozenset("\n\t ^`°№")
_POWERS = frozenset("²³")
_VARIATION = re.compile("[\ufe00-\ufe0f]")
_FRACTIONS = {
    "½": "1/2",
    "¼": "1/4",
    "¾": "3/4",
    "⅓": "1/3",
    "⅔": "2/3",
    "⅛": "1/8",
    "⅜": "3/8",
    "⅝": "5/8",
    "⅞": "7/8",
}
_SIGNS = str.maketrans(
    dict.fromkeys(APOSTROPHES.replace("`", ""), "'") | {"−": "-", "‐": "-", "‑": "-", "\u00a0": " ", "\u202f": " "}
)


def without_blocks(text: str) -> str:
    """Take off what frames text: headings, bullets, links (their label stays), tags, smileys made of signs."""
    return apply(_BLOCKS, _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text)


def without_marks(text: str) -> str:
    """Take off what marks words: bold, italic, struck out, code."""
    return apply(_MARKS, text)


def plain_characters(text: str) -> str:
    """Drop emoji and invisible signs; write figures of any script as 0 to 9, and apostrophes and dashes one way."""
    if text.isascii():
        return "".join(c if c.isprintable() or c.isspace() else " " for c in text)
    return "".join(map(_plain, _VARIATION.sub("", text.translate(_SIGNS))))


def _plain(character: str) -> str:
    if character.isascii() and character.isprintable():
        return character
    if character in _FRACTIONS:
        return f" {_FRACTIONS[character]}"
    kind = unicodedata.category(character)
    if kind in {"Nd", "No", "Nl"}:
        return _figures(character, kind)
    if kind in {"Zs", "Zl", "Zp"}:
        return " "
    return "" if kind in _DROPPED and character not in _KEPT else character


def _figures(character: str, kind: str) -> str:
    """Write a figure's value: "٣" is 3, "Ⅶ" stands apart from its neighbours; powers stay."""
    if character in _POWERS:
        return character
    value = unicodedata.numeric(character)
    if kind == "Nd":
        return str(int(value))
    part = Fraction(value).limit_denominator(1_000)
    return f" {part.numerator} " if part.denominator == 1 else f" {part.numerator}/{part.denominator} "
