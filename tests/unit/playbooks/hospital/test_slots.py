"""What can be booked at all, and what is nearest to it that is free."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import ToolRefused
from playbooks.hospital.slots import (
    ENOUGH,
    FAR_DAYS,
    Slot,
    Taken,
    alternatives_to,
    conflicts_of,
    fits,
    require_bookable,
    said_time,
    searched,
)
from tests.unit.playbooks.hospital.elsewhere import ADA, BEN, BERLIN, CLEO, EYES, NOW, slot

DAY = timedelta(days=1)


def refusal(wish: Slot, now: datetime = NOW) -> str:
    with pytest.raises(ToolRefused) as raised:
        require_bookable(BERLIN, wish, now)
    assert raised.value.result == {"error_type": "validation", "available": False}
    return raised.value.message


@pytest.mark.parametrize("text", ["2027-03-15T09:00", "2027-03-15T11:30", "2027-03-16T14:00", "2027-05-14T16:30"])
def test_a_time_within_the_hours_can_be_booked(text: str) -> None:
    require_bookable(BERLIN, slot(text), NOW)


@pytest.mark.parametrize("text", ["2027-03-14T10:00", "2027-03-12T10:00", "2026-03-16T10:00"])
def test_what_has_passed_cannot_be_booked(text: str) -> None:
    assert refusal(slot(text)) == "That time has already passed. Which other day and time would suit you?"


def test_the_very_minute_has_passed() -> None:
    assert refusal(slot("2027-03-15T09:00"), NOW.replace(hour=9)).startswith("That time has already passed.")


def test_too_far_ahead() -> None:
    assert refusal(slot("2027-05-17T10:00")) == "We book up to 60 days ahead. Which earlier day would suit you?"


def test_a_holiday_is_named() -> None:
    assert refusal(slot("2027-03-29T10:00")) == (
        "We are closed on Monday, 29 March for Easter Monday. Which other day would suit you?"
    )


@pytest.mark.parametrize(
    ("doctor", "text", "day"), [(ADA, "2027-03-20", "Saturdays"), (CLEO, "2027-03-18", "Thursdays")]
)
def test_a_day_off_is_named(doctor: str, text: str, day: str) -> None:
    assert refusal(slot(f"{text}T10:00", doctor)) == (
        f"{doctor} does not see patients on {day}. Which other day would suit you?"
    )


@pytest.mark.parametrize(
    ("clock", "minutes"), [("08:30", 30), ("12:00", 30), ("11:45", 30), ("13:45", 30), ("17:00", 30), ("11:00", 90)]
)
def test_outside_the_hours_they_are_told(clock: str, minutes: int) -> None:
    assert refusal(slot(f"2027-03-16T{clock}", minutes=minutes)) == (
        "Dr. Ada Abel sees patients from 9:00 AM to 12:00 PM and 2:00 PM to 5:00 PM on Tuesdays. "
        "Which time would suit you?"
    )


def test_of_a_doctor_who_has_left_nothing_can_be_booked() -> None:
    gone = Slot("Dr. Gone", EYES, slot("2027-03-16T10:00").begins, 30)
    assert refusal(gone) == "Dr. Gone does not see patients on Tuesdays. Which other day would suit you?"


def test_what_touches_is_no_conflict() -> None:
    wish = slot("2027-03-16T10:00")
    before, after = Taken(ADA, wish.begins - DAY, wish.begins), Taken(ADA, wish.ends, wish.ends + DAY)
    another = Taken(BEN, wish.begins, wish.ends)
    over = Taken(ADA, wish.begins + timedelta(minutes=29), wish.ends + DAY)
    assert conflicts_of(wish, [before, after, another, over]) == [over]


def test_at_the_same_time_another_doctor_of_the_department_is_offered() -> None:
    wish = slot("2027-03-16T10:00")
    offered = alternatives_to(BERLIN, wish, [Taken(ADA, wish.begins, wish.ends)], NOW)
    assert [(each.doctor, f"{each.begins:%d %H:%M}") for each in offered] == [
        (ADA, "16 09:30"),
        (ADA, "16 10:30"),
        (ADA, "16 09:00"),
        (BEN, "16 10:00"),
    ]


def test_where_the_doctor_has_nothing_the_department_has() -> None:
    wish = slot("2027-03-16T10:00")
    offered = alternatives_to(BERLIN, wish, [Taken(ADA, NOW - 90 * DAY, NOW + 90 * DAY)], NOW)
    assert len(offered) == ENOUGH
    assert {each.doctor for each in offered} <= {BEN, CLEO}


def test_where_nothing_is_free_nothing_is_offered() -> None:
    busy = [Taken(doctor, NOW - 90 * DAY, NOW + 90 * DAY) for doctor in (ADA, BEN, CLEO)]
    assert alternatives_to(BERLIN, slot("2027-03-16T10:00"), busy, NOW) == []


@pytest.mark.parametrize(("clock", "said"), [("00:05", "12:05 AM"), ("12:00", "12:00 PM"), ("23:59", "11:59 PM")])
def test_a_time_is_written_for_a_voice(clock: str, said: str) -> None:
    assert said_time(slot(f"2027-03-16T{clock}").begins.time()) == said


def busy_times() -> st.SearchStrategy[list[Taken]]:
    """Appointments of any length at any minute around the wish."""
    minute, length = st.integers(0, 20 * 24 * 60), st.integers(5, 20 * 60)
    one = st.builds(
        lambda doctor, begins, lasts: Taken(
            doctor, NOW + timedelta(minutes=begins), NOW + timedelta(minutes=begins + lasts)
        ),
        st.sampled_from([ADA, BEN, CLEO]),
        minute,
        length,
    )
    return st.lists(one, max_size=40)


@settings(max_examples=60, deadline=None)
@given(
    busy=busy_times(),
    doctor=st.sampled_from([ADA, BEN, CLEO]),
    day=st.integers(0, 18),
    clock=st.integers(8 * 4, 17 * 4),
    minutes=st.sampled_from([10, 30, 45, 90]),
)
def test_whatever_is_offered_can_be_booked(busy: list[Taken], doctor: str, day: int, clock: int, minutes: int) -> None:
    begins = NOW.replace(hour=0) + timedelta(days=day, minutes=15 * clock)
    wish = Slot(doctor, EYES, begins, minutes)
    busy = [*busy, Taken(doctor, wish.begins, wish.ends)]
    offered = alternatives_to(BERLIN, wish, busy, NOW)
    first, last = searched(wish)
    for each in offered:
        require_bookable(BERLIN, each, NOW)
        assert each.minutes == minutes
        assert conflicts_of(each, busy) == []
        assert first <= each.begins
        assert each.ends <= last
    own = [each for each in offered if each.doctor == doctor]
    assert offered[: len(own)] == own, "the same doctor's come first"
    assert len(set(offered)) == len(offered)
    free = [each for each in all_slots(wish.begins.date(), minutes) if not conflicts_of(each, busy)]
    free_own = sum(each.doctor == doctor for each in free)
    assert len(own) == min(ENOUGH, free_own)
    assert len(offered) >= min(ENOUGH, len(free))


@cache
def all_slots(day: date, minutes: int) -> Sequence[Slot]:
    """Every slot of the department that may be offered for a wish of that day, by brute force."""
    times = [
        BERLIN.at(day + timedelta(days=offset), time(hour, minute))
        for offset in range(-1, FAR_DAYS + 1)
        for hour in range(24)
        for minute in (0, 30)
    ]
    found = (Slot(doctor, EYES, begins, minutes) for doctor in (ADA, BEN, CLEO) for begins in times if begins > NOW)
    return [one for one in found if fits(BERLIN, one)]


def test_a_day_later_counts_less_than_another_half_of_the_day() -> None:
    wish = slot("2027-03-16T10:00")
    day = [Taken(ADA, wish.begins.replace(hour=9), wish.begins.replace(hour=12))]
    times = [each.begins for each in alternatives_to(BERLIN, wish, day, NOW) if each.doctor == ADA]
    assert [f"{each:%d %H:%M}" for each in times] == ["16 14:00", "16 14:30", "16 15:00"]
    assert all(a < b for a, b in pairwise(times))
