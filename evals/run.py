"""Running an evaluation with LangSmith: on this machine, and as an experiment of an account where there is a key."""

import asyncio
import io
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, closing, contextmanager, redirect_stderr, redirect_stdout
from contextvars import copy_context
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from langsmith import Client, evaluate, traceable
from langsmith.schemas import Example
from langsmith.utils import LangSmithError, get_api_key

from bootstrap.chat import open_chat_model
from bootstrap.settings import Settings
from domain.errors import ConfigError, ParleyError
from domain.playbook import Playbook
from evals.datasets import Dataset, load_datasets
from evals.duty import Duty
from evals.evaluators import EVALUATORS
from evals.examples import examples_of, upload_examples
from evals.report import Case, Report, judge
from evals.targets import Targets
from playbooks.loader import load_playbooks
from ports.chat_model import ChatModel

ROW_LIMIT = timedelta(seconds=60)
"""The longest that one row may take; engines have shorter time-outs of their own."""

NOWHERE = "http://127.0.0.1:9"
"""Where a client that is never to send anything would send it: loopback, the discard port."""


def has_account() -> bool:
    """True when LangSmith's own environment variables hold a key."""
    return get_api_key(None) is not None


def run_evals(
    settings: Settings,
    duties: Sequence[Duty] = tuple(Duty),
    *,
    upload: bool = False,
    advance: Callable[[Dataset], None] = lambda dataset: None,
) -> list[Report]:
    """Evaluate the engine that the settings choose, dataset by dataset; `advance` is told of each row done.

    Raises:
        ConfigError: a dataset or model that cannot be used.
        ParleyError: a row broke the engine instead of being answered, or LangSmith refused what was uploaded.
    """
    client = Client() if upload else _silent_client()
    playbooks = load_playbooks()
    with closing(client), asyncio.Runner() as runner, _opened_model(runner, settings) as model:
        experiments = [
            _Experiment(settings.model_name, dataset, _playbook(playbooks, dataset), model, runner, client, upload)
            for dataset in load_datasets(duties)
        ]
        return [experiment.run(advance) for experiment in experiments]


def _silent_client() -> Client:
    """A client that asks the server nothing and sends it nothing."""
    info = {"instance_flags": {"zstd_compression_enabled": True}}
    return Client(api_url=NOWHERE, api_key="none", info=info, tracing_sampling_rate=0.0)


@contextmanager
def _opened_model(runner: asyncio.Runner, settings: Settings) -> Iterator[ChatModel | None]:
    stack = AsyncExitStack()
    try:
        yield runner.run(stack.enter_async_context(open_chat_model(settings)))
    finally:
        runner.run(stack.aclose())


def _playbook(playbooks: Mapping[str, Playbook], dataset: Dataset) -> Playbook:
    playbook = playbooks.get(dataset.playbook)
    if playbook is None:
        raise ConfigError(f"there are rows for {dataset.playbook}, and no such playbook")
    return playbook


@dataclass(frozen=True)
class _Experiment:
    """One dataset, done by one engine."""

    engine: str
    dataset: Dataset
    playbook: Playbook
    model: ChatModel | None
    runner: asyncio.Runner
    client: Client
    upload: bool

    def run(self, advance: Callable[[Dataset], None]) -> Report:
        """Do every row and judge it."""
        do = Targets(self.playbook, self.model).of(self.dataset.duty)

        @traceable(name=self.dataset.duty)
        def target(inputs: dict[str, Any]) -> dict[str, Any]:
            work = asyncio.wait_for(do(inputs), ROW_LIMIT.total_seconds())
            outputs = self.runner.run(work, context=copy_context())  # what runs inside is traced as a part of the row
            advance(self.dataset)
            return outputs

        try:
            return judge(self.dataset, self.engine, self.prompt, self._evaluated(target))
        except LangSmithError as error:
            reason = str(error).split(". ", 1)[0]  # what follows shows a part of the key
            raise ParleyError(f"LangSmith did not take the results (--local keeps them here): {reason}") from error

    @property
    def prompt(self) -> str:
        """The prompt version that the engine is asked with; `rules` where none is."""
        asked = self.model is not None and self.dataset.duty in self.playbook.prompts
        return self.playbook.prompt(self.dataset.duty).label if asked else "rules"

    def _evaluated(self, target: Callable[..., dict[str, Any]]) -> list[Case]:
        """Run LangSmith over the rows, without what it prints."""
        evaluator = EVALUATORS[self.dataset.duty]
        examples = upload_examples(self.client, self.dataset) if self.upload else examples_of(self.dataset)
        with _quiet():
            results = evaluate(
                target,
                data=examples,
                evaluators=[evaluator.row],
                summary_evaluators=[evaluator.summary],
                experiment_prefix=f"{self.dataset.name}-{self.engine}",
                metadata={"playbook": self.playbook.name, "model": self.engine, "prompt": self.prompt},
                client=self.client,
                upload_results=self.upload,
            )
            return [_case(row["run"], row["example"]) for row in results]


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep back what LangSmith prints while it works: names, bars, and that running without upload is new."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "'upload_results' parameter is in beta", UserWarning)
        yield


def _case(run: Any, example: Example) -> Case:
    inputs, expected = example.inputs or {}, (example.outputs or {})["expected"]
    if run.error:
        raise ParleyError(f"the engine broke on {inputs}: {str(run.error).splitlines()[0]}")
    return Case((example.metadata or {})["about"], inputs, run.outputs, expected)
