"""Lumen: a voice assistant talks with a prospect; every turn is cleaned, mined for facts and shown live."""

from pathlib import Path

from domain.conversation import CallContext
from domain.playbook import Playbook
from playbooks.lumen.dataset import DEMO_PROFILE, LumenDataset
from playbooks.lumen.rules.analyst import analyst
from playbooks.lumen.rules.person import titles_held
from playbooks.lumen.tools import build_tools
from playbooks.prompts import load_prompts

_CONTEXT = CallContext(
    business="Quick Fit Windows",
    agent="Lumen (AI sales assistant)",
    key_terms=("leads", "PPC", "Response-Eye-Q", "lead generation", "conversions"),
    products=("window installations", "home improvement"),
)

PLAYBOOK = Playbook(
    name="lumen",
    title="Lumen: live sales discovery calls",
    caller="User",
    agent="Lumen",
    dataset=LumenDataset,
    tools=build_tools(),
    context=_CONTEXT,
    prompts=load_prompts(Path(__file__).parent / "prompts"),
    analyst=analyst,
    derive=titles_held,
    hint_phrases=(
        *_CONTEXT.terms,
        "website visitors",
        "inbound calls",
        "form submissions",
        "Checkatrade",
        "Google",
        "demo",
    ),
    demo_profile=DEMO_PROFILE,
    profile_fields=frozenset({*DEMO_PROFILE, "business_insights"}),
)
