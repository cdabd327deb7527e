"""A notation for phrases, one a line, so that what the rules listen for can be read and added to."""

import re

_SOME = re.compile(r"<(\d)>")
_NAMED = re.compile(r"<([a-z_]+)>")


def any_of(lines: str, **parts: str) -> re.Pattern[str]:
    """Compile phrases (regular expressions, one a line) to a pattern that finds any of them as whole words.

    `<3>` stands for up to three words in between, `<name>` for the part of that name, itself a `|` list.
    Meant for text in small letters with single spaces.
    """
    return re.compile(rf"(?<![\w']){choice(lines, **parts)}(?!\w)")


def choice(lines: str, **parts: str) -> str:
    """Join phrases, one a line, to a group for use within another pattern."""
    joined = "|".join(line.strip() for line in lines.strip().splitlines())
    named = _NAMED.sub(lambda found: f"(?:{parts[found[1]]})", joined)
    return f"(?:{_SOME.sub(_words, named)})"


def _words(found: re.Match[str]) -> str:
    return rf"(?:[\w'-]+ ){{0,{found[1]}}}?"


def folded(text: str) -> str:
    """Small letters and straight apostrophes, character for character: offsets hold for both texts."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return small.replace("’", "'").replace("‘", "'").replace("`", "'")
