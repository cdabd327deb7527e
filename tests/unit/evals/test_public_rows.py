"""Rows of a public set: where they are found, which half they are in, and what is refused with its place."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ConfigError
from evals.duty import Duty
from evals.public.registry import SETS, load_sets, run_public
from evals.public.rows import FIELDS, Half, half_of, load_rows
from evals.public.scored import PublicSet

ROWS = [{"id": f"made-{number}"} for number in range(40)]


def write(folder: Path, name: str, rows: Sequence[dict[str, Any]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return folder


def test_a_set_is_found_in_the_folder_or_in_dev(tmp_path: Path) -> None:
    write(tmp_path, "one", ROWS)
    write(tmp_path / "dev", "two", ROWS[:3])
    assert load_rows(tmp_path, "one") == ROWS
    assert load_rows(tmp_path, "two") == ROWS[:3]
    assert load_rows(tmp_path, "three") is None


def test_a_limit_takes_the_first_rows(tmp_path: Path) -> None:
    assert load_rows(write(tmp_path, "one", ROWS), "one", limit=5) == ROWS[:5]


def test_the_halves_are_all_rows_and_no_row_twice(tmp_path: Path) -> None:
    write(tmp_path, "one", ROWS)
    even, odd = (load_rows(tmp_path, "one", half=half) or [] for half in Half)
    assert even
    assert odd
    assert sorted(row["id"] for row in (*even, *odd)) == sorted(row["id"] for row in ROWS)


@given(st.text(min_size=1), st.integers())
def test_the_tries_of_one_caller_are_in_one_half(dialogue: str, attempt: int) -> None:
    first = half_of({"id": "a", "dialogue": dialogue})
    assert first is half_of({"id": f"a{attempt}", "dialogue": dialogue})


@pytest.mark.parametrize("line", ["{", '["a row"]', '{"text": "no id"}', '{"id": 7}'])
def test_a_line_that_is_no_row_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "one.jsonl").write_text(f'{{"id": "fine"}}\n{line}\n')
    with pytest.raises(ConfigError, match=r"one\.jsonl:2"):
        load_rows(tmp_path, "one")


@pytest.mark.parametrize("public", SETS, ids=[public.name for public in SETS])
def test_a_row_that_lacks_what_its_set_is_made_of_is_named(tmp_path: Path, public: PublicSet) -> None:
    write(tmp_path, public.file, [{"id": "bare"}])
    with pytest.raises(ConfigError, match=rf"{public.file}\.jsonl:1: the row lacks {min(FIELDS[public.file])}"):
        load_sets(tmp_path, (public.duty,))


def test_a_line_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_bytes(b'{"id": "fine"}\n{"id": "caf\xe9"}\n')
    with pytest.raises(ConfigError, match=r"one\.jsonl:2: no JSON"):
        load_rows(tmp_path, "one")


def test_only_the_sets_that_are_there_are_done_and_each_row_advances(tmp_path: Path) -> None:
    row = {"id": "made-1", "text": "A table for 4 please", "requested": [], "slots": [["people", "4"]]}
    write(tmp_path, "booking_slots_r8k", [row])
    assert load_sets(tmp_path, (Duty.CONSENT,)) == []
    (loaded,) = load_sets(tmp_path, tuple(Duty))
    done: list[None] = []
    report = run_public(loaded, lambda: done.append(None))
    assert (report.rows, len(done), report.passed) == (1, 1, True)


def test_every_set_has_a_name_of_its_own() -> None:
    assert len({public.name for public in SETS}) == len(SETS)
