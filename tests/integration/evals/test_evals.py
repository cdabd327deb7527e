"""An evaluation from rows to report: the built-in engine on its thresholds, a model, an account, and no account."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from langsmith import Client
from typer.testing import CliRunner

from bootstrap.settings import Settings, load_settings
from cli.main import app
from evals.datasets import Dataset, Threshold, load_datasets
from evals.duty import Duty
from evals.engine import playbooks_of
from evals.examples import upload_examples
from evals.reporting.report import Report
from evals.run import run_evals
from playbooks.loader import load_playbooks
from tests.architecture.source import ROOT
from tests.e2e.process import environment, run_parley
from tests.loopback_gemini import open_loopback_gemini
from tests.loopback_langsmith import KEY, open_loopback_langsmith

BUILTIN = load_settings(model="builtin")
CUSTOM = load_playbooks()["custom"]
TURNS = (Duty.CLEAN, Duty.DECIDE, Duty.CONSENT)
KEPT_OR_MISSED = (0, 1)
"""The exit of an evaluation, whatever its thresholds say."""
FEWEST = 60
"""Rows of lumen, a duty."""


def _consents() -> list[Dataset]:
    return load_datasets((Duty.CONSENT,))


def _run(settings: Settings, datasets: Sequence[Dataset]) -> list[Report]:
    return run_evals(settings, datasets, playbooks_of(datasets, None))


def test_the_built_in_engine_keeps_every_threshold_on_enough_rows() -> None:
    reports = _run(BUILTIN, load_datasets(TURNS))
    missed = [
        f"{report.playbook} {report.duty}: {score.name} is {score.value}"
        for report in reports
        for score in report.scores
        if not score.passed
    ]
    assert missed == []
    assert {report.duty for report in reports if report.playbook == "lumen" and report.rows >= FEWEST} == set(TURNS)
    assert {(report.engine, report.prompt) for report in reports} == {("builtin", "rules")}


def test_the_built_in_engine_answers_the_same_each_time() -> None:
    some = [replace(dataset, rows=dataset.rows[::5]) for dataset in load_datasets(TURNS)]
    first, again = ([report.as_json() for report in _run(BUILTIN, some)] for _ in range(2))
    assert first == again


async def test_a_model_is_asked_for_each_row_and_not_held_to_thresholds() -> None:
    async with open_loopback_gemini() as (base_url, _):
        settings = load_settings(
            model="google_genai:gemini-3.5-flash-lite", PARLEY_API_KEY="x", PARLEY_MODEL_BASE_URL=base_url
        )
        reports = await asyncio.to_thread(_run, settings, load_datasets((Duty.CLEAN, Duty.DECIDE), "custom"))
    clean, decide = reports
    assert (clean.prompt, decide.prompt) == ("clean@2", "decide@2")
    scores = {score.name: score.value for score in (*decide.scores, *clean.scores)}
    assert scores["answered"] == 1
    assert scores["call_f1"] == 0
    assert scores["wer"] == scores["wer_before"]
    assert clean.passed
    assert decide.passed


async def test_two_engines_stand_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_loopback_gemini() as (base_url, _):
        monkeypatch.setenv("PARLEY_API_KEY", "x")
        monkeypatch.setenv("PARLEY_MODEL_BASE_URL", base_url)
        models = ["--compare", "builtin", "google_genai:gemini-3.5-flash-lite"]
        arguments = ["evals", *models, "--duty", "decide", "--playbook", "custom", "--local", "--report", str(tmp_path)]
        result = await asyncio.to_thread(CliRunner().invoke, app, arguments)
    assert "difference" in result.output, result.exception
    sheets = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    (sheet,) = sheets
    assert [engine["engine"] for engine in sheet["engines"]] == models[1:]
    told = sheet["intervals"]["call_f1"]
    assert told["decided"]
    assert told["difference"][1] < 0
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "google_genai:gemini-3.5-flash-lite" in page
    assert sheet["engines"][1]["wrong"][0]["about"] in page


def test_the_command_says_what_went_wrong_and_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    dataset = _consents()[0]
    strict = replace(dataset, thresholds={"right": Threshold(least=1.1)})
    monkeypatch.setattr("evals.datasets.load_datasets", lambda duties, playbook: [strict])
    written = tmp_path / "scores.json"
    arguments = ["evals", "--model", "builtin", "--duty", "consent", "--local", "--json", str(written)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1
    assert "at least 1.1" in result.output
    assert "missed" in result.output
    (report,) = json.loads(written.read_text(encoding="utf-8"))
    assert report["rows"] == len(dataset.rows)
    assert report["scores"]["right"]["passed"] is False


def _watched(variables: Mapping[str, str], *arguments: str) -> list[str]:
    """Run the command in a process of its own and return every address that it reached for."""
    command = [sys.executable, "-m", "tests.integration.evals.watched", "--model", "builtin", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(variables), capture_output=True, text=True, timeout=280, check=False
    )
    assert done.returncode in KEPT_OR_MISSED, done.stdout + done.stderr
    addresses: list[str] = json.loads(done.stdout.splitlines()[-1])
    return addresses


def test_with_a_key_rows_and_scores_are_uploaded() -> None:
    with open_loopback_langsmith() as account:
        assert set(_watched(account.environment, "--duty", "consent")) == {"127.0.0.1"}
    datasets, experiments = _consents(), account.documents("/sessions")
    assert [kept["name"] for kept in account.datasets] == [dataset.name for dataset in datasets]
    for dataset, experiment in zip(datasets, experiments, strict=True):
        assert experiment["name"].startswith(f"{dataset.name}-builtin")
        assert experiment["extra"]["metadata"]["prompt"] == "rules"
    rows = {example["id"] for example in account.examples()}
    assert len(rows) == sum(len(dataset.rows) for dataset in datasets)
    assert {run["reference_example_id"] for run in account.runs() if run["name"] == "consent"} == rows
    assert {score["key"] for score in account.documents("/feedback")} == {"false_grant", "missed", "right"}


def test_rows_that_an_account_has_are_not_sent_again() -> None:
    dataset = replace(_consents()[0], rows=_consents()[0].rows[:9])
    with open_loopback_langsmith() as account:
        client = Client(account.url, api_key=KEY, tracing_sampling_rate=0.0)
        first = upload_examples(client, replace(dataset, rows=dataset.rows[1:]))
        again = upload_examples(client, dataset)
        client.close()
    assert [example["id"] for example in account.examples()] == [str(each.id) for each in (*first, again[0])]
    assert len(account.datasets) == 1


def test_an_account_that_refuses_is_one_sentence() -> None:
    with open_loopback_langsmith() as account:
        account.status = 401
        consent = ("--duty", "consent", "--playbook", "hospital")
        refused = run_parley("evals", "--model", "builtin", *consent, settings=account.environment)
    assert refused.returncode == 1
    assert "LangSmith did not take the results" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert KEY not in refused.stderr


def test_a_key_and_the_word_local_upload_nothing() -> None:
    with open_loopback_langsmith() as account:
        _watched(account.environment, "--duty", "decide", "--playbook", "custom", "--local")
    assert account.sent == []
