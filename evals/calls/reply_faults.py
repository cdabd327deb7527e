"""What is wrong with a reply: too long or not speakable, a fact from nowhere, or said and not done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from domain.conversation import CallContext
from domain.playbook import Playbook
from domain.tool_call import CallStatus
from domain.turn import TurnResult
from evals.calls.ends import is_act
from language.anchoring.anchors import Corpus
from language.sentences import split_sentences
from language.spoken.voice_text import MOST_WORDS, count_words, voice_text
from nodes.replying_facts import fact_texts, receipts_of
from nodes.replying_gates import Gates
from nodes.state import TurnState

LONG, MARKED = "long", "marked"
REPLY = "reply"


@dataclass
class SoFar:
    """All that was said, learnt and done in a call, to hold the newest reply to."""

    playbook: Playbook
    context: Mapping[str, Any]
    knows: Sequence[str] = ()
    """What the business knows besides."""
    _said: list[str] = field(default_factory=list)
    _dataset: Mapping[str, Any] = field(default_factory=dict)
    _newest: list[Mapping[str, Any]] = field(default_factory=list)
    _calls: list[Mapping[str, Any]] = field(default_factory=list)

    def add(self, result: TurnResult, dataset: Mapping[str, Any]) -> None:
        """Take in a turn, and the dataset after it."""
        self._said += [result["raw_text"], result["cleaned_text"]]
        self._dataset = dataset
        self._calls += self._newest
        self._newest = list(result["function_calls"])

    async def faults_of(self, reply: str) -> list[str]:
        """Name what is wrong with the reply to the newest turn: a fault for each sentence that has one."""
        sentences = split_sentences(reply)
        faults = [LONG] if count_words(reply) > MOST_WORDS else []
        faults += [MARKED for sentence in sentences if voice_text(sentence) != sentence.strip()]
        gates = self._gates()
        objections = [await gates.objection(sentence) for sentence in sentences]
        return faults + [objection.value for objection in objections if objection]

    def _gates(self) -> Gates:
        corpus = self._corpus()

        async def everything() -> Corpus:
            return corpus

        prompt = self.playbook.prompt(REPLY).text if REPLY in self.playbook.prompts else ""
        return Gates(receipts_of(self.playbook, self._state()), corpus, everything, prompt)

    def _state(self) -> TurnState:
        """The newest turn's calls, and the earlier ones that stand, as a turn knows them."""
        outcomes = [
            {"call": _planned(each), "status": each["status"], "result": each["result"]} for each in self._newest
        ]
        stood = (each for each in self._calls if is_act(self.playbook, each))
        standing = [{**_planned(each), "call_id": each["id"], "result": each["result"]} for each in stood]
        return cast(TurnState, {"outcomes": outcomes, "standing": standing})

    def _corpus(self) -> Corpus:
        made_up = CallStatus.INVALID
        calls = [call for call in (*self._calls, *self._newest) if call["status"] != made_up]
        known = {"dataset": self._dataset, "calls": [(call["parameters"], call["result"]) for call in calls]}
        business = (*CallContext.model_validate(self.context).texts, *self.playbook.context.texts)
        return Corpus.of((*self._said, *self.knows, *business, *self.playbook.hint_phrases, *fact_texts(known)))


def _planned(call: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": call["function_name"], "arguments": call["parameters"]}
