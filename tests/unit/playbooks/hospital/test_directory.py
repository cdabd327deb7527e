"""The directory as its file tells it."""

from datetime import date, time
from pathlib import Path

import pytest

from playbooks.hospital.directory import DIRECTORY, load_directory
from tests.unit.playbooks.hospital.elsewhere import ADA, BERLIN, HOLIDAY

FILE = """
name: Small
zone: Europe/Berlin
region: DE
slot_minutes: 20
days_ahead: 30
holidays: {"2026-12-25": Christmas}
departments: {Eyes: [eye]}
doctors:
  Dr. One: {department: Eyes, days: {mon-wed: ["14:00-16:00"], tue: ["09:00-12:00"], sun: ["10:00-11:00"]}}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "directory.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_hours_of_several_lines_are_put_in_order(file: Path) -> None:
    directory = load_directory(file)
    afternoon = (time(14), time(16))
    assert directory.doctors["Dr. One"].hours == {
        0: (afternoon,),
        1: ((time(9), time(12)), afternoon),
        2: (afternoon,),
        6: ((time(10), time(11)),),
    }


def test_a_day_that_is_none_is_refused(file: Path) -> None:
    file.write_text(FILE.replace("mon-wed", "mon-wen"), encoding="utf-8")
    with pytest.raises(ValueError, match="not in tuple"):
        load_directory(file)


def test_on_holidays_nobody_works() -> None:
    assert BERLIN.hours_of(ADA, HOLIDAY) == ()
    assert BERLIN.hours_of(ADA, date(2027, 3, 30)) != ()


def test_a_doctor_who_has_left_has_no_hours() -> None:
    assert BERLIN.hours_of("Dr. Gone", date(2027, 3, 30)) == ()


def test_every_department_has_a_doctor_and_every_doctor_hours() -> None:
    assert all(DIRECTORY.doctors_of(name) for name in DIRECTORY.departments)
    for doctor in DIRECTORY.doctors.values():
        assert doctor.department in DIRECTORY.departments
        assert doctor.hours
        for stretches in doctor.hours.values():
            edges = [edge for stretch in stretches for edge in stretch]
            assert edges == sorted(set(edges)), doctor.name


def test_what_patients_say_means_one_department() -> None:
    said = [word for department in DIRECTORY.departments.values() for word in department.also]
    assert sorted(said) == sorted(set(said))


def test_an_instant_by_the_hospitals_clock() -> None:
    assert BERLIN.now(0.0).isoformat() == "1970-01-01T01:00:00+01:00"
    assert BERLIN.at(date(2027, 7, 1), time(9)).isoformat() == "2027-07-01T09:00:00+02:00"
