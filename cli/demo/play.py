"""Playing a call through the HTTP API, as any voice stack would."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson

from cli.demo.call_sheet import CallSheet, SheetTurn
from domain.errors import Unavailable

ANSWER_SECONDS = 60


@dataclass
class Played:
    """A call that was played: its session, the answers in order, and the dataset at its end."""

    session_id: str
    as_sound: bool
    results: list[dict[str, Any]] = field(default_factory=list)
    dataset: dict[str, Any] = field(default_factory=dict)
    first_dataset: dict[str, Any] = field(default_factory=dict)
    call_context: dict[str, Any] = field(default_factory=dict)


class Line:
    """A client of the server."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def engines(self) -> dict[str, str]:
        """Which engine stands behind each dependency."""
        checks = answer_of(self._http.get("/health"))["checks"]
        return {name: check["detail"] for name, check in checks.items()}

    def begin(self, sheet: CallSheet, *, as_sound: bool) -> Played:
        """Open a session for the call."""
        body = {"playbook": sheet.playbook, "channel": "demo-audio" if as_sound else "demo-text"}
        session = answer_of(self._http.post("/sessions", json=body))
        return Played(
            session["session_id"],
            as_sound,
            first_dataset=session["dataset"],
            call_context=session["call_context"],
        )

    def play(self, sheet: CallSheet, played: Played) -> Iterator[tuple[SheetTurn, dict[str, Any]]]:
        """Send the turns one by one, and yield each with its result; then fetch the dataset and end the session."""
        for turn in sheet.turns:
            result = self._send(turn, played)
            played.results.append(result)
            yield turn, result
        path = f"/sessions/{played.session_id}"
        played.dataset = answer_of(self._http.get(f"{path}/dataset"))["dataset"]
        answer_of(self._http.post(f"{path}/close"))

    def _send(self, turn: SheetTurn, played: Played) -> dict[str, Any]:
        path = f"/sessions/{played.session_id}/turns"
        if not played.as_sound:
            return answer_of(self._http.post(path, json={"speaker": turn.speaker, "raw_text": turn.raw_text}))
        parts = {
            "turn": (None, orjson.dumps({"speaker": turn.speaker}), "application/json"),
            "audio": (turn.audio.name, turn.audio.read_bytes(), "audio/basic"),
        }
        return answer_of(self._http.post(path, files=parts))


def answer_of(response: httpx.Response) -> dict[str, Any]:
    """Read the server's answer (Unavailable: it is an error)."""
    if response.is_error:
        raise Unavailable(f"{response.request.url.path} answered {response.status_code}: {response.text}")
    answer: dict[str, Any] = response.json()
    return answer


@contextmanager
def open_line(address: str) -> Iterator[Line]:
    """Open a client of the server at an address."""
    with httpx.Client(base_url=address, timeout=ANSWER_SECONDS) as http:
        yield Line(http)
