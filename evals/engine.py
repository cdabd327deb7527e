"""Who is evaluated: a model (or the rules) with the prompts of a version, on single turns and in whole calls."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from bootstrap.chat import open_chat_model
from bootstrap.sandbox import open_sandbox
from bootstrap.settings import Settings
from domain.errors import ConfigError
from domain.playbook import Playbook
from evals.calls.player import CallPlayer
from evals.datasets import Dataset
from evals.duty import Duty
from evals.targets import Target, Targets
from playbooks.loader import load_playbooks
from ports.chat_model import ChatModel
from sessions.replaying.replays import with_version
from sessions.service import Parley

RULES = "rules"
"""Stands for the prompt where nobody is asked."""
ASKED: Mapping[Duty, tuple[str, ...]] = {
    Duty.CLEAN: ("clean",),
    Duty.DECIDE: ("decide",),
    Duty.CALLS: ("clean", "decide", "reply"),
    Duty.REPLIES: ("clean", "decide", "reply"),
}
"""The prompts that a model is asked with; consent is judged by rule."""


@dataclass(frozen=True)
class Engine:
    """One engine, opened; `parley` is there where whole calls are to be played."""

    name: str
    playbooks: Mapping[str, Playbook]
    model: ChatModel | None
    parley: Parley | None
    _players: dict[str, CallPlayer] = field(default_factory=dict)

    def target(self, dataset: Dataset) -> Target:
        """The function that does the rows of a dataset."""
        playbook = self.playbooks[dataset.playbook]
        if self.parley is None or not dataset.duty.is_whole_call:
            return Targets(playbook, self.model).of(dataset.duty)
        return self._players.setdefault(playbook.name, CallPlayer(self.parley, playbook)).play

    def prompt(self, dataset: Dataset) -> str:
        """The versions of the prompts that the engine is asked with; `rules` where none is."""
        playbook = self.playbooks[dataset.playbook]
        asked = ASKED.get(dataset.duty, ()) if self.model is not None else ()
        return " ".join(playbook.prompt(name).label for name in asked if name in playbook.prompts) or RULES

    def metadata(self, dataset: Dataset) -> dict[str, str]:
        """What an experiment is told apart by."""
        return {"playbook": dataset.playbook, "model": self.name, "prompt": self.prompt(dataset)}


def playbooks_of(datasets: Iterable[Dataset], prompts: int | None) -> dict[str, Playbook]:
    """The playbooks of the datasets, with the prompts of a version (None: the newest).

    Raises:
        ConfigError: there is no such playbook.
        InvalidInput: a playbook has no prompt of this version.
    """
    known = load_playbooks()
    for dataset in datasets:
        if dataset.playbook not in known:
            raise ConfigError(f"there are rows for {dataset.playbook}, and no such playbook")
    return {dataset.playbook: with_version(known[dataset.playbook], prompts) for dataset in datasets}


@asynccontextmanager
async def open_engine(
    settings: Settings, playbooks: Mapping[str, Playbook], *, whole_calls: bool
) -> AsyncIterator[Engine]:
    """Open the engine that the settings choose, for single turns or for whole calls too.

    Raises:
        ConfigError: the model or the embedded database cannot be had.
    """
    async with AsyncExitStack() as stack:
        model = await stack.enter_async_context(open_chat_model(settings))
        parley = None
        if whole_calls:
            parley = await stack.enter_async_context(open_sandbox(settings, playbooks, model))
        yield Engine(settings.model_name, playbooks, model, parley)
