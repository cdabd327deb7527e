"""How old somebody is: a number that is neither a time nor a day, "my five-year-old", "she is 5", "aged 60"."""

from language.slots.dates.calendar import compiled
from language.slots.words import COUNT

_UNIT = r"(?:years?|yrs?|months?|weeks?|days?)"
_WHO = (
    r"(?:he|she|i|who|(?:son|daughter|child|kid|baby|boy|girl|mother|father|mum|mom|dad|wife|husband|brother|sister))"
)
_PERSON = r"(?:boy|girl|child|kid|baby|man|woman|lady|gentleman|patient|son|daughter)"
_CLAUSE_ENDS = r"(?=\s*(?:[,.;!?](?!\d)|$|(?:and|so|but|or|he|she|i|with|who|now|already)\b))"
_AGES = compiled(
    rf"\b{COUNT}(?:[ -]and[ -]a[ -]half)?[ -]{_UNIT}[ -](?:olds?\b|of age\b)"
    rf"|\b(?:aged?|turn(?:s|ed|ing)|age (?:is|of)) {COUNT}(?![:.]\d)"
    rf"|\b{COUNT} (?:saal|sal|mahine|maheene) k[aei]\b"
    rf"|\b{_PERSON} of {COUNT}{_CLAUSE_ENDS}"
    rf"|\b{_WHO}(?:'s|'m| is| am| was)(?: (?:only|just|about|almost|nearly|already))? {COUNT}{_CLAUSE_ENDS}"
)


def without_ages(text: str) -> str:
    """The text with the ages in it blanked out, each letter in its place."""
    return _AGES.sub(lambda age: " " * len(age.group()), text)
