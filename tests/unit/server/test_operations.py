"""Health, metrics, and where a server may listen."""

import socket
import sys

import pytest

from domain.errors import ConfigError
from server.app import create_app
from server.listen import UNREAD_SECONDS, Listener, address_of, check_host, open_socket
from server.metrics import Metrics
from tests.unit.server.face import Stage, open_client
from tests.unit.server.memory import result_of


@pytest.mark.parametrize(
    ("checks", "status", "whole"),
    [
        ({"database": ("ok", True), "model": ("ok", False)}, 200, "ok"),
        ({"database": ("ok", True), "model": ("down", False)}, 200, "degraded"),
        ({"database": ("timeout", True), "model": ("ok", False)}, 503, "down"),
    ],
)
async def test_health_says_what_is_missing(checks: dict[str, tuple[str, bool]], status: int, whole: str) -> None:
    stage = Stage()
    stage.service.checks = {name: {"status": found, "required": needed} for name, (found, needed) in checks.items()}
    async with open_client(stage) as client:
        ready, health, live = [await client.get(path) for path in ("/health/ready", "/health", "/health/live")]
    assert (ready.status_code, ready.json()["status"]) == (status, whole)
    assert health.json() == ready.json()
    assert live.json() == {"status": "ok"}


async def test_metrics_count_requests_by_route_and_name_nobody() -> None:
    async with open_client(Stage()) as client:
        await client.get("/sessions/not-an-id")
        text = (await client.get("/metrics")).text
    assert 'parley_http_requests_total{method="GET",route="/sessions/{session_id}",status="422"} 1.0' in text
    assert "not-an-id" not in text


def test_metrics_count_turns_and_what_became_of_them() -> None:
    metrics, result = Metrics(), result_of("s", "t", 1, "User", "my number is 555 0100")
    call = {"id": "1", "parameters": {}, "result": {}, "success": False}
    result["degraded"] = ["clean:timeout"]
    result["function_calls"] = [
        call | {"function_name": "log_metric", "status": "done"},  # type: ignore[list-item]
        call | {"function_name": "whatever a model says", "status": "invalid"},  # type: ignore[list-item]
    ]
    metrics.observe_turn(result)
    text = metrics.render().decode()
    assert 'parley_turns_total{speaker="user",status="degraded"} 1.0' in text
    assert 'parley_degraded_total{reason="clean:timeout"} 1.0' in text
    assert 'parley_function_calls_total{function="log_metric",status="done"} 1.0' in text
    assert 'parley_node_seconds_sum{node="clean"} 0.0015' in text
    assert "whatever" not in text
    assert "555" not in text


@pytest.mark.parametrize(("host", "has_secret"), [("127.0.0.1", False), ("localhost", False), ("0.0.0.0", True)])
def test_hosts_that_may_be_listened_on(host: str, has_secret: bool) -> None:
    check_host(host, has_secret=has_secret)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "example.com", ""])
def test_without_a_secret_only_loopback(host: str) -> None:
    with pytest.raises(ConfigError, match="PARLEY_SECRET"):
        check_host(host, has_secret=False)


def test_a_taken_port_is_said_to_be_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ConfigError, match="--port"):
        open_socket("127.0.0.1", taken.getsockname()[1])


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such limit")
def test_a_connection_is_cut_when_its_client_reads_nothing() -> None:
    with open_socket("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == UNREAD_SECONDS * 1_000


def test_an_address_is_a_url() -> None:
    with open_socket("127.0.0.1", 0) as listener:
        assert address_of(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_second_signal_waits_for_nothing() -> None:
    face = Stage().face()
    server = Listener(create_app(face), stopping=face.stopping, ready=lambda: None, leaving=lambda: None)
    server.leave()
    assert (server.should_exit, server.force_exit, face.stopping.is_set()) == (True, False, True)
    server.leave()
    assert server.force_exit
