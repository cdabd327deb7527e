"""The loopback Google's Gmail: messages.send, list and get of the user who asks."""

from base64 import urlsafe_b64decode
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from tests.loopback_google_workspace_refusal import Refused

Json = dict[str, Any]
Query = dict[str, list[str]]
_MESSAGES = "/gmail/v1/users/me/messages"


@dataclass
class Letters:
    """What was sent, oldest first. With `renames` the Message-ID is replaced; with `lags` search finds nothing."""

    sent: list[EmailMessage] = field(default_factory=list)
    renames: bool = False
    lags: bool = False

    def answer(self, method: str, path: str, query: Query, body: Json, headers: dict[str, str]) -> Json:
        """Answer one request."""
        if (method, path) == ("POST", f"{_MESSAGES}/send"):
            return self._send(body)
        if (method, path) == ("GET", _MESSAGES):
            return self._list(query)
        if method == "GET" and path.removeprefix(f"{_MESSAGES}/").isdecimal():
            return self._shown(int(path.rpartition("/")[2]), query["metadataHeaders"])
        raise Refused(404, "notFound")

    def _send(self, body: Json) -> Json:
        letter = message_from_bytes(urlsafe_b64decode(body["raw"]), policy=policy.default)
        assert isinstance(letter, EmailMessage)
        if self.renames:
            letter.replace_header("Message-ID", f"<{len(self.sent)}@mail.gmail.com>")
        self.sent.append(letter)
        return {"id": str(len(self.sent) - 1), "threadId": "t", "labelIds": ["SENT"]}

    def _list(self, query: Query) -> Json:
        found = [n for n, letter in enumerate(self.sent) if self._fits(letter, query)][::-1]
        found = found[: int(query["maxResults"][0])]
        return {"messages": [{"id": str(n), "threadId": "t"} for n in found]} if found else {"resultSizeEstimate": 0}

    def _fits(self, letter: EmailMessage, query: Query) -> bool:
        if "q" not in query:
            return query["labelIds"] == ["SENT"]
        return not self.lags and query["q"] == [f"rfc822msgid:{letter['Message-ID']}"]

    def _shown(self, n: int, names: list[str]) -> Json:
        letter = self.sent[n]
        headers = [{"name": name, "value": str(letter[name])} for name in names if name in letter]
        return {"id": str(n), "payload": {"headers": headers}}
