"""`parley evals --data`: a table per set, its figures and answers as files, and the exit status."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from domain.errors import ConfigError

TEXT = "A table for 6 tomorrow at 7:30 pm"
SLOTS = [["date", "tomorrow"], ["time", "7:30 pm"], ["people", "6"]]


def asked(folder: Path, slots: list[list[str]], *more: str) -> Result:
    row: dict[str, Any] = {"id": "made", "text": TEXT, "requested": [], "slots": slots}
    (folder / "booking_slots_r8k.jsonl").write_text(json.dumps(row))
    return CliRunner().invoke(app, ["evals", "--data", str(folder), *more])


def test_a_passed_bar_is_status_0(tmp_path: Path) -> None:
    result = asked(tmp_path, SLOTS, "--duty", "decide", "--limit", "1")
    assert result.exit_code == 0
    assert "booking_slots_r8k   1 rows" in result.stdout
    assert "ok  slot F1: 1 (at least 0.85)" in result.stdout


def test_a_missed_bar_is_status_1(tmp_path: Path) -> None:
    result = asked(tmp_path, [["people", "9"]])
    assert result.exit_code == 1
    assert "missed  slot F1: 0 (at least 0.85)" in result.stdout


def test_figures_and_answers_are_written(tmp_path: Path) -> None:
    figures, answers = tmp_path / "figures.json", tmp_path / "answers"
    asked(tmp_path, SLOTS, "--json", str(figures), "--answers", str(answers))
    (read,) = json.loads(figures.read_text())
    assert read["lines"]["ALL"] == {"n": 3, "P": 1.0, "R": 1.0, "F1": 1.0}
    assert read["bars"] == [{"name": "slot F1", "value": 1.0, "threshold": {"least": 0.85}, "passed": True}]
    (line,) = (answers / "booking_slots_r8k.jsonl").read_text().splitlines()
    assert sorted(json.loads(line)["slots"]) == sorted(SLOTS)


def test_a_folder_without_sets_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["evals", "--data", str(tmp_path)])
    assert isinstance(result.exception, ConfigError)
    assert str(tmp_path) in result.exception.message


@pytest.mark.parametrize("wrong", [("--limit", "0"), ("--half", "third"), ("--model", "builtin"), ("--playbook", "x")])
def test_an_option_out_of_range_is_refused(tmp_path: Path, wrong: tuple[str, str]) -> None:
    assert asked(tmp_path, SLOTS, *wrong).exit_code == 2


@pytest.mark.parametrize("alone", [("--limit", "5"), ("--half", "odd"), ("--answers", "x"), ("--duty", "anchors")])
def test_what_chooses_among_public_sets_asks_for_their_folder(alone: tuple[str, str]) -> None:
    result = CliRunner().invoke(app, ["evals", *alone])
    assert result.exit_code == 2
    assert "--data" in result.stderr


@pytest.mark.parametrize("option", ["--report", "--json", "--answers"])
def test_where_nothing_can_be_written_nothing_is_done(tmp_path: Path, option: str) -> None:
    (tmp_path / "file").touch()
    more = ["--data", str(tmp_path)] if option == "--answers" else ["--duty", "consent"]
    result = CliRunner().invoke(app, ["evals", *more, option, str(tmp_path / "file" / "there")])
    assert result.exit_code == 2
    assert option in result.stderr
