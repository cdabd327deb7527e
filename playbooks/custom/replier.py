"""The built-in replies of a custom agent: polite, general, and never more than the call context and the calls say."""

from collections.abc import Callable, Mapping

from domain.conversation import CallContext, Role
from domain.playbook import Conversation
from playbooks.custom import questions
from playbooks.custom.acts import Act, act_of
from playbooks.custom.notes import fact_for

_REPEATED = (questions.NAME, questions.NUMBER, questions.MESSAGE, questions.ELSE)
"""Questions that stay open when they are answered by nothing."""

Say = Callable[[Conversation], str]


def replier(conversation: Conversation) -> str | None:
    """Reply to the newest turn; None when nothing was said."""
    words = conversation.cleaned.strip()
    if not any(letter.isalnum() for letter in words):
        return None
    act = act_of(words)
    if conversation.calls:
        return _told(conversation, act)
    return _REPLIES[act](conversation)


def who(context: CallContext) -> str:
    """Say who speaks, by the names that the context gives."""
    name, business = context.agent.strip(), context.business.strip()
    if name and business:
        return f"This is {name} at {business}."
    if name or business:
        return f"This is {name or f'the assistant of {business}'}."
    return "This is an automated assistant."


def _told(conversation: Conversation, act: Act) -> str:
    """Tell what became of the turn's calls."""
    done = [call for call in conversation.calls if call["success"]]
    names = {call["function_name"] for call in done}
    if "end_call" in names:
        return _farewell(conversation, act, noted="take_message" in names)
    if not done:
        return f"I am sorry, I could not note that. {questions.ELSE}"
    thanks = [_thanks_for(**call["parameters"]) for call in done if call["function_name"] == "note_caller"]
    if "take_message" in names:
        thanks.append(f"{_noted(conversation, act, first=not thanks)}{_for_business(conversation)}.")
    return " ".join((*thanks, _next_question(conversation)))


def _noted(conversation: Conversation, act: Act, *, first: bool) -> str:
    asked = (conversation.question or "").endswith(questions.MESSAGE)
    if act is Act.WISH and not asked:
        return "I cannot do that myself, but I have noted it"
    return "Thank you, I have noted that" if first else "I have noted your message"


def _thanks_for(field: str, value: str) -> str:
    return f"Thank you, {value}." if field == "caller_name" else f"I have noted the number {value}."


def _farewell(conversation: Conversation, act: Act, *, noted: bool) -> str:
    business = conversation.context.business.strip()
    if act is Act.UNWELCOME or (conversation.question or "").endswith(questions.GOOD_TIME):
        return f"I am sorry for the trouble.{' I have noted that.' if noted else ''} Goodbye!"
    return f"Thank you for talking to {business}. Goodbye!" if business else "Thank you for your time. Goodbye!"


def _next_question(conversation: Conversation) -> str:
    """Ask who calls and how to reach them, each once; then whether there is more."""
    asked = " ".join(turn.text for turn in conversation.history if turn.role is Role.AGENT)
    known = conversation.dataset
    for field, question in (("caller_name", questions.NAME), ("callback_number", questions.NUMBER)):
        if not known.get(field) and question not in asked:
            return question
    return questions.ELSE


def _for_business(conversation: Conversation) -> str:
    business = conversation.context.business.strip()
    return f" for {business}" if business else ""


def _greet(conversation: Conversation) -> str:
    if any(turn.role is Role.AGENT for turn in conversation.history):
        return "Hello! How can I help you?"
    return f"Hello! {who(conversation.context)} How can I help you?"


def _machine(conversation: Conversation) -> str:
    return f"I am an automated assistant. {who(conversation.context)} How can I help you?"


def _purpose(conversation: Conversation) -> str:
    business = conversation.context.business.strip()
    return f"I answer calls{f' for {business}' if business else ''} and take messages. What is it about?"


def _human(conversation: Conversation) -> str:
    sorry = "I am sorry, I cannot put you through from here."
    return f"{sorry} I can take a message{_for_business(conversation)}. {questions.MESSAGE}"


def _repeat(conversation: Conversation) -> str:
    said = next((turn.text for turn in reversed(conversation.history) if turn.role is Role.AGENT), "")
    return said or _greet(conversation)


def _question(conversation: Conversation) -> str:
    if fact := fact_for(conversation.cleaned, conversation.context.notes):
        return f"{fact} {questions.ELSE}"
    return f"I am sorry, I do not know that. {questions.NOTE_IT}{_for_business(conversation)}?"


def _introduced(conversation: Conversation) -> str:
    fact = fact_for(conversation.cleaned, conversation.context.notes)
    return f"{fact} {questions.ELSE}" if fact else "Of course. What would you like to know?"


def _yes(conversation: Conversation) -> str:
    question = conversation.question or ""
    if question.endswith(questions.GOOD_TIME):
        return f"Thank you. {questions.TELL_US}"
    open_question = next((asked for asked in _REPEATED if question.endswith(asked)), None)
    return f"Please go ahead. {open_question}" if open_question else "All right. Please go on."


def _no(conversation: Conversation) -> str:
    refused = (conversation.question or "").endswith((questions.NAME, questions.NUMBER))
    return f"{'That is fine' if refused else 'All right'}. {questions.ELSE}"


def _small_talk(conversation: Conversation) -> str:
    question = conversation.question or ""
    return f"All right. {next((asked for asked in _REPEATED if question.endswith(asked)), 'How can I help you?')}"


def _statement(conversation: Conversation) -> str:
    question = conversation.question or ""
    if question.endswith((questions.NAME, questions.NUMBER)):
        return f"I am sorry, I did not catch that. {next(asked for asked in _REPEATED if question.endswith(asked))}"
    return "I see. Could you tell me a little more about that?"


_REPLIES: Mapping[Act, Say] = {
    Act.EMERGENCY: lambda _: "If this is an emergency, please hang up and call the emergency number right away.",
    Act.ORDER: lambda _: "I am sorry, I cannot help with that. What is it about?",
    Act.UNWELCOME: lambda conversation: _farewell(conversation, Act.UNWELCOME, noted=False),
    Act.GOODBYE: lambda conversation: _farewell(conversation, Act.GOODBYE, noted=False),
    Act.NO_MORE: lambda conversation: _farewell(conversation, Act.NO_MORE, noted=False),
    Act.MACHINE: _machine,
    Act.HUMAN: _human,
    Act.LEAVE_MESSAGE: lambda _: f"Of course. {questions.MESSAGE}",
    Act.WHO: lambda conversation: f"{who(conversation.context)} How can I help you?",
    Act.PURPOSE: _purpose,
    Act.REPEAT: _repeat,
    Act.WAIT: lambda _: "Of course, take your time.",
    Act.WELL_BEING: lambda _: "I am well, thank you. How can I help you?",
    Act.INTRODUCED_QUESTION: _introduced,
    Act.WISH: lambda _: "I am sorry, I cannot do that from here. What else can I do for you?",
    Act.TELL: lambda _: f"Of course. {questions.MESSAGE}",
    Act.SMALL_TALK: _small_talk,
    Act.THANKS: lambda _: f"You are welcome. {questions.ELSE}",
    Act.GREETING: _greet,
    Act.YES: _yes,
    Act.NO: _no,
    Act.QUESTION: _question,
    Act.STATEMENT: _statement,
}
