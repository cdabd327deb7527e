"""Finds the playbooks: every folder here that holds a `playbook.py` with a PLAYBOOK in it."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from domain.errors import ConfigError
from domain.playbook import Playbook
from ports.playbook_data import Migration

_PROMPTS = frozenset({"clean", "decide", "tools"})
_BROKEN = (ImportError, SyntaxError, NameError, AttributeError, TypeError, ValueError, LookupError, OSError)
"""What importing a playbook with a mistake in it raises."""


def load_playbooks(package: str = "playbooks") -> Mapping[str, Playbook]:
    """Load every playbook of a package, by name in alphabetical order.

    Raises:
        ConfigError: a playbook cannot be used; the message names its file and what is wrong.
    """
    roots = [Path(root) for root in import_module(package).__path__]
    files = sorted(file for root in roots for file in root.glob("*/playbook.py"))
    return {file.parent.name: _load_playbook(package, file) for file in files}


def load_migrations(package: str = "playbooks") -> list[Migration]:
    """Read the files that make the playbooks' own tables, in the order in which they are run."""
    roots = [Path(root) for root in import_module(package).__path__]
    files = sorted(file for root in roots for file in root.glob("*/migrations/*.sql"))
    return [Migration(file.parents[1].name, file.name, file.read_text(encoding="utf-8")) for file in files]


def _load_playbook(package: str, file: Path) -> Playbook:
    try:
        module = import_module(f"{package}.{file.parent.name}.playbook")
    except ConfigError:
        raise
    except _BROKEN as error:
        raise ConfigError(f"{file}: {type(error).__name__}: {error}") from error
    playbook = getattr(module, "PLAYBOOK", None)
    if not isinstance(playbook, Playbook):
        raise ConfigError(f"{file}: define PLAYBOOK = Playbook(...)")
    for fault in _faults(playbook, file.parent.name):
        raise ConfigError(f"{file}: {fault}")
    return playbook


def _faults(playbook: Playbook, folder: str) -> list[str]:
    names = [tool.name for tool in playbook.tools]
    faults = [f"missing prompt {name}.v1.md" for name in sorted(_PROMPTS - playbook.prompts.keys())]
    faults += [f"tool {name} is there twice" for name in sorted({name for name in names if names.count(name) > 1})]
    faults += [f"unknown profile field {name}" for name in sorted(_unknown_fields(playbook))]
    if playbook.name != folder:
        faults.append(f"PLAYBOOK.name is {playbook.name!r}, the folder is {folder!r}")
    if playbook.caller.casefold() == playbook.agent.casefold():
        faults.append("caller and agent have the same speaker name")
    return faults


def _unknown_fields(playbook: Playbook) -> set[str]:
    named = set(playbook.profile_fields) | set(playbook.demo_profile)
    return named - playbook.dataset.model_fields.keys()
