"""The front desk as its server shows it: sessions, turns and datasets over HTTP."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from cli.demo.play import answer_of
from domain.errors import Unavailable

ANSWER_SECONDS = 30.0
_LOOK_SECONDS = 0.1

Answer = dict[str, Any]


class Desk:
    """A client that works with one playbook's sessions."""

    def __init__(self, http: httpx.Client, playbook: str) -> None:
        self._http = http
        self._playbook = playbook

    def begin(self, phone: str | None) -> str:
        """Open a session in writing, and return its id."""
        body = {"playbook": self._playbook, "caller_phone": phone, "channel": "demo-text"}
        return str(self._post("/sessions", body)["session_id"])

    def say(self, session_id: str, words: str) -> Answer:
        """Say something as the patient, and return what came of it."""
        return self._post(f"/sessions/{session_id}/turns", {"speaker": "Patient", "raw_text": words})

    def turns(self, session_id: str) -> list[Answer]:
        """The turns of a session, both sides', oldest first, once the last is answered."""
        until = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < until:
            turns: list[Answer] = self._get(f"/sessions/{session_id}/turns", limit="100")["items"]
            if not turns or turns[-1]["role"] == "agent" or turns[-1]["result"] is not None:
                return turns
            time.sleep(_LOOK_SECONDS)
        raise Unavailable(f"A turn of the session {session_id} was not answered within {ANSWER_SECONDS:.0f} s.")

    def dataset(self, session_id: str) -> Answer:
        """What a session has learnt."""
        dataset: Answer = self._get(f"/sessions/{session_id}/dataset")["dataset"]
        return dataset

    def end(self, session_id: str) -> str:
        """End a session, and return its status; one that has ended stays as it is."""
        return str(self._post(f"/sessions/{session_id}/close", None)["status"])

    def _get(self, path: str, **query: str) -> Answer:
        return answer_of(self._http.get(path, params=query))

    def _post(self, path: str, body: Mapping[str, Any] | None) -> Answer:
        return answer_of(self._http.post(path, json=body) if body else self._http.post(path))


@contextmanager
def open_desk(address: str, headers: Mapping[str, str], playbook: str) -> Iterator[Desk]:
    """Open a client of the server at an address."""
    with httpx.Client(base_url=address, headers=headers, timeout=ANSWER_SECONDS) as http:
        yield Desk(http, playbook)
