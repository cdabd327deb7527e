"""Whole calls through the service: the built-in engine on its thresholds, and what a broken one scores."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bootstrap.settings import load_settings
from cli.main import app
from domain.errors import ParleyError
from domain.playbook import Conversation
from domain.tool_call import ProposedCall
from evals.calls.player import CallPlayer
from evals.calls.rows import CallRow
from evals.datasets import Dataset, load_datasets
from evals.duty import Duty
from evals.engine import open_engine, playbooks_of
from evals.examples import examples_of
from evals.reporting.report import Report
from evals.run import run_evals
from playbooks.loader import load_playbooks
from tests.loopback_gemini import open_loopback_gemini

BUILTIN = load_settings(model="builtin")
CALLS = (Duty.CALLS, Duty.REPLIES)
PLAYBOOKS = load_playbooks()
FEWEST = {"lumen": 20, "hospital": 20, "custom": 10}
FEWEST_TURNS = 6


def _run(datasets: Sequence[Dataset]) -> list[Report]:
    return run_evals(BUILTIN, datasets, playbooks_of(datasets, None))


def _few(datasets: Sequence[Dataset]) -> list[Dataset]:
    """Of the whole calls three, of turns all."""
    return [replace(each, rows=each.rows[:3]) if each.duty.is_whole_call else each for each in datasets]


def _missed(reports: Sequence[Report]) -> list[str]:
    scores = ((report, score) for report in reports for score in report.scores)
    return [
        f"{report.playbook} {report.duty}: {each.name} is {each.value}" for report, each in scores if not each.passed
    ]


def test_the_built_in_engine_keeps_every_threshold() -> None:
    datasets = load_datasets(CALLS)
    for playbook, fewest in FEWEST.items():
        own = [dataset for dataset in datasets if dataset.playbook == playbook]
        assert {dataset.duty for dataset in own} == set(CALLS if PLAYBOOKS[playbook].replies else (Duty.CALLS,))
        assert min(len(dataset.rows) for dataset in own) >= fewest
    assert all(dataset.thresholds.keys() >= {"invented"} for dataset in datasets)
    assert _missed(_run(datasets)) == []


def test_a_call_is_long_enough_to_go_wrong() -> None:
    calls = [row for dataset in load_datasets((Duty.CALLS,)) for row in dataset.rows if isinstance(row, CallRow)]
    assert [row.about for row in calls if len(row.turns) < FEWEST_TURNS] == []


async def test_a_call_ends_the_same_each_time() -> None:
    (dataset,) = _few(load_datasets((Duty.CALLS,), "lumen"))
    async with open_engine(BUILTIN, playbooks_of([dataset], None), whole_calls=True) as engine:
        assert engine.parley
        players = [CallPlayer(engine.parley, PLAYBOOKS["lumen"]) for _ in range(2)]
        for call in examples_of(dataset):
            first, again = [await player.play(call.inputs or {}) for player in players]
            assert first == again


def test_a_broken_engine_misses_its_thresholds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def deaf(_: Conversation) -> Sequence[ProposedCall]:
        return ()

    def lying(_: Conversation) -> str:
        return "Done! Dr. Nobody is free at 7:45 PM."

    broken = {"custom": replace(PLAYBOOKS["custom"], analyst=deaf, replier=lying)}
    monkeypatch.setattr("evals.engine.load_playbooks", lambda: broken)
    monkeypatch.setattr("evals.datasets.load_datasets", lambda *which: _few(load_datasets(*which)))
    written = tmp_path / "scores.json"
    arguments = ["evals", "--model", "builtin", "--local", "--playbook", "custom", "--json", str(written)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1, result.output
    scores = {report["duty"]: report["scores"] for report in json.loads(written.read_text(encoding="utf-8"))}
    assert scores["calls"]["missing"]["value"] == 1
    assert not scores["calls"]["missing"]["passed"]
    for name in ("unbacked", "invented"):
        assert scores["replies"][name]["value"] > 0
        assert not scores["replies"][name]["passed"]
    assert scores["clean"]["wer"]["passed"]


async def test_two_versions_of_the_prompts_stand_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_loopback_gemini() as (base_url, _):
        monkeypatch.setenv("PARLEY_API_KEY", "x")
        monkeypatch.setenv("PARLEY_MODEL_BASE_URL", base_url)
        which = ["--model", "google_genai:gemini-3.5-flash-lite", "--playbook", "custom", "--duty", "decide"]
        arguments = ["evals", *which, "--local", "--prompts", "1", "2", "--report", str(tmp_path)]
        result = await asyncio.to_thread(CliRunner().invoke, app, arguments)
    assert result.exit_code == 0, result.output
    (sheet,) = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert [engine["prompt"] for engine in sheet["engines"]] == ["decide@1", "decide@2"]
    assert sheet["intervals"]["call_f1"]["difference"] == [0, 0]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--prompts 1 99 --model google_genai:gemini-3.5-flash-lite", "not 99"),
        ("--prompts 1 2 --model builtin", "asked with none"),
        ("--compare builtin nonsense", "it is 'nonsense'"),
        ("--playbook nonsense", "rows for custom, hospital, lumen"),
        ("--duty consent --playbook custom", "no rows for custom"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_before_the_first_row(options: str, told: str) -> None:
    result = CliRunner().invoke(app, ["evals", "--local", *options.split()])
    assert isinstance(result.exception, ParleyError)
    assert told in result.exception.message
    assert result.output == ""
