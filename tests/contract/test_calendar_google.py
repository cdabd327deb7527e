"""What only Google Calendar does, and what becomes of an appointment when it fails in every way."""

import asyncio
import threading
from datetime import datetime

import pytest

from domain.errors import Fault, ProviderError, ProviderRejected, ProviderUnavailable
from ports.calendar import Taken
from ports.effects import OutcomeUnknown
from tests import loopback_google_workspace as google
from tests.contract.appointments import DAY, EVENT, KOLKATA, appointment, day, time_of
from tests.contract.workspace import (
    HASTY,
    IDS,
    READ_REFUSALS,
    WRITE_REFUSALS,
    calendar_at,
    closed_port,
    limit_for,
    refused,
)
from tests.eventually import eventually
from tests.loopback_google_workspace import Trouble, Workspace, open_loopback_google
from tests.loopback_google_workspace_refusal import refusal


@pytest.mark.parametrize("method", ["POST", "DELETE"])
@pytest.mark.parametrize(("trouble", "error", "fault"), WRITE_REFUSALS, ids=IDS)
async def test_it_refuses_to_write(trouble: Trouble, error: type[ProviderError], fault: Fault, method: str) -> None:
    async with open_loopback_google() as workspace, calendar_at(workspace, limit_for(trouble)) as calendar:
        await day(calendar)  # so that its token is there
        workspace.meet(trouble, f"{method} /calendar")
        await refused(error, fault, calendar.put(EVENT) if method == "POST" else calendar.remove(EVENT.key))


@pytest.mark.parametrize(("trouble", "error", "fault"), READ_REFUSALS, ids=IDS)
async def test_it_refuses_to_tell(trouble: Trouble, error: type[ProviderError], fault: Fault) -> None:
    async with open_loopback_google() as workspace, calendar_at(workspace, limit_for(trouble)) as calendar:
        await day(calendar)
        workspace.meet(trouble, "GET /calendar")
        await refused(error, fault, day(calendar))


@pytest.mark.parametrize("trouble", [google.LOST, google.CUT, google.HANG, google.ERROR, google.PAGE])
async def test_after_a_lost_answer_the_appointment_is_there_once(trouble: Trouble) -> None:
    async with (
        open_loopback_google() as workspace,
        calendar_at(workspace, limit_for(trouble)) as first,
        calendar_at(workspace) as second,
    ):
        await day(first)
        workspace.meet(trouble, "POST /calendar")
        with pytest.raises(OutcomeUnknown):
            await first.put(EVENT)
        await second.put(EVENT)
        assert await day(second) == [time_of(EVENT)]
        assert len(workspace.events.kept) == 1


async def test_it_is_nowhere() -> None:
    async with calendar_at(Workspace(url=closed_port())) as calendar:
        await refused(ProviderUnavailable, Fault.CONNECTION, calendar.put(EVENT))


async def test_a_change_that_somebody_else_made_meanwhile_is_not_undone() -> None:
    async with open_loopback_google() as workspace, calendar_at(workspace) as calendar:
        await calendar.put(EVENT)
        workspace.meet(Trouble(412, refusal(412, "conditionNotMet")), "PATCH")
        await refused(ProviderUnavailable, Fault.SERVER, calendar.put(appointment(hour=10, revision=1)))
        assert await day(calendar) == [time_of(EVENT)]


async def test_an_event_is_written_as_google_documents_it() -> None:
    async with open_loopback_google() as workspace, calendar_at(workspace) as calendar:
        await calendar.put(EVENT)
        (event,) = workspace.events.shown
    assert event["start"] == {"dateTime": "2026-11-03T16:30:00+05:30", "timeZone": "Asia/Kolkata"}
    assert (event["summary"], event["location"]) == (EVENT.title, EVENT.location)
    assert "attendees" not in event
    assert ("POST", "/calendar/v3/calendars/desk%40renova.example.com/events") in workspace.asked


async def test_attendees_are_entered_where_google_is_to_invite_them() -> None:
    async with open_loopback_google() as workspace, calendar_at(workspace, invite=True) as calendar:
        await calendar.put(EVENT)
        (event,) = workspace.events.shown
    assert event["attendees"] == [{"email": "asha@example.com"}]


async def test_whole_days_count_in_the_calendars_own_zone_and_free_time_does_not() -> None:
    holiday = {"status": "confirmed", "start": {"date": "2026-11-03"}, "end": {"date": "2026-11-04"}}
    declined = holiday | {"attendees": [{"self": True, "responseStatus": "declined"}]}
    async with open_loopback_google() as workspace, calendar_at(workspace) as calendar:
        workspace.events.kept |= {"a": holiday, "b": holiday | {"transparency": "transparent"}, "c": declined}
        found = await day(calendar)
    start, end = (datetime(2026, 11, date, tzinfo=KOLKATA) for date in (3, 4))
    assert found == [Taken(start, end)]


