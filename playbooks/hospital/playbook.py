"""Hospital: the front desk that books appointments by telephone."""

from datetime import timedelta
from itertools import chain
from pathlib import Path

from domain.conversation import CallContext
from domain.manners import Manners
from domain.playbook import Playbook
from playbooks.hospital.analyst.turn import analyst
from playbooks.hospital.dataset import HospitalDataset
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.opening import greet, look_up
from playbooks.hospital.replying.replier import replier
from playbooks.hospital.tools import build_tools
from playbooks.hospital.wish.heard import derived
from playbooks.prompts import load_prompts, load_tool_descriptions
from playbooks.queries import load_queries

_PROMPTS = Path(__file__).parent / "prompts"
_NAMES = (*DIRECTORY.doctors, *DIRECTORY.departments)
_WORDS = ("appointment", "book", "cancel", "reschedule", "tomorrow", "morning", "afternoon", "evening", "o'clock")

PLAYBOOK = Playbook(
    name="hospital",
    title="Hospital: a front desk that books appointments",
    caller="Patient",
    agent="Reception",
    dataset=HospitalDataset,
    tools=build_tools(dict(load_tool_descriptions(_PROMPTS))),
    context=CallContext(business=DIRECTORY.name, agent="the front desk", key_terms=tuple(DIRECTORY.doctors)),
    prompts=load_prompts(_PROMPTS),
    analyst=analyst,
    hint_phrases=(*_NAMES, *_WORDS, *chain.from_iterable(each.also for each in DIRECTORY.departments.values())),
    profile_fields=frozenset({"customer"}),
    replies=True,
    replier=replier,
    derive=derived,
    local_time=DIRECTORY.now,
    opening=look_up,
    greeting=greet,
    queries=load_queries(__file__),
    idle=timedelta(minutes=30),
    manners=Manners(greeting_of="Hello, this is {business}. How can I help you?"),
)
