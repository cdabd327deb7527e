"""Which day the patient of the demo wants: one that means the same all through the call."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.demo.hospital.wanted import Wanted, next_wanted, wanted_of
from domain.errors import ConfigError
from language.slots.dates.said import dates
from playbooks.hospital.directory import DIRECTORY

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31)).map(  # noqa: DTZ001 - made aware below
    lambda moment: moment.replace(tzinfo=DIRECTORY.zone)
)


@given(MOMENTS, st.sampled_from(["Dr. Anil Mehta", "Dr. Priya Sharma"]), st.sampled_from([10, 17]))
def test_the_day_is_the_one_that_its_name_means_now_and_a_day_later(now: datetime, doctor: str, hour: int) -> None:
    wanted = next_wanted(DIRECTORY, doctor, time(hour), now)
    assert any(begins <= wanted.at < ends for begins, ends in DIRECTORY.hours_of(doctor, wanted.day))
    for moment in (now, now + timedelta(days=1)):
        assert [found.value for found in dates(f"On {wanted.weekday}, at ten", moment)] == [wanted.day]  # type: ignore[union-attr]


def test_a_holiday_is_passed_over() -> None:
    before_christmas = datetime(2026, 12, 22, 9, tzinfo=DIRECTORY.zone)
    assert next_wanted(DIRECTORY, "Dr. Anil Mehta", time(10), before_christmas).day == date(2026, 12, 24)
    a_day_later = before_christmas + timedelta(days=1)
    assert next_wanted(DIRECTORY, "Dr. Anil Mehta", time(10), a_day_later).day == date(2026, 12, 28)


def test_an_hour_at_which_nobody_is_there_is_a_fault_of_the_scenario() -> None:
    with pytest.raises(ConfigError, match="3 AM"):
        next_wanted(DIRECTORY, "Dr. Anil Mehta", time(3), datetime(2026, 11, 21, tzinfo=DIRECTORY.zone))


def test_an_appointment_is_compared_by_doctor_day_and_time() -> None:
    slot = {"doctor_name": "Dr. Anil Mehta", "date": "2026-11-25", "time": "04:30 PM"}
    wanted = Wanted("Dr. Anil Mehta", date(2026, 11, 25), time(16, 30))
    assert wanted_of(slot) == wanted
    assert str(wanted) == "Wednesday 25 November at 4:30 PM with Dr. Anil Mehta"
    assert not wanted.is_met_by(slot | {"time": "04:00 PM"})
    assert not wanted.is_met_by(slot | {"date": "2026-11-26"})
    assert not wanted.is_met_by(slot | {"doctor_name": "Dr. Priya Sharma"})
