"""What a call knows from its beginning of the caller's appointments: those that stand under their own number."""

from typing import Any

from tests.integration.hospital.calls import DOCTOR, NAME, PHONE, FrontDesk, slots_of

OTHER = "+919812345670"


async def on_record(desk: FrontDesk, phone: str | None, tenant_id: str = "demo") -> list[dict[str, Any]]:
    """What the call from a number knows before the first word."""
    caller = await desk.call(phone, tenant_id)
    state = await desk.parley.get_session_state(caller.session_id, tenant_id=tenant_id)
    found: list[dict[str, Any]] = state["dataset"]["on_record"]
    return found


async def test_what_stands_under_the_number_is_known_newest_first(desk: FrontDesk) -> None:
    early, middle, late = slots_of(DOCTOR, 60)[::29]
    caller = await desk.call()
    assert await on_record(desk, PHONE) == []
    first = await caller.book(early)
    gone = await caller.book(middle)
    second = await caller.book(late)
    await caller.do("cancel_appointment", {"appointment_id": gone["appointment_id"]})
    known = await on_record(desk, PHONE)
    assert [one["appointment_id"] for one in known] == [second["appointment_id"], first["appointment_id"]]
    assert known[1] == {name: value for name, value in first.items() if name not in {"email", "phone"}}


async def test_nobody_elses_is(desk: FrontDesk) -> None:
    first, second = slots_of(DOCTOR, 2)
    await (await desk.call()).book(first)
    await (await desk.call(OTHER)).book(second)
    assert [one["patient_name"] for one in await on_record(desk, PHONE)] == [NAME]
    assert await on_record(desk, None) == []
    assert await on_record(desk, "anonymous") == []
    assert await on_record(desk, PHONE, "other") == []