@pytest.mark.parametrize("start", [{}, {"dateTime": "soon"}, {"date": 7}])
async def test_an_event_that_is_none_is_said(start: dict[str, object]) -> None:
    async with open_loopback_google() as workspace, calendar_at(workspace) as calendar:
        workspace.events.kept["a"] = {"status": "confirmed", "start": {"date": "2026-11-03", "x": start}, "end": {}}
        await refused(ProviderUnavailable, Fault.MALFORMED, day(calendar))


async def test_a_token_that_has_run_out_is_replaced_and_the_work_done_once() -> None:
    async with open_loopback_google() as workspace, calendar_at(workspace) as calendar:
        await day(calendar)
        workspace.tokens.clear()
        await calendar.put(EVENT)
        assert len(workspace.issued) == 2
        assert await day(calendar) == [time_of(EVENT)]


async def test_one_token_does_for_all_who_wait_for_it() -> None:
    async with open_loopback_google() as workspace, calendar_at(workspace) as calendar:
        await asyncio.gather(*(calendar.put(appointment(f"k{n}", 9 + n)) for n in range(8)))
        assert len(workspace.issued) == 1
        assert workspace.issued[0]["scope"] == "https://www.googleapis.com/auth/calendar.events"


async def test_a_token_that_google_never_takes_is_a_matter_of_credentials() -> None:
    async with open_loopback_google() as workspace, calendar_at(workspace) as calendar:
        for _ in range(2):
            workspace.meet(Trouble(401, refusal(401, "authError")), "GET /calendar")
        await refused(ProviderRejected, Fault.CREDENTIALS, calendar.busy(EVENT.start, EVENT.start + DAY))


@pytest.mark.parametrize(
    ("trouble", "error", "fault"),
    [
        (google.HANG, ProviderUnavailable, Fault.TIMEOUT),
        (google.CUT, ProviderUnavailable, Fault.CONNECTION),
        (google.ERROR, ProviderUnavailable, Fault.SERVER),
        (google.PAGE, ProviderUnavailable, Fault.MALFORMED),
        (google.TOO_MANY, ProviderUnavailable, Fault.RATE_LIMIT),
        (Trouble(200, b'{"access_token": 7}'), ProviderUnavailable, Fault.MALFORMED),
        (Trouble(200, b'{"access_token": "t", "expires_in": "soon"}'), ProviderUnavailable, Fault.MALFORMED),
        (Trouble(400, b'{"error": "invalid_grant"}'), ProviderRejected, Fault.CREDENTIALS),
        (Trouble(401, b'{"error": "invalid_client"}'), ProviderRejected, Fault.CREDENTIALS),
        (Trouble(403, b"<html>no</html>"), ProviderRejected, Fault.CREDENTIALS),
    ],
    ids=["hang", "cut", "500", "html", "429", "number", "expiry", "grant", "client", "403"],
)
async def test_no_token_is_had(trouble: Trouble, error: type[ProviderError], fault: Fault) -> None:
    async with open_loopback_google() as workspace, calendar_at(workspace, limit_for(trouble)) as calendar:
        workspace.meet(trouble, "POST /token")
        await refused(error, fault, calendar.put(EVENT))
        assert workspace.events.kept == {}
        assert [path for _, path in workspace.asked] == ["/token"]


def _threads() -> int:
    return sum(thread.name.startswith("parley-google_calendar") for thread in threading.enumerate())


@pytest.mark.parametrize("on", ["POST /token", "POST /calendar"])
async def test_a_caller_who_leaves_takes_the_request_along(on: str) -> None:
    async with open_loopback_google() as workspace, calendar_at(workspace) as calendar:
        workspace.meet(google.HANG, on)
        putting = asyncio.create_task(calendar.put(EVENT))
        await eventually(lambda: not workspace.troubles)
        putting.cancel()
        await workspace.left()
        assert putting.cancelled()
        assert (await calendar.put(EVENT)).proof["status"] == "confirmed"


async def test_nothing_is_left_of_a_call_that_timed_out() -> None:
    before = _threads()
    async with open_loopback_google() as workspace, calendar_at(workspace, HASTY) as calendar:
        workspace.meet(google.HANG, "POST /token")
        await refused(ProviderUnavailable, Fault.TIMEOUT, calendar.put(EVENT))
        await workspace.left()
    await eventually(lambda: _threads() <= before)
