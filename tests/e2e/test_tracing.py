"""LangSmith's own variables turn tracing on: a turn's runs arrive under the names of its nodes. Else silence."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx

from tests.e2e.conftest import serve
from tests.e2e.process import ServeProcess
from tests.loopback_langsmith import LoopbackLangSmith, open_loopback_langsmith

FACT = {"speaker": "User", "raw_text": "we get about five hundred visitors a month", "turn_id": "1"}
RUNS = {"turn", "receive", "clean", "decide_tools", "execute_tools", "log_metric", "update_dataset", "notify"}


@contextmanager
def _served(settings: Mapping[str, str]) -> Iterator[ServeProcess]:
    running = serve(**settings)
    yield next(running)
    assert next(running, None) is None


def _take_turn(server: ServeProcess) -> None:
    with httpx.Client(base_url=server.url, timeout=120) as client:
        session_id = client.post("/sessions", json={"playbook": "lumen"}).json()["session_id"]
        result = client.post(f"/sessions/{session_id}/turns", json=FACT).json()
    assert [call["function_name"] for call in result["function_calls"]] == ["log_metric"]


def _names(langsmith: LoopbackLangSmith) -> set[str]:
    return {str(run["name"]) for run in langsmith.runs()}


def test_a_turn_is_traced_node_by_node() -> None:
    with open_loopback_langsmith() as langsmith, _served(langsmith.environment) as server:
        _take_turn(server)
        assert langsmith.wait_until(lambda: _names(langsmith) >= RUNS), _names(langsmith)
        traces = {run["trace_id"] for run in langsmith.runs() if run["name"] in RUNS}
        assert len(traces) == 1


def test_without_the_variables_nothing_is_sent() -> None:
    with open_loopback_langsmith() as langsmith:
        with _served({"LANGSMITH_ENDPOINT": langsmith.url}) as server:
            _take_turn(server)
            assert server.stop() == 0
        assert langsmith.sent == []
