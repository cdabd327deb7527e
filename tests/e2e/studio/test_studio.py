"""`langgraph dev` on our langgraph.json: offline, without a key, on the same database."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from langgraph_sdk import get_client
from langgraph_sdk.client import LangGraphClient

from tests.e2e.process import environment, new_data_dir
from tests.unit.graph.test_turn import compiled

ROOT = Path(__file__).parents[3]
START_SECONDS = 90


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running development server."""
    folder = tmp_path_factory.mktemp("studio")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    data_dir = new_data_dir()
    variables = {"PARLEY_DATA_DIR": str(data_dir)}
    command = [sys.executable, "-m", "cli.main", "studio", "--port", str(port)]
    with (folder / "log").open("w+") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment(variables), stdout=log, stderr=subprocess.STDOUT)
        try:
            yield _ready(process, f"http://127.0.0.1:{port}", Path(log.name))
        finally:
            process.terminate()
            process.wait(30)
            shutil.rmtree(data_dir, ignore_errors=True)


def _ready(process: subprocess.Popen[bytes], address: str, log: Path) -> str:
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            if httpx.get(f"{address}/ok", timeout=2).is_success:
                return address
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError(log.read_text())


@pytest.fixture
async def client(studio: str) -> AsyncIterator[LangGraphClient]:
    """A client of the development server."""
    async with get_client(url=studio) as client:
        yield client


async def test_a_thread_runs_turns_and_shows_state_and_history(client: LangGraphClient) -> None:
    thread = (await client.threads.create())["thread_id"]
    said = [
        {"speaker": "Lumen", "raw_text": "How many website visitors do you get a month?"},
        {"speaker": "User", "raw_text": "um around five hundred"},
    ]
    for turn in said:
        result = await client.runs.wait(thread, "turn", input=turn)
    assert isinstance(result, dict)
    assert result["result"]["cleaned_text"] == "around five hundred"
    assert [call["function_name"] for call in result["result"]["function_calls"]] == ["log_metric"]

    state = await client.threads.get_state(thread)
    assert state["next"] == []
    values = state["values"]
    assert isinstance(values, dict)
    assert values["dataset"]["business_insights"]["metrics"] == {"monthly_website_visitors": "around five hundred"}
    history = await client.threads.get_history(thread, limit=50)
    assert len(history) > len(said)


async def test_studio_draws_the_same_graph_and_reads_its_schemas(client: LangGraphClient) -> None:
    assistant = (await client.assistants.search())[0]["assistant_id"]
    drawn = await client.assistants.get_graph(assistant)
    ours = compiled().get_graph()
    assert {node["id"] for node in drawn["nodes"]} == set(ours.nodes)
    assert {(edge["source"], edge["target"]) for edge in drawn["edges"]} == {
        (edge.source, edge.target) for edge in ours.edges
    }
    schemas = await client.assistants.get_schemas(assistant)
    assert schemas["input_schema"] is not None
    assert set(schemas["input_schema"]["properties"]) == {"speaker", "raw_text", "playbook"}
