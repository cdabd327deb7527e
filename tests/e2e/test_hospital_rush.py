"""Sixty callers at two replicas for six slots, one replica killed meanwhile: each slot once, and nobody unanswered."""

from tests.e2e.hospital_rush import rush


async def test_each_slot_is_booked_once_and_everybody_is_answered() -> None:
    found = await rush(callers=60, slots=6)
    assert found.clean, found
