"""The built-in replies of the front desk: what became of the turn's calls, an answer, and one question."""

import re

from domain.conversation import Role
from domain.playbook import Conversation
from playbooks.hospital import wording
from playbooks.hospital.analyst.customer import complaint, customer_of
from playbooks.hospital.analyst.turn import ends
from playbooks.hospital.asking import phrases
from playbooks.hospital.asking.next import next_question, taking_up
from playbooks.hospital.asking.tries import TRIES, answers_to
from playbooks.hospital.customer import CALLER
from playbooks.hospital.replying.answers import NONE_TO_COME, UNKNOWN, UNSEEN, answer_to, farewell
from playbooks.hospital.replying.outcomes import COMES_NEXT, NOT_CAUGHT, done_calls, told
from playbooks.hospital.wish.acts import Act, Intent
from playbooks.hospital.wish.answers import is_refusal
from playbooks.hospital.wish.state import Wish
from playbooks.hospital.wish.waiting import waiting
from playbooks.hospital.wish.wanted import Turn, turn_of, wish_after

_FIXED = {
    Act.EMERGENCY: f"If this is an emergency, please hang up and call an ambulance on 108 now. {phrases.NO_HURRY}",
    Act.ORDER: "I am sorry, I cannot help with that. I can book, move or cancel appointments.",
    Act.WAIT: "Of course, take your time.",
}
_COURTESIES = {Act.THANKS: "You are welcome.", Act.GREETING: "Hello!", Act.PAST: "I see."}
_TURNED_DOWN = (
    (phrases.COLLEAGUE, f"All right. {phrases.ELSE}"),
    (phrases.SUITS, f"All right. {phrases.OTHER}"),
    (phrases.WHICH_ONE, f"All right. {phrases.OTHER}"),
    (phrases.BOOK, f"All right, I have not booked it. {phrases.CHANGE}"),
    (phrases.MOVE, f"All right, I have not moved it. {phrases.ELSE}"),
    (phrases.CANCEL, f"All right, I have not cancelled it. {phrases.ELSE}"),
    (phrases.NOW, f"All right. {phrases.ELSE}"),
)
"""What a no to a question is answered by, where no call came of it."""
_CHANGED = (
    (re.compile(r"\btime\b", re.IGNORECASE), phrases.TIME),
    (re.compile(r"\b(?:day|date)\b", re.IGNORECASE), phrases.DAY),
    (re.compile(r"\bmail|\baddress\b", re.IGNORECASE), phrases.EMAIL),
    (re.compile(r"\bname\b", re.IGNORECASE), phrases.NAME),
    (re.compile(r"\b(?:doctor|department)\b", re.IGNORECASE), phrases.WHO),
)
"""What is asked where a caller names only what is to be changed."""
_HINTS = {
    phrases.EMAIL: phrases.EMAIL_HINT,
    phrases.WHO: "You can also say what it is about, such as skin, heart or teeth.",
}


def replier(conversation: Conversation) -> str | None:
    """Reply to the newest turn; None when nothing was said."""
    if not any(letter.isalnum() for letter in conversation.cleaned):
        return None
    turn = turn_of(conversation)
    said = _going_on(
        conversation, _with_asides(conversation, turn, told(conversation, turn) or _talk(conversation, turn))
    )
    if welcome := _welcome(conversation):
        return f"{welcome} {said.removeprefix('Hello! ')}"
    return " ".join(filter(None, (_thanks(conversation), said)))


def _with_asides(conversation: Conversation, turn: Turn, said: str) -> str:
    """Answer the questions of fact that were asked beside, first."""
    answers = (answer_to(aside, turn.wish, conversation.dataset) or UNKNOWN for aside in turn.asides)
    return " ".join((*answers, said))


def _going_on(conversation: Conversation, said: str) -> str:
    """Come to what was wanted as well, where nothing else is left to ask for."""
    left = waiting(conversation.dataset)
    if not left or not said.endswith(phrases.ELSE):
        return said
    wish = wish_after(left[0], conversation)
    return f"{said.removesuffix(phrases.ELSE)}{taking_up(conversation, wish)}"


def _welcome(conversation: Conversation) -> str | None:
    """Greet a patient whom the register knows, once, unless the call began with their name."""
    known = customer_of(conversation.dataset)
    name = known.get("name")
    if conversation.dataset.get("customer_type") == "new" or not name or CALLER in known:
        return None
    if any(turn.role is Role.CALLER or name in turn.text for turn in conversation.history):
        return None
    return f"Hello {name}, welcome back."


