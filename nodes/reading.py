"""Reading the state: the conversation as domain objects, and the corpus that facts are checked against."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, reduce
from typing import Any

from domain.conversation import CallContext, Role, Utterance, open_question
from domain.dataset import texts_in
from domain.playbook import Conversation, Derive, Playbook
from domain.tool_call import CallStatus
from language.anchoring.anchors import Corpus
from language.cleaning.cleaner import clean
from nodes.state import TurnState

INDEXED = 2_048
"""Texts whose index is kept in memory."""

CLEANED = 256
"""Turns whose words, cleaned by rule, are kept in memory: those that run now, and a few more."""


def playbook_of(playbooks: Mapping[str, Playbook], state: TurnState) -> Playbook:
    """The playbook of the session, with the prompts that it was opened with."""
    session = state["session"]
    return playbooks[session["playbook"]].with_prompts(session.get("prompt_version"))


def context_of(state: TurnState) -> CallContext:
    """The call context of the session."""
    return CallContext.model_validate(state["session"]["call_context"])


def history_of(state: TurnState) -> tuple[Utterance, ...]:
    """The last turns before this one, oldest first, each with what was heard of our reply to it."""
    return tuple(utterance for item in state.get("window", []) for utterance in _utterances(item))


def _utterances(item: dict[str, Any]) -> Iterator[Utterance]:
    yield Utterance(seq=item["seq"], role=Role(item["role"]), speaker=item["speaker"], text=item["text"] or "")
    if item.get("reply"):
        yield Utterance(seq=item["seq"], role=Role.AGENT, speaker=Role.AGENT.value, text=item["reply"])


def conversation_of(state: TurnState, words: str) -> Conversation:
    """The conversation with `words` as what the caller just said."""
    return Conversation(
        raw=state["raw_text"],
        cleaned=words,
        history=history_of(state),
        dataset=state["dataset"],
        context=context_of(state),
        now=state["turn"]["at"],
    )


def own_words(state: TurnState) -> str:
    """What the caller said, by rule alone: no model had a hand in it, so consent may rest on it."""
    history = tuple(item.text for item in history_of(state))
    return _cleaned_by_rule(state["raw_text"], context_of(state).terms, history, tuple(state.get("alternatives", ())))


@lru_cache(maxsize=CLEANED)
def _cleaned_by_rule(raw: str, terms: tuple[str, ...], history: tuple[str, ...], alternatives: tuple[str, ...]) -> str:
    """Clean once a turn: the gate and the plan ask for the same words again."""
    return clean(raw, terms=terms, history=history, alternatives=alternatives).text


def question_of(state: TurnState) -> str | None:
    """What the agent said last, if nothing of the caller's came in between."""
    return open_question(history_of(state))


def corpus_of(state: TurnState, earlier: Iterable[str] = (), derive: Derive | None = None) -> Corpus:
    """Everything that may anchor a fact: these words, both sides before, the context, the dataset, calls that stand.

    What a playbook can `derive` from words that were said (a date from "tomorrow") counts as said, by the turn's clock.
    """
    said = [state["raw_text"], *(item.text for item in history_of(state)), *earlier]
    known = [*context_of(state).texts, *texts_in(state["dataset"])]
    known.extend(leaf for call in state.get("recent_calls", []) for leaf in _stood_up(call))
    corpus = reduce(Corpus.union, map(_indexed, (*said, *known)), Corpus())
    if derive is None:
        return corpus
    return corpus.deriving(value for text in said for value in derive(text, state["turn"]["at"]))


@lru_cache(maxsize=INDEXED)
def _indexed(text: str) -> Corpus:
    """Index a text once: the window and the context come again with every turn."""
    return Corpus.of((text,))


def _stood_up(call: dict[str, Any]) -> Iterator[str]:
    """The words of a call whose effect stands; what a refused one asked for anchors nothing."""
    if CallStatus(call["status"]).success:
        yield from texts_in(call["arguments"])
