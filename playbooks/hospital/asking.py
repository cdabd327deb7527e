"""What the front desk asks, word for word: an answer is understood by the question it answers."""

import re

HELP = "How can I help you?"
ELSE = "Is there anything else?"
WHO = "Which doctor or department would you like to see?"
WHEN = "What day and time would suit you?"
DAY = "Which day would suit you?"
TIME = "What time would suit you?"
OTHER = "What other day or time would suit you?"
NEW = "What day and time would you like instead?"
OLD = "Which day is that appointment on?"
WHICH = "Which of your appointments do you mean?"
WHICH_ONE = "Which one would you like?"
MEAN = "Do you mean"
"""Before a day or a doctor that was not understood for certain."""
NO_HURRY = "If it is not, what can I do for you?"
SUITS = "Does that suit you?"
NAME = "May I have your full name, please?"
FAMILY = "And your family name, please?"
EMAIL = "Which e-mail address shall we use?"
TRANSFER = "Shall I put you through to a colleague?"
TRY = "Shall I try again?"
CHANGE = "What would you like to change?"
BOOK = "Shall I book the appointment?"
MOVE = "Shall I move the appointment?"
CANCEL = "Shall I go ahead?"
"""After a sentence that says what would be cancelled."""
ASKS_FOR_YES = (BOOK, MOVE, CANCEL)

_LAST_QUESTION = re.compile(r"[^.!?]*\?\s*$")
_TOPICS = {
    "day": re.compile(r"\b(?:day|date|when)\b", re.IGNORECASE),
    "time": re.compile(r"\b(?:time|when|hour|morning or)\b", re.IGNORECASE),
    "name": re.compile(r"\b(?:your|the|whose|family|full|patient's)\b.{0,20}\bname\b", re.IGNORECASE),
    "choice": re.compile(r"\bwhich (?:one|of (?:these|them))\b", re.IGNORECASE),
    "meaning": re.compile(r"\bdo you mean\b", re.IGNORECASE),
}


def asks(question: str | None, *asked: str) -> bool:
    """Whether the agent's last words end in one of these questions."""
    return (question or "").endswith(asked)


def asks_about(question: str | None, topic: str) -> bool:
    """Whether the agent's last question is about the day, time, name, choice or meaning, however it was worded."""
    last = _LAST_QUESTION.search(question or "")
    return last is not None and _TOPICS[topic].search(last.group()) is not None
