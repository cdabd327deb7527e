"""Running an evaluation with LangSmith: on this machine, and as an experiment of an account where there is a key."""

import asyncio
import io
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    closing,
    contextmanager,
    redirect_stderr,
    redirect_stdout,
)
from contextvars import copy_context
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from langsmith import Client, evaluate, traceable
from langsmith.schemas import Example
from langsmith.utils import LangSmithError, get_api_key

from bootstrap.settings import Settings
from domain.errors import ParleyError
from domain.playbook import Playbook
from evals.datasets import Dataset
from evals.engine import Engine, open_engine
from evals.evaluators import EVALUATORS
from evals.examples import examples_of, upload_examples
from evals.reporting.report import Case, Report, judge

Opened = TypeVar("Opened")

ROW_LIMIT = timedelta(seconds=60)
"""The longest that one row may take; engines have shorter time-outs of their own."""

NOWHERE = "http://127.0.0.1:9"
"""Where a client that is never to send anything would send it: loopback, the discard port."""


def has_account() -> bool:
    """True when LangSmith's own environment variables hold a key."""
    return get_api_key(None) is not None


def run_evals(
    settings: Settings,
    datasets: Sequence[Dataset],
    playbooks: Mapping[str, Playbook],
    *,
    upload: bool = False,
    advance: Callable[[Dataset], None] = lambda dataset: None,
) -> list[Report]:
    """Evaluate the engine that the settings choose, dataset by dataset; `advance` is told of each row done.

    `playbooks` are those of the datasets, with the prompts to be evaluated (see `playbooks_of`).

    Raises:
        ConfigError: a model that cannot be used.
        ParleyError: a row broke the engine instead of being answered, or LangSmith refused what was uploaded.
    """
    client = Client() if upload else _silent_client()
    opening = open_engine(settings, playbooks, whole_calls=any(dataset.duty.is_whole_call for dataset in datasets))
    with closing(client), asyncio.Runner() as runner, _held_open(runner, opening) as engine:
        experiments = [_Experiment(engine, dataset, runner, client, upload) for dataset in datasets]
        return [experiment.run(advance) for experiment in experiments]


def _silent_client() -> Client:
    """A client that asks the server nothing and sends it nothing."""
    info = {"instance_flags": {"zstd_compression_enabled": True}}
    return Client(api_url=NOWHERE, api_key="none", info=info, tracing_sampling_rate=0.0)


@contextmanager
def _held_open(runner: asyncio.Runner, opening: AbstractAsyncContextManager[Opened]) -> Iterator[Opened]:
    """Keep open, between the rows, what the event loop of the rows has opened."""
    stack = AsyncExitStack()
    try:
        yield runner.run(stack.enter_async_context(opening))
    finally:
        runner.run(stack.aclose())


@dataclass(frozen=True)
class _Experiment:
    """One dataset, done by one engine."""

    engine: Engine
    dataset: Dataset
    runner: asyncio.Runner
    client: Client
    upload: bool

    def run(self, advance: Callable[[Dataset], None]) -> Report:
        """Do every row and judge it."""
        do = self.engine.target(self.dataset)

        @traceable(name=self.dataset.duty)
        def target(inputs: dict[str, Any]) -> dict[str, Any]:
            work = asyncio.wait_for(do(inputs), ROW_LIMIT.total_seconds())
            outputs = self.runner.run(work, context=copy_context())  # what runs inside is traced as a part of the row
            advance(self.dataset)
            return outputs

        try:
            return judge(self.dataset, self.engine.name, self.engine.prompt(self.dataset), self._evaluated(target))
        except LangSmithError as error:
            reason = str(error).split(". ", 1)[0]  # what follows shows a part of the key
            raise ParleyError(f"LangSmith did not take the results (--local keeps them here): {reason}") from error

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
                experiment_prefix=f"{self.dataset.name}-{self.engine.name}",
                metadata=self.engine.metadata(self.dataset),
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
    about = (example.metadata or {})["about"]
    if run.error:
        raise ParleyError(f"the engine broke on {about!r}: {str(run.error).splitlines()[0]}")
    return Case(about, inputs, run.outputs, expected)
