"""Custom: an agent that speaks from day one. Its call context says who it is and, in the notes, what it is for."""

from pathlib import Path

from domain.conversation import CallContext
from domain.playbook import Playbook
from playbooks.custom.analyst import analyst
from playbooks.custom.dataset import CustomDataset
from playbooks.custom.replier import replier
from playbooks.custom.tools import build_tools
from playbooks.prompts import load_prompts

PLAYBOOK = Playbook(
    name="custom",
    title="Custom: an agent described by its call context",
    caller="Caller",
    agent="Agent",
    dataset=CustomDataset,
    tools=build_tools(),
    context=CallContext(),
    prompts=load_prompts(Path(__file__).parent / "prompts"),
    analyst=analyst,
    profile_fields=frozenset({"caller_name", "callback_number"}),
    replies=True,
    replier=replier,
)