def _thanks(conversation: Conversation) -> str | None:
    """Thank for what the caller has told; who has just given their own name hears it."""
    noted = [call["parameters"] for call in done_calls(conversation, "update_customer_info")]
    if not noted or done_calls(conversation, "end_call", "book_appointment"):
        return None
    names = [each["new_value"] for each in noted if each["field_to_update"] == "name"]
    return f"Thank you, {wording.first_name(names[0])}." if names else "Thank you."


def _talk(conversation: Conversation, turn: Turn) -> str:
    """Answer what was only said: no call came of it."""
    if ends(conversation, turn):
        return farewell(conversation)
    if fixed := _FIXED.get(turn.heard.act) or _answered(conversation, turn):
        return fixed
    question = next_question(conversation, turn.wish)
    if turn.heard.act is Act.REPEAT:
        return _last_words(conversation) or question
    answer = _COURTESIES.get(turn.heard.act) or answer_to(turn.heard, turn.wish, conversation.dataset)
    if answer in (UNKNOWN, UNSEEN, NONE_TO_COME) and turn.wish.intent is None:
        return f"{answer} {phrases.COLLEAGUE}"
    return f"{answer} {question}" if answer else _unanswered(conversation, turn, question)


def _answered(conversation: Conversation, turn: Turn) -> str | None:
    """Take a plain no, or a yes to the question whether there is more, for what it answers."""
    asked = conversation.question
    if turn.heard.act is Act.YES and phrases.asks(asked, phrases.ELSE):
        return f"Of course. {phrases.HELP}"
    if turn.wish != turn.before and not phrases.asks(asked, phrases.NOW):
        return f"All right, I have not booked it. {phrases.ELSE}" if turn.wish == Wish() else None
    if phrases.asks(asked, phrases.CHANGE):
        return next((question for words, question in _CHANGED if words.search(turn.heard.words)), None)
    if turn.heard.act is Act.OTHERS and phrases.asks(asked, phrases.SUITS, phrases.WHICH_ONE, phrases.BOOK):
        return f"Of course. {phrases.OTHER}"
    if turn.heard.act is not Act.NO:
        return None
    if turn.wish.intent in (Intent.CANCEL, Intent.MOVE) and not phrases.asks(asked, *phrases.ASKS_FOR_YES):
        return f"All right. {phrases.ELSE}"
    if phrases.address_asked(asked):
        return f"{phrases.EMAIL_HINT} {phrases.EMAIL}"
    return next((reply for question, reply in _TURNED_DOWN if phrases.asks(asked, question)), None)


def _unanswered(conversation: Conversation, turn: Turn, question: str) -> str:
    """Go on to the next question; say so where the turn has brought it no nearer."""
    if turn.heard.impossible:
        return f"{turn.heard.impossible} {phrases.DAY}"
    if remark := _remark(turn) or complaint(conversation):
        return f"{remark} {question}"
    if done_calls(conversation, "update_customer_info"):
        return question
    if turn.asides and turn.wish.intent is None:
        return question
    if turn.wish != turn.before:
        return f"{_opening(turn)}{question}"
    return _no_nearer(conversation, turn, question)


def _remark(turn: Turn) -> str | None:
    """Take up what cannot be answered by a question: one thing more, or a doctor who is not here."""
    if turn.later and not turn.heard.words:
        return COMES_NEXT
    return f"I am sorry, we have no Dr. {turn.heard.stranger}." if turn.heard.stranger else None


def _no_nearer(conversation: Conversation, turn: Turn, question: str) -> str:
    """Ask again, with help where the same was asked just now, and at last offer a colleague."""
    if len(answers_to(conversation, question)) > TRIES:
        return f"{NOT_CAUGHT} {phrases.COLLEAGUE}"
    if turn.heard.act is Act.QUESTION:
        return f"{UNKNOWN} {question if turn.wish.intent else phrases.COLLEAGUE}"
    if turn.heard.act is Act.YES:
        return (
            f"{'Please say yes or no.' if question.endswith(phrases.ASKS_FOR_YES) else 'Please go ahead.'} {question}"
        )
    if turn.heard.is_about_slot or not (conversation.question or "").endswith(question):
        return f"All right. {question}"
    understood = "That is all right." if is_refusal(turn.heard.words) else NOT_CAUGHT
    return " ".join(filter(None, (understood, _HINTS.get(question), question)))


def _opening(turn: Turn) -> str:
    """A word before the question, where the turn has brought something new."""
    return "Of course. " if turn.wish.intent and turn.before.intent is None else "All right. "


def _last_words(conversation: Conversation) -> str:
    return next((turn.text for turn in reversed(conversation.history) if turn.role is Role.AGENT), "")
