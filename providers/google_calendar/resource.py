"""Events in Google Calendar's form.

Source: https://developers.google.com/workspace/calendar/api/v3/reference/events
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ports.calendar import CalendarEvent, Taken
from ports.effects import effect_id
from providers.mail.addresses import check_address

_KEY, _REVISION = "parleyKey", "parleyRevision"
Resource = dict[str, Any]


def event_resource(event: CalendarEvent, *, invite: bool) -> Resource:
    """Write an event; its id is made from its key, so that the calendar itself refuses to have it twice.

    Raises:
        InvalidInput: an attendee's address cannot be one.
    """
    resource: Resource = {
        "id": effect_id(event.key),
        "summary": event.title,
        "description": event.description,
        "location": event.location,
        "status": "confirmed",
        "start": _moment(event.start, event.zone),
        "end": _moment(event.end, event.zone),
        "extendedProperties": {"private": {_KEY: event.key, _REVISION: str(event.revision)}},
    }
    attendees = [{"email": check_address(attendee, "attendees")} for attendee in event.attendees]
    return resource | {"attendees": attendees} if invite else resource


def revision_of(resource: Resource) -> int:
    """Read which revision an event is; -1 where it does not say."""
    given = _private(resource).get(_REVISION)
    return int(given) if isinstance(given, str) and given.isdecimal() else -1


def taken_by(resource: Resource, zone: str) -> Taken | None:
    """Read what time an event takes, or None where it takes none: cancelled, shown as free, or declined by its owner.

    `zone` is the calendar's own, in which days without hours are meant (ValueError or KeyError: it is no event).
    """
    if resource.get("status") == "cancelled" or resource.get("transparency") == "transparent" or _declined(resource):
        return None
    start, end = _instant(resource["start"], zone), _instant(resource["end"], zone)
    key = _private(resource).get(_KEY)
    return Taken(start, end, key if isinstance(key, str) else None)


def _moment(at: datetime, zone: str) -> dict[str, str]:
    """Write a time as RFC 3339 with its offset, and the name of the zone, which outlives a change of its rules."""
    return {"dateTime": at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds"), "timeZone": zone}


def _instant(given: Mapping[str, str], zone: str) -> datetime:
    if "dateTime" in given:
        return datetime.fromisoformat(given["dateTime"])
    return datetime.fromisoformat(given["date"]).replace(tzinfo=ZoneInfo(zone))


def _declined(resource: Resource) -> bool:
    owners = [attendee for attendee in resource.get("attendees", ()) if attendee.get("self")]
    return any(owner.get("responseStatus") == "declined" for owner in owners)


def _private(resource: Resource) -> dict[str, Any]:
    private = resource.get("extendedProperties", {}).get("private", {})
    return private if isinstance(private, dict) else {}
