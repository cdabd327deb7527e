"""Folding changes into a dataset: nothing is lost, nothing counts twice, and the old dataset stays as it was."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dataset import Change, Dataset, append, fold, set_once, set_value, texts_in, union

THEN, NOW = 1.0, 2.0
WORDS = st.text(max_size=5)
CHANGES = st.lists(
    st.one_of(
        st.builds(set_value, st.sampled_from(["/name", "/deep/name"]), WORDS),
        st.builds(set_once, st.just("/ended"), WORDS),
        st.builds(
            append, st.just("/facts"), st.fixed_dictionaries({"kind": WORDS, "said": WORDS}), st.just(["kind", "said"])
        ),
        st.builds(union, st.just("/channels"), st.lists(WORDS, max_size=3)),
    ),
    max_size=6,
)


def fresh() -> Dataset:
    return {"name": None, "deep": {}, "ended": None, "facts": [], "channels": [], "updated_at": THEN}


@given(CHANGES)
def test_the_same_change_again_changes_nothing_but_a_value_set_back_and_forth(change: Change) -> None:
    last_of_each = list({operation["path"]: operation for operation in change if operation["op"] == "set"}.values())
    change = [operation for operation in change if operation["op"] != "set"] + last_of_each
    once, _ = fold(fresh(), change, now=NOW)
    twice, changed = fold(once, change, now=NOW + 1)
    assert not changed
    assert twice == once


@given(CHANGES)
def test_the_dataset_before_is_not_touched_and_the_clock_moves_only_with_a_value(change: Change) -> None:
    before = fresh()
    after, changed = fold(before, change, now=NOW)
    assert before == fresh()
    assert after["updated_at"] == (NOW if changed else THEN)
    assert (after | {"updated_at": THEN} != before) is changed or any(item["op"] == "set" for item in change)


@pytest.mark.parametrize(
    ("change", "path", "value"),
    [
        (set_value("/deep/a~1b", "x"), "deep", {"a/b": "x"}),
        (set_value("/name", "Scott"), "name", "Scott"),
        (set_once("/ended", "bye"), "ended", "bye"),
        (append("/facts", {"kind": "GOAL", "said": "leads"}, ("kind",)), "facts", [{"kind": "GOAL", "said": "leads"}]),
        (union("/channels", ["PPC", "ppc ", "SEO"]), "channels", ["PPC", "SEO"]),
        (append("/new", {"a": 1}, ("a",)), "new", [{"a": 1}]),
    ],
)
def test_a_change_writes_its_value(change: dict[str, Any], path: str, value: Any) -> None:
    after, changed = fold(fresh(), [change], now=NOW)
    assert changed
    assert after[path] == value


@pytest.mark.parametrize(
    "known",
    [
        set_value("/name", "Scott  Smith"),
        set_once("/ended", "again"),
        append("/facts", {"kind": "GOAL", "said": "other words"}, ("kind",)),
        union("/channels", ["ppc"]),
    ],
)
def test_what_is_known_is_not_written_again(known: dict[str, Any]) -> None:
    before = fresh() | {"name": "Scott Smith", "ended": "bye", "channels": ["PPC"]}
    before["facts"] = [{"kind": "GOAL", "said": "leads"}]
    after, changed = fold(deepcopy(before), [known], now=NOW)
    assert not changed
    assert after == before


def test_an_operation_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(ValueError, match="remove"):
        fold(fresh(), [{"op": "remove", "path": "/name", "value": None}], now=NOW)


def test_texts_are_found_at_any_depth() -> None:
    assert list(texts_in({"a": "one", "b": [{"c": "two"}, 3, None, ["three"]]})) == ["one", "two", "three"]
