"""A call with the front desk on its built-in rules: its own tools, over a stand-in for its tables.

The gate, the anchors and the check that what is claimed was done are the engine's own.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from domain.conversation import Role, Utterance
from domain.dataset import Dataset, fold, texts_in
from domain.errors import ToolRefused
from domain.playbook import BusinessTool, CallMoment, Conversation, HeldCall
from domain.tool_call import CallStatus, ConsentMode, FunctionCall, ProposedCall
from language.anchoring.anchors import Corpus, unanchored_arguments
from language.consent.judging import Verdict
from language.said_done.claims import Receipt, unbacked_claims
from language.sentences import split_sentences
from nodes.judging import Asked, judge_call, judge_for
from nodes.replying_consent import unasked
from playbooks.hospital.analyst.turn import analyst
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.playbook import PLAYBOOK
from playbooks.hospital.replying.replier import replier
from playbooks.hospital.wish.heard import derived
from tests.unit.playbooks.hospital.tables import Tables

ASHA = {"name": "Asha Menon", "email": "asha.menon@example.com", "phone": "+919876543210"}
"""A patient whom the register knows."""
TUESDAY = datetime(2026, 11, 17, 10, 0, tzinfo=DIRECTORY.zone)
"""When the calls are made."""
GREETING = "Hello, this is Renova Hospitals. How can I help you?"
LONGEST_REPLY = 60
"""Words that can be followed by ear."""


@dataclass
class Call:
    """A call as it goes on; `held` are the calls that wait for the caller's yes."""

    customer: dict[str, str] = field(default_factory=dict)
    greeting: str = GREETING
    tables: Tables = field(default_factory=Tables)
    now: datetime = TUESDAY
    window: int = 20
    dataset: Dataset = field(default_factory=dict)
    calls: list[FunctionCall] = field(default_factory=list)
    held: list[ProposedCall] = field(default_factory=list)
    history: list[Utterance] = field(default_factory=list)

    def __post_init__(self) -> None:
        kind = "returning" if self.customer.get("name") else "new"
        self.dataset = PLAYBOOK.new_dataset({"customer": self.customer, "customer_type": kind}, now=0.0)
        self._add(Role.AGENT, self.greeting)

    async def say(self, words: str) -> str:
        """Say something and hear the reply, which keeps to the engine's promises."""
        told = Conversation(
            words, words, tuple(self.history[-self.window :]), self.dataset, PLAYBOOK.context, now=self.now.timestamp()
        )
        waiting = [(call.name, call.arguments) for call in self.held]
        proposed = [call for call in analyst(told) if (call.name, call.arguments) not in waiting]
        made = [await self._settle(call, verdict) for call, verdict in self._answered(words)]
        made += [await self._make(call, words) for call in proposed]
        held = tuple(_waiting(call) for call in made if call["status"] == CallStatus.HELD)
        reply = replier(replace(told, dataset=self.dataset, calls=made, held=held)) or ""
        self.calls += made
        self._check(reply, made)
        self._add(Role.CALLER, words)
        self._add(Role.AGENT, reply)
        return reply

    @property
    def question(self) -> str | None:
        """What the desk said last."""
        return self.history[-1].text if self.history else None

    async def say_all(self, *lines: str) -> list[str]:
        """Say one thing after the other."""
        return [await self.say(line) for line in lines]

    def done(self, name: str) -> list[dict[str, Any]]:
        """The arguments of a tool's calls that were done."""
        return [call["parameters"] for call in self.calls if call["function_name"] == name and call["success"]]

    @property
    def names(self) -> list[str]:
        """The tools whose calls were done, in order, but for the record of the call."""
        done = [call["function_name"] for call in self.calls if call["success"]]
        return [name for name in done if name != "log_call_information"]

    def take(self, doctor: str, *starts: datetime, patient: str = "Somebody Else") -> None:
        """Give slots of half an hour to somebody else."""
        for begins in starts:
            department = DIRECTORY.department_of(doctor)
            self.tables.add(doctor, department, begins, begins + timedelta(minutes=30), patient)

    def _answered(self, words: str) -> list[tuple[ProposedCall, Verdict]]:
        """The held calls that the words grant or refuse; they wait no more."""
        heard = [turn.text for turn in self.history if turn.role is Role.AGENT]
        asked = Asked(self.question, heard, derived, self.now.timestamp())
        judged = [(call, judge_call(_tool(call.name), call.arguments, asked, words).verdict) for call in self.held]
        self.held = [call for call, verdict in judged if verdict is Verdict.UNCLEAR]
        return [(call, verdict) for call, verdict in judged if verdict is not Verdict.UNCLEAR]

    async def _settle(self, call: ProposedCall, verdict: Verdict) -> FunctionCall:
        return await self._run(call) if verdict is Verdict.GRANTED else _call(call, CallStatus.REFUSED, {})

    async def _make(self, call: ProposedCall, words: str) -> FunctionCall:
        tool = _tool(call.name)
        arguments = tool.validate(call.arguments)
        foreign = unanchored_arguments(arguments, self._corpus(words), tool.exempt, tool.quoted, words)
        assert not foreign, (call, foreign)
        if tool.policy.consent is None or self._is_ordered(tool, words):
            return await self._run(call)
        self.held = [call]
        return _call(call, CallStatus.HELD, {})

    def _is_ordered(self, tool: BusinessTool, words: str) -> bool:
        """Whether the words alone are enough; never for a call whose details must be read back."""
        asked = tool.policy.consent is ConsentMode.ASK
        return asked and judge_for(tool, self.question, words).verdict is Verdict.GRANTED

    async def _run(self, call: ProposedCall) -> FunctionCall:
        tool = _tool(call.name)
        arguments = tool.validate(call.arguments)
        moment = CallMoment("s", "t", self.now.timestamp(), self.dataset, query=self.tables.query)
        moment = replace(moment, call_id=f"{len(self.calls)}/{call.name}")
        try:
            answer = await tool.run(arguments, moment)
        except ToolRefused as refusal:
            return _call(call, CallStatus.DECLINED, {**refusal.result, "message": refusal.message})
        self.dataset, _ = fold(self.dataset, answer.change, now=1.0)
        if answer.declined is not None:
            return _call(call, CallStatus.DECLINED, {**answer.result, "message": answer.declined})
        self.tables.run(answer.statements)
        return _call(call, CallStatus.DONE, answer.result)

    def _corpus(self, words: str) -> Corpus:
        texts = [words, *(turn.text for turn in self.history), *PLAYBOOK.context.texts, *texts_in(self.dataset)]
        found = (one for text in texts for one in derived(text, self.now.timestamp()))
        return Corpus.of(texts).deriving(found)

    def _check(self, reply: str, made: list[FunctionCall]) -> None:
        """A reply claims nothing undone, is short, and asks for the yes that a held call waits for."""
        proofs = [_receipt(call) for call in self.calls if call["success"]]
        for sentence in split_sentences(reply):
            assert not unbacked_claims(sentence, proofs), (sentence, made)
        assert len(reply.split()) <= LONGEST_REPLY, reply
        held = [call for call in made if call["status"] == CallStatus.HELD]
        assert unasked(PLAYBOOK, [_waiting(call) for call in held], reply) is None, reply

    def _add(self, role: Role, text: str) -> None:
        if text:
            self.history.append(Utterance(len(self.history), role, role.value, text))


def _tool(name: str) -> BusinessTool:
    tool = PLAYBOOK.tool(name)
    assert tool is not None
    return tool


def _waiting(call: FunctionCall) -> HeldCall:
    consent = _tool(call["function_name"]).policy.consent or ConsentMode.ASK
    return HeldCall(call["function_name"], call["parameters"], consent)


def _receipt(call: FunctionCall) -> Receipt:
    tool = _tool(call["function_name"])
    return Receipt(tool.name, tool.backs, call["result"])


def _call(call: ProposedCall, status: CallStatus, result: dict[str, Any]) -> FunctionCall:
    return FunctionCall(
        id=call.name,
        function_name=call.name,
        parameters=dict(call.arguments),
        status=status.value,
        result={"success": status.success, **result},
        success=status.success,
    )
