"""The words that phrases of time are made of, as patterns."""

from language.slots.words import COUNT

HALF = (
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?"
    r"|,? (?:(?:in the |(?<=[:. ][0-9]{2} ))(?P<part>morning|afternoon|evening)"
    r"|(?:(?:at|in the) |(?<=[:. ][0-9]{2} ))(?P<night>night))\b)"
)
"""What tells the half of the day, after an hour."""
START = r"(?<![\w/:.,$£₹-])"
"""Where an hour can begin: in no longer number, price or date."""
HOUR_WORD = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
HOUR = rf"(?:[01]?[0-9]|2[0-4]|{HOUR_WORD})"
LATE_HOUR_WORD = r"(?:thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:[ -]?(?:one|two|three))?)"
MINUTES = (
    r"(?:(?:oh?|zero)[ -](?:one|two|three|four|five|six|seven|eight|nine)|(?:twenty|thirty|forty|fifty)"
    r"(?:[ -]?(?:one|two|three|four|five|six|seven|eight|nine))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen)\b"
)
"""Minutes in words, after an hour."""
FIVES = r"(?:five|ten|fifteen|twenty(?:[ -]?five)?|5|10|15|20|25)"
"""Minutes that are told without the word, before an hour."""
ISH = r"(?P<ish>[ -]?ish\b)?"
WHOLE_HOUR = rf"(?P<hour>{HOUR})(?P<minute>)"
NOT_MORE = (
    r"(?![0-9]|[:/][0-9]|\.[0-9]|-|[ -]?(?:st|nd|rd|th)\b| ?%"
    r"| (?:people|persons?|adults?|kids?|child(?:ren)?|guests|of us|couples?|men|women|friends|others|minutes?|hours?"
    r"|days?|weeks?|months?|years?|stars?|pounds?|dollars?|rupees|percent|seats?|chairs?|tables?|of|hundred|thousand"
    r"|lakh|or more|point|double|triple|zero|oh|other|more|calls?|times?)\b"
    rf"|[ -]?(?:{COUNT})\b)"
)
"""After an hour that is no quantity of something else and no piece of a longer number."""


def after(*words: str) -> str:
    """A pattern of the place behind one of some words and a space."""
    return "(?:" + "|".join(rf"(?<=\b{word} )" for word in words) + ")"
