"""What the front desk asks, word for word: an answer is understood by the question it answers."""

import re

HELP = "How can I help you?"
ELSE = "Is there anything else?"
NOW = "Shall we do that now?"
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
PATIENT = "May I have the patient's full name, please?"
SPELL = "Could you spell the name for me, letter by letter?"
FAMILY = "And the family name, please?"
EMAIL_HINT = "Please say it word by word, such as: priya dot sharma at gmail dot com."
EMAIL = "Which e-mail address shall we use?"
TRANSFER = "Shall I put you through to a colleague?"
COLLEAGUE = "Would you like me to put you through to a colleague?"
"""Where the desk itself cannot go on."""
TRY = "Shall I try again?"
CHANGE = "What would you like to change?"
BOOK = "Shall I book the appointment?"
MOVE = "Shall I move the appointment?"
CANCEL = "Shall I go ahead?"
"""After a sentence that says what would be cancelled."""
ASKS_FOR_YES = (BOOK, MOVE, CANCEL)

_LAST_QUESTION = re.compile(r"[^.!?]*\?\s*$")
_ADDRESS_ASKED = re.compile(r"\bIs that (\S+@\S+?)(?:, in one word)?\?\s*$")
_TOPICS = {
    "day": re.compile(r"\b(?:day|date|when)\b", re.IGNORECASE),
    "time": re.compile(r"\b(?:time|when|hour|morning or)\b", re.IGNORECASE),
    "name": re.compile(r"\b(?:your|the|whose|family|full|patient's)\b.{0,20}\bname\b", re.IGNORECASE),
    "family": re.compile(r"\b(?:family|last|sur) ?name\b", re.IGNORECASE),
    "more": re.compile(r"\b(?:any|some)thing else\b", re.IGNORECASE),
    "email": re.compile(r"\b(?:e-?mail|address)\b", re.IGNORECASE),
    "choice": re.compile(r"\bwhich (?:one|of (?:these|them))\b", re.IGNORECASE),
    "meaning": re.compile(r"\bdo you mean\b", re.IGNORECASE),
}


def asks(question: str | None, *asked: str) -> bool:
    """Whether the agent's last words end in one of these questions."""
    return (question or "").endswith(asked)


def asks_about(question: str | None, topic: str) -> bool:
    """Whether the agent's last question is about one of the topics, however it was worded."""
    last = _LAST_QUESTION.search(question or "")
    return last is not None and _TOPICS[topic].search(last.group()) is not None


def is_address(address: str) -> str:
    """Ask whether an address is written so; one without a dot before its sign may have one that was not said."""
    return f"Is that {address}{'' if '.' in address.partition('@')[0] else ', in one word'}?"


def address_asked(question: str | None) -> str | None:
    """The address that the agent's last words ask about."""
    found = _ADDRESS_ASKED.search(question or "")
    return found[1] if found else None
