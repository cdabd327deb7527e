"""What Prometheus may see: counts and times by kind, never a person, a tenant or a session."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from domain.turn import TurnResult

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """One registry for one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.turns = self._counter("turns", "Turns processed.", "speaker", "status")
        self.degraded = self._counter("degraded", "What did not go as well as it could.", "reason")
        self.calls = self._counter("function_calls", "Tool calls by outcome.", "function", "status")
        self.requests = self._counter("http_requests", "Requests answered.", "method", "route", "status")
        self.turn_seconds = self._histogram("turn_seconds", "Time a turn took.", "speaker")
        self.node_seconds = self._histogram("node_seconds", "Time a node of the graph took.", "node")
        self.request_seconds = self._histogram(
            "http_request_seconds", "Time to the end of the answer.", "method", "route"
        )
        self.websockets = Gauge("parley_websockets_open", "WebSockets now open.", ["path"], registry=self.registry)

    def observe_turn(self, result: TurnResult) -> None:
        """Count a turn by its result."""
        speaker = result["speaker"].casefold()
        status = "degraded" if result["degraded"] else "ok"
        self.turns.labels(speaker, status).inc()
        self.turn_seconds.labels(speaker).observe(result["processing_time_ms"] / 1000)
        for node, milliseconds in result["timings"].items():
            self.node_seconds.labels(node).observe(milliseconds / 1000)
        for reason in result["degraded"]:
            self.degraded.labels(reason).inc()
        for call in result["function_calls"]:
            name = call["function_name"] if call["status"] != "invalid" else "invalid"
            self.calls.labels(name, call["status"]).inc()

    def observe_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answered request by the template of its route."""
        self.requests.labels(method, route, str(status)).inc()
        self.request_seconds.labels(method, route).observe(seconds)

    def render(self) -> bytes:
        """Write everything in Prometheus' text format."""
        return generate_latest(self.registry)

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(f"parley_{name}", text, labels, registry=self.registry)

    def _histogram(self, name: str, text: str, *labels: str) -> Histogram:
        return Histogram(f"parley_{name}", text, labels, buckets=_SECONDS, registry=self.registry)
