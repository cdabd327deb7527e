"""The loopback Google's Calendar: events.insert, get, patch, delete and list of any calendar."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.loopback_google_workspace_refusal import Refused

Json = dict[str, Any]
Query = dict[str, list[str]]
_ID = re.compile(r"[a-v0-9]{5,1024}")
PAGE = 2


@dataclass
class Events:
    """Events by id. A deleted one stays as cancelled, and keeps its id."""

    kept: dict[str, Json] = field(default_factory=dict)
    zone: str = "Asia/Kolkata"

    @property
    def shown(self) -> list[Json]:
        """What a person sees."""
        return [event for event in self.kept.values() if event["status"] != "cancelled"]

    def answer(self, method: str, path: str, query: Query, body: Json, headers: dict[str, str]) -> Json | None:
        """Answer one request."""
        event_id = path.partition("/events")[2].strip("/")
        if method == "POST":
            return self._insert(body)
        if not event_id:
            return self._list(query)
        event = self.kept.get(event_id)
        if event is None:
            raise Refused(404, "notFound")
        if method == "GET":
            return event
        return self._delete(event) if method == "DELETE" else self._patch(event, body, headers)

    def _insert(self, body: Json) -> Json:
        if not _ID.fullmatch(body["id"]):
            raise Refused(400, "invalid")
        if body["id"] in self.kept:
            raise Refused(409, "duplicate")
        _check_times(body)
        self.kept[body["id"]] = {"etag": '"1"', "status": "confirmed"} | body
        return self.kept[body["id"]]

    def _patch(self, event: Json, body: Json, headers: dict[str, str]) -> Json:
        if headers.get("if-match", event["etag"]) != event["etag"]:
            raise Refused(412, "conditionNotMet")
        _check_times(body)
        event |= body | {"etag": f'"{int(event["etag"][1:-1]) + 1}"'}
        return event

    def _delete(self, event: Json) -> Json | None:
        if event["status"] == "cancelled":
            raise Refused(410, "deleted")
        event["status"] = "cancelled"
        return None

    def _list(self, query: Query) -> Json:
        first, last = (datetime.fromisoformat(query[name][0]) for name in ("timeMin", "timeMax"))
        found = [event for event in self.shown if _overlaps(event, first, last)]
        at = int(query.get("pageToken", ["0"])[0])
        answer: Json = {"timeZone": self.zone, "items": found[at : at + PAGE]}
        return answer | ({"nextPageToken": str(at + PAGE)} if len(found) > at + PAGE else {})


def _check_times(body: Json) -> None:
    for name in ("start", "end"):
        if datetime.fromisoformat(body[name]["dateTime"]).tzinfo is None or not body[name]["timeZone"]:
            raise Refused(400, "invalid")


def _overlaps(event: Json, first: datetime, last: datetime) -> bool:
    if "date" in event["start"]:
        return True
    start, end = (datetime.fromisoformat(event[name]["dateTime"]) for name in ("start", "end"))
    return start < last and end > first
