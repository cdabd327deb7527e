"""The telephone call that `demo --voice` makes: what the caller says, in order."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from bootstrap.simulator import Said
from cli.demo.call_sheet import PLAYBOOKS
from domain.errors import ConfigError


@dataclass(frozen=True)
class PhoneCall:
    """A caller's side of a call; `words` are what each of the sounds says."""

    playbook: str
    called: str
    words: tuple[str, ...]
    said: tuple[Said, ...]


def load_phone_call(playbook: str) -> PhoneCall:
    """Read the telephone call of a playbook (ConfigError when it has none)."""
    found = sorted((PLAYBOOKS / playbook / "scenarios").glob("*/telephone.yaml"))
    if not found:
        speaking = sorted(path.parents[2].name for path in PLAYBOOKS.glob("*/scenarios/*/telephone.yaml"))
        raise ConfigError(f"There is no telephone call for {playbook!r}; there is one for: {', '.join(speaking)}.")
    script = yaml.safe_load(found[0].read_text(encoding="utf-8"))
    turns = script["turns"]
    return PhoneCall(
        script["playbook"],
        script["called"],
        tuple(turn["words"] for turn in turns),
        tuple(_said(found[0].parent / turn["audio"], turn.get("interrupts_after")) for turn in turns),
    )


def _said(sound: Path, interrupts_after: float | None) -> Said:
    return Said(sound.read_bytes(), interrupts_after)
