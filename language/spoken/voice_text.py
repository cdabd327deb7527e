"""Text as it can be spoken: no markdown, no stage directions, no pictures, and not too long."""

import re
import unicodedata

MOST_WORDS = 60
"""Words of a spoken reply: about twenty-five seconds."""

_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,2000}\)")
_FENCE = re.compile(r"```\w*")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,80}>")
_ACTED = r"(?:pauses?|smiles?|laughs?|sighs?|nods?|chuckles?|typ(?:es|ing)|clears|checks|looks)(?: [a-z]+){0,4}"
_DIRECTION = re.compile(rf"\*{{1,3}}{_ACTED}\*{{1,3}}|\[[a-z][a-z ]{{2,30}}\]|\({_ACTED}\)")
"""What an actor would do and not say: "*smiles*", "[laughs]"."""
_LINE_START = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]*|[-+*•▪◦‣][ \t]+|-{3,}|\|)", re.MULTILINE)
_EMPHASIS = re.compile(r"[*`~]+|(?<![\w@.])_+(?=\S)|(?<=[^\s_])_+(?![\w@])")
_LABEL = re.compile(r"^(?:assistant|agent|ai|bot|reply|response|answer|receptionist)\s*:\s*", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_SPACE_BEFORE = re.compile(r"\s+(?=[,.!?;:](?:\s|$))")
_QUOTES = {'"': '"', "“": "”"}
_UNSPOKEN = frozenset({"So", "Cs", "Co", "Cn", "Cc", "Cf", "Sk"})
_KEPT = frozenset("°©®™`^\n\t\u200c\u200d")
_LONE_JOINER = re.compile(r"(?<![\w\u094d])[\u200c\u200d]+")
_JOINERS = frozenset("\ufe0f\ufe0e\u20e3")


def voice_text(text: str) -> str:
    """Make a sentence speakable; empty when nothing of it can be said.

    Words stay as they are: how numbers, dates and addresses are spoken is the voice's own matter.
    """
    plain = _FENCE.sub("", _TAG.sub(" ", _LINK.sub(r"\1", text)))
    plain = _LINE_START.sub("", _DIRECTION.sub("", plain))
    plain = _LABEL.sub("", _EMPHASIS.sub("", plain).strip())
    plain = "".join(letter for letter in plain if _is_spoken(letter)).replace("|", " ")
    plain = _SPACE_BEFORE.sub("", _SPACE.sub(" ", _LONE_JOINER.sub("", plain))).strip()
    plain = _unquoted(plain)
    return plain if any(letter.isalnum() for letter in plain) else ""


def count_words(text: str) -> int:
    """Count the words of a text by its spaces."""
    return len(text.split())


def shortened(text: str, most_words: int) -> str:
    """Cut a text that is too long at the end of its last clause that fits, or after the last word that does."""
    words = text.split()
    if len(words) <= most_words:
        return text
    fitting = words[:most_words]
    ends = [place for place, word in enumerate(fitting, start=1) if word[-1] in ",;:.!?–—"]
    end = next((place for place in reversed(ends) if place * 2 >= most_words), most_words)
    return " ".join(fitting[:end]).rstrip(",;:–— ") + "."


def _is_spoken(letter: str) -> bool:
    return letter in _KEPT or (letter not in _JOINERS and unicodedata.category(letter) not in _UNSPOKEN)


def _unquoted(text: str) -> str:
    """Take the quotation marks off a text that is a quotation as a whole."""
    closing = _QUOTES.get(text[:1])
    if closing is None or len(text) < 2 or text[-1] != closing or closing in text[1:-1]:
        return text
    return text[1:-1].strip()
