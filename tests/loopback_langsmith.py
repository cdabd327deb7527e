"""A loopback LangSmith for the length of a test: it takes everything, and keeps what was sent."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

KEY = "a key that opens nothing"
INFO = {
    "version": "0.12.0",
    "instance_flags": {"dataset_examples_multipart_enabled": True},
    "batch_ingest_config": {"use_multipart_endpoint": True, "size_limit": 100, "size_limit_bytes": 20_000_000}
    | dict.fromkeys(("scale_up_nthreads_limit", "scale_up_qsize_trigger", "scale_down_nempty_trigger"), 1),
}
MADE = {"/datasets", "/sessions"}
"""What is posted there comes back with ids and times."""
IDS = ("id", "tenant_id", "reference_dataset_id")
TIMES = dict.fromkeys(("created_at", "start_time"), "2020-01-01T00:00:00Z")


@dataclass
class LoopbackLangSmith:
    """At `url`, answering with `status`; `sent` are (method, path, content type, body) in order of arrival."""

    url: str = ""
    status: int = 200
    sent: list[tuple[str, str, str, bytes]] = field(default_factory=list)
    datasets: list[dict[str, Any]] = field(default_factory=list)
    _arrived: Condition = field(default_factory=Condition)

    def take(self, method: str, path: str, content_type: str, body: bytes) -> None:
        """Keep one request."""
        with self._arrived:
            self.sent.append((method, path, content_type, body))
            self._arrived.notify_all()

    def wait_until(self, arrived: Callable[[], bool], *, seconds: float = 120.0) -> bool:
        """Wait until what has arrived is enough; False when it was not in time."""
        with self._arrived:
            return self._arrived.wait_for(arrived, seconds)

    @property
    def environment(self) -> dict[str, str]:
        """LangSmith's own variables, with tracing on."""
        return {"LANGSMITH_TRACING": "true", "LANGSMITH_ENDPOINT": self.url, "LANGSMITH_API_KEY": KEY}

    def documents(self, path: str) -> list[dict[str, Any]]:
        """The JSON documents posted to a path."""
        return [json.loads(body) for method, at, _, body in self.sent if (method, at) == ("POST", path)]

    def parts(self, beginning: str) -> list[tuple[str, Any]]:
        """The JSON parts (field name, content) of multipart bodies posted to paths that begin so."""
        bodies = [(kind, body) for method, at, kind, body in self.sent if method == "POST" and at.startswith(beginning)]
        messages = [message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body) for kind, body in bodies]
        return [
            (str(part.get_param("name", header="content-disposition")), json.loads(part.get_payload(decode=True)))  # type: ignore[arg-type]
            for message in messages
            for part in message.walk()
            if not part.is_multipart()
        ]

    def examples(self, dataset_id: str | None = None) -> list[dict[str, Any]]:
        """Every example that was posted, or those of one dataset, without their content."""
        return [
            {"id": name, "dataset_id": dataset["id"], "inputs": {}} | TIMES
            for dataset in self.datasets
            if dataset_id in (None, dataset["id"])
            for name, _ in self.parts(f"/v1/platform/datasets/{dataset['id']}")
            if "." not in name
        ]

    def named(self, name: str | None) -> list[dict[str, Any]]:
        """The datasets of this name, or all."""
        return [dataset for dataset in self.datasets if name in (None, dataset["name"])]

    def runs(self) -> list[dict[str, Any]]:
        """Every run that was posted."""
        return [content for name, content in self.parts("/runs/multipart") if name.count(".") == 1 and "post." in name]


@contextmanager
def open_loopback_langsmith() -> Iterator[LoopbackLangSmith]:
    """Serve on a free loopback port."""
    kept = LoopbackLangSmith()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"kept": kept}))
    server.daemon_threads = True
    kept.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    kept: LoopbackLangSmith
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        match address.path:
            case "/datasets":
                self._answer(self.kept.named(asked.get("name")))
            case "/examples":
                self._answer(self.kept.examples(asked.get("dataset")))
            case _:
                self._answer(INFO)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        path = urlsplit(self.path).path
        self.kept.take(self.command, path, self.headers["Content-Type"] or "", body)
        given = json.loads(body) if path in MADE else {}
        made = {name: str(uuid4()) for name in IDS} | TIMES | {"example_ids": [], "count": 0} | given
        if path == "/datasets":
            self.kept.datasets.append(made)
        self._answer(made)

    def do_PATCH(self) -> None:
        self.do_POST()

    def _answer(self, content: Any) -> None:
        body = json.dumps(content).encode()
        self.send_response(self.kept.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        """Say nothing on standard error."""
