"""E-mail addresses, web addresses, telephone numbers and codes, said so that they can be written down."""

import re

from language.spoken.numbers import digits, grouped_digits, in_groups
from language.spoken.rules import apply, rule

_SIGNS = {
    ".": "dot", "@": "at", "/": "slash", "-": "dash", "_": "underscore", "+": "plus", "?": "question mark",
    "=": "equals", "&": "and", "%": "percent", "#": "hash", ":": "colon", "~": "tilde",
}  # fmt: skip
_PIECE = re.compile(r"[^\W\d_]+|[0-9]+|[.@/\-_+?=&%#:~]")
_DOMAINS = (
    "com|org|net|io|ai|co|in|uk|edu|gov|dev|app|us|ca|au|de|fr|es|it|nl|ie|nz|info|biz|me|tv|eu|ch|at|health|care"
)
_END = r"(?<![.,;:!?'\")\]}])"


def _spelt(found: re.Match[str]) -> str:
    """Say an address piece by piece: words as words, figures one by one, signs by name."""
    address = re.sub(r"^(?:https?://)?(?:www\.)?", "", found[0], flags=re.IGNORECASE).rstrip("/")
    pieces = (_SIGNS.get(piece) or (digits(piece) if piece.isdecimal() else piece) for piece in _PIECE.findall(address))
    return " ".join(pieces)


ADDRESSES = (
    rule(r"(?:mailto:)?(?<![\w.+%-])[A-Za-z0-9][\w.+%-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}", _spelt),
    rule(rf"(?<![\w@])(?:https?://|www\.)[^\s<>\"]{{1,2000}}{_END}", _spelt, re.IGNORECASE),
    rule(
        rf"(?<![\w@.-])(?:[A-Za-z0-9][A-Za-z0-9-]{{0,62}}\.){{1,4}}(?:{_DOMAINS})\b(?![\w@-]|\.\w)"
        rf"(?:/[^\s<>\"]{{0,500}}{_END})?",
        _spelt,
    ),
)


def _dialled(found: re.Match[str]) -> str:
    """Say a telephone number in its own groups; a group that is too long is cut."""
    groups = [part for group in re.findall(r"[0-9]+", found[0]) for part in _short(group)]
    return ("plus " if found[0].startswith("+") else "") + grouped_digits(groups)


def _short(group: str) -> list[str]:
    return [group] if len(group) <= 5 else in_groups(group)


def _coded(found: re.Match[str]) -> str:
    return f"{found[1]}{grouped_digits(_short(found[2]))}"


_BEFORE, _AFTER = r"(?<![\w.,$€£₹/])", r"(?![\w]|[.,][0-9])"
_CUES = (
    r"(?:(?:code|PIN|OTP|ID|number|account|reference|ref|zip|postcode|room|flight|ending in|ends in|extension"
    r"|last (?:two|three|four) digits)(?: (?:number|code|no\.?|is|are|was|of))*|order (?:number|no\.?)|#)(?: is)?:? ?#?"
)

NUMBERS = (
    rule(rf"{_BEFORE}\+[0-9][0-9 ().-]{{5,22}}[0-9]{_AFTER}", _dialled),
    rule(rf"{_BEFORE}(?:1[ .-])?(?:\([0-9]{{3}}\) ?|[0-9]{{3}}[ .-])[0-9]{{3}}[ .-][0-9]{{4}}{_AFTER}", _dialled),
    rule(rf"{_BEFORE}[0-9]{{4}}(?:[ -][0-9]{{4}}){{2,3}}{_AFTER}", _dialled),
    rule(rf"{_BEFORE}0[0-9]{{2,4}}[ -][0-9]{{3,4}}[ -]?[0-9]{{3,4}}{_AFTER}", _dialled),
    rule(rf"{_BEFORE}[6-9][0-9]{{4}}[ -][0-9]{{5}}{_AFTER}", _dialled),
    rule(rf"{_BEFORE}[0-9]{{3}}-[0-9]{{4}}{_AFTER}", _dialled),
    rule(rf"{_BEFORE}[0-9]{{1,9}}(?:-[0-9]{{1,9}}){{2,8}}{_AFTER}", _dialled),
    rule(rf"{_BEFORE}[0-9]{{7,}}{_AFTER}", _dialled),
    rule(r"(?<=[a-z])[, ]{1,3}x ?(?=[0-9])", ", extension "),
    rule(rf"\b({_CUES} ?)([0-9]{{3,}}){_AFTER}", _coded, re.IGNORECASE),
)


def _mixed(found: re.Match[str]) -> str:
    """Say letters and figures that belong together: "B3J" letter by letter, "covid19" as word and number."""
    pieces = re.findall(r"[^\W\d_]+|[0-9]+", found[0])
    return " ".join(_letters(piece) if piece.isalpha() else _few(piece) for piece in pieces)


def _letters(piece: str) -> str:
    return " ".join(piece) if piece.isupper() and len(piece) <= 4 else piece


def _few(figures: str) -> str:
    return grouped_digits(_short(figures)) if len(figures) > 2 or figures[0] == "0" else f" {figures} "


MIXED = (
    rule(r"(?<![\w.])(?=[^\W\d_]{0,30}[0-9]{1,30}[^\W\d_]|[^\W\d_]{1,30}[0-9])\w{2,60}(?:-\w{1,60}){0,6}", _mixed),
)


def with_addresses(text: str) -> str:
    """Say every e-mail and web address of a text."""
    return apply(ADDRESSES, text) if "." in text else text
