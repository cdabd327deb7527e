"""How much of a value is kept, and that it can be."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodes.storable import KEPT, Measure, storable

JSON = st.recursive(
    st.text() | st.integers() | st.floats() | st.booleans() | st.none(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_whatever_is_kept_can_be_stored_and_stays_the_same(value: Any) -> None:
    kept = storable(value)
    written = json.dumps(kept, allow_nan=False, ensure_ascii=False)
    assert "\\u0000" not in written
    written.encode()
    assert storable(kept) == kept


def test_a_value_is_cut_to_its_measure() -> None:
    deep: Any = "x"
    for _ in range(900):
        deep = {"deeper": [deep]}
    assert json.dumps(storable(deep)).count("deeper") == KEPT.levels / 2
    assert storable("x" * 30_000) == "x" * KEPT.letters
    assert storable({"a": list(range(9)), "b": 1, "c": 1}, Measure(letters=3, items=2, levels=2)) == {
        "a": [0, 1],
        "b": 1,
    }


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 10**400, -(2**63)])
def test_a_number_that_no_row_holds_is_none(number: float) -> None:
    assert storable({"n": number}) == {"n": None}
    assert storable([True, 0, -1.5, 2**63 - 1]) == [True, 0, -1.5, 2**63 - 1]
