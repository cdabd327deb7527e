"""What two runs of a turn made of the same words, laid side by side."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sessions.replaying.difference import calls_differ

CALLS = st.lists(
    st.fixed_dictionaries(
        {
            "function_name": st.sampled_from(["log_metric", "end_call", "take_note"]),
            "parameters": st.dictionaries(st.sampled_from("ab"), st.integers(0, 2)),
            "status": st.sampled_from(["done", "held"]),
        }
    ),
    max_size=6,
)


def call(name: str, status: str = "done", **parameters: Any) -> dict[str, Any]:
    return {"function_name": name, "parameters": parameters, "status": status}


def test_calls_are_added_missing_or_changed() -> None:
    recorded = [call("log_metric", value="500"), call("end_call"), call("take_note", note="x")]
    replayed = [call("take_note", note="x"), call("log_metric", value="5"), call("transfer")]
    assert calls_differ(recorded, replayed) == {
        "added": [call("transfer")],
        "missing": [call("end_call")],
        "changed": [{"recorded": call("log_metric", value="500"), "replayed": call("log_metric", value="5")}],
    }


def test_another_status_is_a_change() -> None:
    differ = calls_differ([call("demo", "held")], [call("demo", "done")])
    assert differ is not None
    assert [pair["replayed"]["status"] for pair in differ["changed"]] == ["done"]


def test_two_equal_calls_are_not_one() -> None:
    assert calls_differ([call("a"), call("a")], [call("a")]) == {"added": [], "missing": [call("a")], "changed": []}


@given(recorded=CALLS, replayed=CALLS)
def test_what_is_named_leads_from_one_to_the_other(recorded: list[Any], replayed: list[Any]) -> None:
    differ = calls_differ(recorded, replayed)
    if differ is None:
        assert _sorted(recorded) == _sorted(replayed)
        return
    gone = [*differ["missing"], *(pair["recorded"] for pair in differ["changed"])]
    come = [*differ["added"], *(pair["replayed"] for pair in differ["changed"])]
    assert _sorted([*recorded, *come]) == _sorted([*replayed, *gone])
    names = {each["function_name"] for each in differ["missing"]} & {each["function_name"] for each in differ["added"]}
    assert names == set()


@given(calls=CALLS, order=st.randoms())
def test_order_is_of_no_matter(calls: list[Any], order: Any) -> None:
    shuffled = list(calls)
    order.shuffle(shuffled)
    assert calls_differ(calls, shuffled) is None


def _sorted(calls: list[Any]) -> list[Any]:
    return sorted((each["function_name"], each["status"], sorted(each["parameters"].items())) for each in calls)
