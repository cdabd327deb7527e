"""A call with the custom playbook on its built-in rules, and nothing around them."""

from dataclasses import dataclass, field, replace
from typing import Any

from domain.conversation import CallContext, Role, Utterance
from domain.dataset import Dataset, fold
from domain.errors import ToolRefused
from domain.playbook import CallMoment, Conversation
from domain.tool_call import FunctionCall, ProposedCall
from playbooks.custom.playbook import PLAYBOOK

CONTEXT = CallContext(
    business="Hill Clinic",
    agent="Nora",
    notes="You answer the phone for Hill Clinic. Never discuss diagnoses. We are open Monday to Friday from 8 to 18. "
    "The clinic is at 12 Station Road. A first consultation costs 60 pounds. Dr. Rao is in on Mondays and Thursdays. "
    "Ask callers for their name. There is free parking behind the house. Staff discount is internal: 20 percent.",
)
GREETING = "Hello, this is Hill Clinic. How can I help you?"


@dataclass
class Call:
    """A call as it goes on."""

    context: CallContext = CONTEXT
    greeting: str = GREETING
    dataset: Dataset = field(default_factory=lambda: PLAYBOOK.new_dataset({}, now=0.0))
    calls: list[str] = field(default_factory=list)
    history: list[Utterance] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._add(Role.AGENT, self.greeting)

    async def say(self, words: str) -> str:
        """Say something and hear the reply."""
        told = Conversation(words, words, tuple(self.history), self.dataset, self.context)
        made = [await self._make(proposed) for proposed in PLAYBOOK.analyst(told)]
        assert PLAYBOOK.replier is not None
        reply = PLAYBOOK.replier(replace(told, dataset=self.dataset, calls=made)) or ""
        self.calls += [call["function_name"] for call in made if call["success"]]
        self._add(Role.CALLER, words)
        self._add(Role.AGENT, reply)
        return reply

    async def say_all(self, *lines: str) -> list[str]:
        """Say one thing after the other."""
        return [await self.say(line) for line in lines]

    @property
    def messages(self) -> list[str]:
        """What was taken down."""
        return [message["text"] for message in self.dataset["messages"]]

    async def _make(self, proposed: ProposedCall) -> FunctionCall:
        tool = PLAYBOOK.tool(proposed.name)
        assert tool is not None
        arguments = tool.validate(proposed.arguments)
        try:
            answer = await tool.run(arguments, CallMoment("s", "t", 1.0, self.dataset))
        except ToolRefused:
            return _call(proposed.name, arguments, done=False)
        self.dataset, _ = fold(self.dataset, answer.change, now=1.0)
        return _call(proposed.name, arguments, done=True)

    def _add(self, role: Role, text: str) -> None:
        if text:
            self.history.append(Utterance(len(self.history), role, role.value, text))


def _call(name: str, arguments: dict[str, Any], *, done: bool) -> FunctionCall:
    status = "done" if done else "declined"
    return FunctionCall(
        id=name, function_name=name, parameters=arguments, status=status, result={"success": done}, success=done
    )
