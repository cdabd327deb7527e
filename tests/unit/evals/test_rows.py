"""Rows and thresholds: what is read, and what is refused with its place."""

from collections import Counter
from pathlib import Path

import pytest

from domain.errors import ConfigError
from evals.calls.rows import CallRow
from evals.datasets import Dataset, load_datasets
from evals.duty import Duty
from evals.evaluators import EVALUATORS
from evals.rows import DecideRow
from playbooks.loader import load_playbooks

DATASETS = load_datasets()
NAMES = [dataset.name for dataset in DATASETS]
ROW = '{"tool": "t", "question": "Shall I?", "answer": "yes", "expected": "granted"}'


@pytest.mark.parametrize("dataset", DATASETS, ids=NAMES)
def test_rows_belong_to_a_playbook_and_each_is_there_once(dataset: Dataset) -> None:
    assert dataset.playbook in load_playbooks()
    told = Counter(row.model_dump_json(exclude={"about"}) for row in dataset.rows)
    assert [row for row, times in told.items() if times > 1] == []
    assert all(row.about for row in dataset.rows)


@pytest.mark.parametrize("dataset", DATASETS, ids=NAMES)
def test_every_judged_score_has_a_threshold(dataset: Dataset) -> None:
    judged = {metric.name for metric in EVALUATORS[dataset.duty].metrics if metric.best is not None}
    assert dataset.thresholds.keys() == judged - _undue(dataset)


def _undue(dataset: Dataset) -> set[str]:
    """Scores that no row of a dataset has anything to say to."""
    calls = [row for row in dataset.rows if isinstance(row, CallRow)]
    named = {"acts", "consents"} if calls and dataset.duty is Duty.CALLS else set()
    return {name for name in named if not any(getattr(row.expected, name) for row in calls)}


def test_due_calls_are_calls_the_playbook_can_make() -> None:
    for dataset in DATASETS:
        tools = {tool.name: tool for tool in load_playbooks()[dataset.playbook].tools}
        for row in dataset.rows:
            for name, arguments in row.expected if isinstance(row, DecideRow) else ():
                asked = tools[name].parameters
                assert set(asked.get("required", ())) <= arguments.keys() <= asked["properties"].keys()


def _write(folder: Path, rows: str, thresholds: str = "") -> Path:
    home = folder / "lumen"
    home.mkdir()
    (home / "consent.jsonl").write_text(rows)
    (home / "thresholds.toml").write_text(thresholds)
    return folder


def test_a_dataset_is_a_file(tmp_path: Path) -> None:
    (dataset,) = load_datasets(folder=_write(tmp_path, ROW, "[consent]\nright = { least = 0.5 }"))
    assert (dataset.name, dataset.duty, len(dataset.rows)) == ("parley-lumen-consent", Duty.CONSENT, 1)
    assert [dataset.thresholds["right"].allows(value) for value in (0.4, 0.5, 1.0)] == [False, True, True]


@pytest.mark.parametrize(
    ("rows", "thresholds", "place"),
    [
        (f"{ROW}\n{ROW[:-1]}, \"note\": 1}}", "", "consent.jsonl:2: note"),
        ("{", "", "consent.jsonl:1"),
        ("", "", "consent.jsonl holds no rows"),
        (ROW, "[consent]\nright = { lest = 1 }", "thresholds.toml: lest"),
        (ROW, "[consent", "thresholds.toml"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named_with_its_place(tmp_path: Path, rows: str, thresholds: str, place: str) -> None:
    with pytest.raises(ConfigError, match=place.replace(".", r"\.")):
        load_datasets(folder=_write(tmp_path, rows, thresholds))
