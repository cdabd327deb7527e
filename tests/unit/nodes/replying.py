"""A clinic that speaks, a turn of its caller, and what is said to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from langgraph.runtime import Runtime

from domain.conversation import CallContext
from domain.playbook import Conversation, Playbook
from domain.tool_call import Outcome, PlannedCall
from nodes.reply import Reply
from nodes.state import RunContext, TurnState
from playbooks.loader import load_playbooks
from ports.chat_model import ChatModel
from ports.store import TurnStore
from tests.unit.nodes.asking import KeptAnswers
from tools.catalogue import CatalogueDataset, build_catalogue

CONTEXT = CallContext(
    business="Hill Clinic",
    agent="Nora",
    products=("dentist", "physiotherapy"),
    notes="Open from 8 to 18. Dr. Rao is in.",
)
BUILT_IN = "I am sorry, I have no answer to that."
VISIT = {"day": "2026-05-05", "starts": "09:30:00", "purpose": "check-up", "minutes": 60}
BOOKED = {"success": True, "appointment": {"starts_at": "2026-05-05T09:30:00+01:00"}}


def replier(conversation: Conversation) -> str | None:
    """Say the same, and nothing to nothing."""
    return BUILT_IN if conversation.cleaned else None


CLINIC: Playbook = replace(
    load_playbooks()["custom"],
    name="clinic",
    dataset=CatalogueDataset,
    tools=tuple(build_catalogue().values()),
    context=CONTEXT,
    replier=replier,
)


def outcome(name: str, status: str, arguments: Mapping[str, Any], result: Mapping[str, Any] | None = None) -> Outcome:
    """What became of a call of this turn."""
    call = PlannedCall(id=name, seq=3, ordinal=0, name=name, arguments=dict(arguments), evidence="")
    return Outcome(call=call, status=status, result={"success": status == "done", **(result or {})}, change=[])


def booked() -> Outcome:
    """A booking that was made."""
    return outcome("schedule_appointment", "done", VISIT, BOOKED)


def held() -> Outcome:
    """A booking that waits for the caller's yes."""
    return outcome("schedule_appointment", "held", VISIT, {"consent_id": "c"})


def turn_state(words: str, *outcomes: Outcome, **more: Any) -> TurnState:
    """A caller's turn, as `update_dataset` leaves it."""
    state = {
        "session": {
            "tenant_id": "demo",
            "session_id": "s",
            "playbook": "clinic",
            "call_context": CONTEXT.model_dump(mode="json"),
        },
        "turn": {"seq": 3, "turn_id": "three", "at": 0.0},
        "raw_text": words,
        "cleaned_text": words,
        "window": [{"seq": 1, "role": "caller", "speaker": "Caller", "text": "hello", "reply": "How can I help?"}],
        "dataset": CLINIC.new_dataset({}, now=0.0),
        "recorded": list(outcomes),
        "answers": {},
    }
    return cast(TurnState, state | more)


@dataclass
class Ear:
    """What leaves the node, as it leaves."""

    heard: list[dict[str, Any]] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        """The texts, in order; their numbers count from 0."""
        assert [item["sentence"] for item in self.heard] == list(range(len(self.heard)))
        return [item["text"] for item in self.heard]

    @property
    def runtime(self) -> Runtime[RunContext]:
        """A run that is listened to."""
        return Runtime(context=RunContext(), stream_writer=self.heard.append)


@dataclass
class Replied:
    """What came of a turn."""

    sentences: Sequence[str]
    degraded: list[str]
    served: dict[str, Any]


async def reply(
    model: ChatModel | None, state: TurnState, store: KeptAnswers | None = None, playbook: Playbook = CLINIC
) -> Replied:
    """Have the turn replied to; what is returned is what was heard."""
    ear, turns = Ear(), cast(TurnStore, store or KeptAnswers())
    update = await Reply(model, turns, {"clinic": playbook})(state, ear.runtime)
    assert update["reply"] == (" ".join(ear.sentences) or None)
    return Replied(ear.sentences, update["degraded"], update["served"])
