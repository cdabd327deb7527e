"""A business as plain data: its speakers, dataset, tools, words and rules."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from domain.conversation import CallContext, Role, Utterance, open_question
from domain.dataset import Change, Dataset, DatasetModel
from domain.manners import Manners
from domain.reading import FindRow, Query, no_sheets, no_tables
from domain.tool_call import ConsentMode, FunctionCall, Post, ProposedCall, Statement, ToolPolicy


@dataclass(frozen=True)
class HeldCall:
    """A call that needs the caller's yes: to the question, or (read_back) to its arguments said aloud."""

    name: str
    arguments: Mapping[str, Any]
    mode: ConsentMode


@dataclass(frozen=True)
class Conversation:
    """What an analyst or a replier may look at: the newest turn first of all."""

    raw: str
    cleaned: str
    history: tuple[Utterance, ...]
    dataset: Mapping[str, Any]
    context: CallContext
    calls: Sequence[FunctionCall] = ()
    """What became of this turn's calls: a replier tells it, and claims nothing else."""
    held: Sequence[HeldCall] = ()
    """This turn's calls that wait for the caller's yes: a replier asks for it."""
    now: float = 0.0
    """The turn's clock in epoch seconds: "tomorrow" is read by it."""

    @property
    def question(self) -> str | None:
        """What the agent last said, if the agent was the last to speak."""
        return open_question(self.history)


@dataclass(frozen=True)
class ToolAnswer:
    """What a tool says (`result`), the change it asks of the dataset, and what else is to happen with its commit."""

    result: dict[str, Any]
    change: Change = field(default_factory=list)
    declined: str | None = None
    """Why a business rule said no after all; the change is made and the statements run all the same."""
    posts: Sequence[Post] = ()
    """What leaves for the outside, once, when the call's effect is committed; one of a kind."""
    statements: Sequence[Statement] = ()
    """What is written into the playbook's own tables, in the transaction that commits the call."""
    ends: Sequence[str] = ()
    """Ids of standing calls whose effect this one takes back or replaces: asked for again, they are new."""


@dataclass(frozen=True)
class OpeningMoment:
    """What is known when a session is opened; `profile` is what it was opened with."""

    session_id: str
    caller_phone: str | None
    profile: Mapping[str, Any]
    query: Query = no_tables
    find_row: FindRow = no_sheets


@dataclass(frozen=True)
class Opening:
    """What a playbook knows of a caller before the first word, and what it writes into its tables."""

    profile: Mapping[str, Any] = field(default_factory=dict)
    statements: Sequence[Statement] = ()


@dataclass(frozen=True)
class CallMoment:
    """What a tool may know about the call it runs in; `now` is the turn's clock in epoch seconds."""

    session_id: str
    turn_id: str
    now: float
    dataset: Mapping[str, Any]
    standing: Sequence[Mapping[str, Any]] = ()
    """COMMIT effects of this session that still stand: {call_id, name, arguments, result}."""
    call_id: str = ""
    """The call's own id, the same however often it is run."""
    caller_phone: str | None = None
    query: Query = no_tables


class BusinessTool(Protocol):
    """A function the model may call, with its policy."""

    @property
    def name(self) -> str:
        """The name in the public contract."""
        ...

    @property
    def description(self) -> str:
        """What the model is told."""
        ...

    @property
    def policy(self) -> ToolPolicy:
        """How it may be run."""
        ...

    @property
    def parameters(self) -> dict[str, Any]:
        """JSON Schema of the arguments."""
        ...

    @property
    def exempt(self) -> frozenset[str]:
        """Arguments that hold enum values or defaults, not words of the caller."""
        ...

    @property
    def quoted(self) -> frozenset[str]:
        """Arguments that must be words somebody said, every one of them."""
        ...

    @property
    def backs(self) -> frozenset[str]:
        """What a reply may claim once it is done: kinds of claims, `booked` or `sent` (language.said_done.claims)."""
        ...

    def validate(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments as the schema reads them, or raise InvalidInput naming the field."""
        ...

    async def run(self, arguments: Mapping[str, Any], moment: CallMoment) -> ToolAnswer:
        """Do it. Raises ToolRefused when a business rule says no."""
        ...


@dataclass(frozen=True)
class Prompt:
    """A versioned prompt file."""

    name: str
    version: int
    text: str

    @property
    def label(self) -> str:
        """`name@version`, as stored with each turn it served."""
        return f"{self.name}@{self.version}"


Derive = Callable[[str, float], Collection[Any]]
"""What words say in another form than tools take (language.anchoring.derived_values), at a time in epoch seconds."""


@dataclass(frozen=True)
class Playbook:
    """One business. It supplies data and pure rules; the graph is the same for all."""

    name: str
    title: str
    caller: str
    agent: str
    dataset: type[DatasetModel]
    tools: tuple[BusinessTool, ...]
    context: CallContext
    prompts: Mapping[str, tuple[Prompt, ...]]
    analyst: Callable[[Conversation], Sequence[ProposedCall]]
    hint_phrases: tuple[str, ...] = ()
    demo_profile: Mapping[str, Any] = field(default_factory=dict)
    profile_fields: frozenset[str] = frozenset()
    replies: bool = False
    replier: Callable[[Conversation], str | None] | None = None
    derive: Derive | None = None
    local_time: Callable[[float], datetime] | None = None
    """The business's own time at an instant in epoch seconds; a model is told the day where there is one."""
    opening: Callable[[OpeningMoment], Awaitable[Opening]] | None = None
    """Looks the caller up when a session is opened."""
    greeting: Callable[[Mapping[str, Any], CallContext], str | None] | None = None
    """Greets by what the dataset knows; None leaves it to the manners."""
    queries: Mapping[str, str] = field(default_factory=dict)
    """Statements on the playbook's own tables, by name; see `queries.sql` in its folder."""
    idle: timedelta | None = None
    """Silence after which a session is abandoned, where that is to be sooner than in general."""
    manners: Manners = field(default_factory=Manners)
    """What is said on the telephone whatever the call is about."""

    def tool(self, name: str) -> BusinessTool | None:
        """Look a tool up by its contract name."""
        return next((tool for tool in self.tools if tool.name == name), None)

    def role_of(self, speaker: str) -> Role | None:
        """Say which side a speaker name means (case-insensitive); None for a stranger."""
        folded = speaker.strip().casefold()
        if folded == self.caller.casefold():
            return Role.CALLER
        return Role.AGENT if folded == self.agent.casefold() else None

    def prompt(self, name: str, version: int | None = None) -> Prompt:
        """The newest version of a prompt, or the one asked for; KeyError when there is none."""
        for prompt in self.prompts[name]:
            if version in (None, prompt.version):
                return prompt
        raise KeyError(f"{name}@{version}")

    @property
    def prompt_versions(self) -> list[int]:
        """Every version that a prompt has, in ascending order."""
        return sorted({prompt.version for prompts in self.prompts.values() for prompt in prompts})

    def with_prompts(self, version: int | None) -> "Playbook":
        """This playbook with the prompts of a version before the newest, where it has them."""
        if version is None:
            return self
        chosen = {
            name: (*(each for each in prompts if each.version == version), *prompts)
            for name, prompts in self.prompts.items()
        }
        return replace(self, prompts=chosen)

    def new_dataset(self, profile: Mapping[str, Any], *, now: float) -> Dataset:
        """Start a dataset (plain JSON values) from a customer profile; `now` in epoch seconds."""
        return self.dataset.model_validate({**profile, "created_at": now, "updated_at": now}).model_dump(mode="json")
