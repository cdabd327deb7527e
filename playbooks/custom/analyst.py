"""The rules of a custom agent: what a caller says is taken as a message, an answer as what was asked for."""

from collections.abc import Iterator, Sequence

from domain.conversation import Role
from domain.playbook import Conversation
from domain.tool_call import ProposedCall
from language.tokens import tokens
from language.unfinished import is_unfinished
from language.word_classes import DETERMINERS, DO_HAVE_BE, MODALS, SUBJECTS
from playbooks.custom import questions
from playbooks.custom.acts import ENDING, Act, act_of, clauses_of, plain
from playbooks.custom.caller import facts_of_caller, has_content, is_all_about_caller
from playbooks.custom.dataset import LONGEST_MESSAGE

_SHORTEST_MESSAGE = 3
"""Words of a message that was not asked for."""
_MESSAGES = frozenset({Act.STATEMENT, Act.WISH, Act.TELL, Act.UNWELCOME})
_ERRANDS = frozenset({Act.WISH, Act.TELL})
_SAYING = SUBJECTS | DO_HAVE_BE | MODALS | DETERMINERS
"""Without any of these words a turn is a cry ("another robot"), and states nothing."""
_ENDED_BY_NO = (questions.ELSE, questions.TELL_US, questions.GOOD_TIME)


def analyst(conversation: Conversation) -> Sequence[ProposedCall]:
    """Propose what the newest turn calls for."""
    words = conversation.cleaned.strip()
    if not any(letter.isalnum() for letter in words):
        return ()
    return tuple(_calls(conversation, words, act_of(words)))


def _calls(conversation: Conversation, words: str, act: Act) -> Iterator[ProposedCall]:
    question = conversation.question or ""
    if act in (Act.ORDER, Act.EMERGENCY):
        return
    about_caller = list(facts_of_caller(question, words, act))
    for field, value in about_caller:
        if _is_within(value, conversation.dataset.get(field)):
            continue
        yield ProposedCall("note_caller", {"field": field, "value": value}, evidence=words)
    answered = question.endswith((questions.NAME, questions.NUMBER)) or is_all_about_caller(words)
    if not (about_caller and answered) and (message := _message(conversation, words, act)):
        yield ProposedCall("take_message", {"message": message[:LONGEST_MESSAGE]}, evidence=words)
    if act in ENDING or (act is Act.NO and question.endswith(_ENDED_BY_NO)):
        yield ProposedCall("end_call", {"reason": words[-LONGEST_MESSAGE:]}, evidence=words)


def _is_within(value: str, known: str | None) -> bool:
    """Whether what is known says it already, and perhaps more: "Leela" of Leela Harrow."""
    return known is not None and {word.folded for word in tokens(value)} < {word.folded for word in tokens(known)}


def _message(conversation: Conversation, words: str, act: Act) -> str | None:
    question = conversation.question or ""
    if act is Act.YES and questions.NOTE_IT in question:
        return next((turn.text for turn in reversed(conversation.history) if turn.role is Role.CALLER), None)
    if question.endswith(questions.MESSAGE):
        return words if act in _MESSAGES | {Act.QUESTION} else None
    return words if _is_message(words, act) else None


def _is_message(words: str, act: Act) -> bool:
    """Whether a turn tells or wants something that nobody asked for; a question may hold a wish beside it."""
    if act is Act.QUESTION:
        return any(act_of(clause) in _ERRANDS for clause in clauses_of(words))
    says = not _SAYING.isdisjoint(word for whole in plain(words).split() for word in (whole, whole.partition("'")[0]))
    whole = len(words.split()) >= _SHORTEST_MESSAGE and not is_unfinished(words)
    return whole and (act in _ERRANDS or (act in _MESSAGES and says and has_content(words)))
