"""Requests to the server, as Twilio makes them: signed forms by POST."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from providers.twilio_simulator.account import ELSEWHERE, Reach, Signer
from providers.twilio_simulator.record import Asked, CallRecord, Problem

ANSWER_SECONDS = 15.0
"""Twilio waits no longer for an answer."""

_XML = {"text/xml", "application/xml", "text/html"}
_AGAIN_SECONDS = 0.1


class NoAnswer(Exception):
    """The server's answer cannot be used; its problem is in the record."""


@dataclass(frozen=True)
class Webhooks:
    """Asks for one call, and keeps what was asked and answered.

    A server that cannot be reached is tried again for `patience` seconds.
    """

    client: httpx.AsyncClient
    signer: Signer
    reach: Reach
    record: CallRecord
    patience: float = 0.0

    async def ask(self, url: str, form: Mapping[str, str]) -> str:
        """Ask for TwiML.

        Raises:
            NoAnswer: no answer (11205), a status of failure (11200), or a type that is not XML (12300).
        """
        answer = await self._send(url, form)
        if answer is None:
            raise NoAnswer(url)
        if not answer.is_success:
            self._note(11200, f"{answer.status_code} from {_place(url)}")
            raise NoAnswer(url)
        kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind not in _XML:
            self._note(12300, f"{_place(url)} answered with {kind or 'no type'}")
            raise NoAnswer(url)
        return answer.text

    async def tell(self, url: str, form: Mapping[str, str]) -> None:
        """Tell of something; a failure is noted, and nobody tries again."""
        answer = await self._send(url, form)
        if answer is not None and not answer.is_success:
            self._note(11200, f"{answer.status_code} from {_place(url)}")

    async def _send(self, url: str, form: Mapping[str, str]) -> httpx.Response | None:
        headers = self.signer.webhook(url, form)
        if self.signer.elsewhere("webhook"):
            headers["Host"] = ELSEWHERE
        try:
            answer = await self._reached(self.reach.real(url), form, headers)
        except httpx.HTTPError as error:
            self._note(11205, f"{type(error).__name__} from {_place(url)}")
            self.record.asked.append(Asked(url, form, None, ""))
            return None
        self.record.asked.append(Asked(url, form, answer.status_code, answer.text))
        return answer

    async def _reached(self, url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> httpx.Response:
        """Send until somebody is there, or patience ends."""
        loop = asyncio.get_running_loop()
        gives_up = loop.time() + self.patience
        while True:
            try:
                return await self.client.post(url, data=form, headers=headers, timeout=ANSWER_SECONDS)
            except httpx.TransportError:
                if loop.time() >= gives_up:
                    raise
            await asyncio.sleep(_AGAIN_SECONDS)

    def _note(self, code: int, what: str) -> None:
        self.record.problems.append(Problem(code, what))


def _place(url: str) -> str:
    return urlsplit(url).path or "/"
