"""`demo --playbook hospital`: a patient books twice, and what the bookings left behind is looked at."""

import secrets
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console

from bootstrap.office import OfficeFolders, office_folders
from bootstrap.settings import load_settings
from cli.demo.account import DemoAccount
from cli.demo.hospital.desk import Desk, open_desk
from cli.demo.hospital.papers import Papers, wait_for
from cli.demo.hospital.patient import Patient
from cli.demo.hospital.show import Show
from cli.demo.hospital.talks import NAMED, Talk, telephone, write, written_turn
from cli.demo.hospital.visits import Visits, load_visits
from cli.demo.performance import PRINTED_WIDTH
from cli.demo.server import run_server
from playbooks.hospital.directory import DIRECTORY

CLOSED = "closed"


@dataclass(frozen=True)
class Stage:
    """Where the visits are played: who calls whom, at which server."""

    show: Show
    desk: Desk
    visits: Visits
    phone: str
    account: DemoAccount
    address: str


def perform_hospital(*, port: int, data_dir: Path | None, out: Path) -> bool:
    """Play both visits; True when the written one left all it should, and the telephone booked nothing wrong."""
    office = office_folders(load_settings(**({} if data_dir is None else {"data_dir": data_dir})))
    visits, account = load_visits(DIRECTORY.now(time.time())), DemoAccount()
    show = Show(Console(highlight=False, width=None if sys.stdout.isatty() else PRINTED_WIDTH))
    show.say("Starting the server, then a patient books twice: in writing, and by (simulated) telephone.")
    with (
        run_server(data_dir, port, account.settings(visits.called, visits.playbook)) as address,
        open_desk(address, account.headers(), visits.playbook) as desk,
    ):
        show.say(f"[bold]Parley[/] runs at {address}")
        stage = Stage(show, desk, visits, _new_number(), account, address)
        written = _write(stage, office)
        spoken = _telephone(stage, out)
    return written and spoken


def _new_number() -> str:
    """A number that no register knows yet."""
    return f"+9170{secrets.randbelow(10**8):08}"


def _write(stage: Stage, office: OfficeFolders) -> bool:
    patient = Patient(stage.visits.written, stage.visits.asked)
    stage.show.visit("A new patient, in writing", stage.phone, patient.wanted)
    talk = write(stage.desk, patient, stage.phone, stage.show.turn)
    problems = wrong_with(talk, stage.visits) if talk.booked else ["Nothing was booked."]
    if not problems:
        problems = _missing(stage.show, talk, office) + _not_taken(stage, talk)
    stage.show.problems(problems, "All that a booking should leave is there.")
    return not problems


def wrong_with(talk: Talk, visits: Visits) -> list[str]:
    """Say what is wrong with a talk and with what it has booked, if anything."""
    problems = [] if talk.status == CLOSED else [f"The session is {talk.status}."]
    if not talk.is_right:
        problems.append(f"Wanted was {talk.wanted}; booked is {talk.booked}.")
    told = {(item["patient_name"], item["email"]) for item in talk.booked}
    if not told <= {(visits.name, visits.email)}:
        problems.append(f"The patient is {visits.name}, {visits.email}; booked for {told}.")
    return problems


def _missing(show: Show, talk: Talk, office: OfficeFolders) -> list[str]:
    begins = f"{datetime.combine(talk.wanted.day, talk.wanted.at):%Y%m%dT%H%M%S}"
    found = wait_for(Papers(office, talk.booked[0], begins, talk.session_id))
    show.papers(talk.booked[0], found)
    return [f"There is no {name}." for name, path in found.items() if path is None]


def _not_taken(stage: Stage, talk: Talk) -> list[str]:
    """Ask for the same slot as somebody else: the desk's own tables say that it has gone."""
    at = f"{talk.wanted.at:%I:%M %p}".lstrip("0")
    words = f"Hello, I would like to see {talk.wanted.doctor} on {talk.wanted.day.day} {talk.wanted.day:%B} at {at}."
    session_id = stage.desk.begin(None)
    result = stage.desk.say(session_id, words)
    stage.desk.end(session_id)
    stage.show.say("\nSomebody else asks for the same:")
    stage.show.turn(written_turn(result))
    requested = stage.desk.dataset(session_id)["requested"] or {}
    return [] if requested.get("available") is False else ["The slot is not taken for others."]


def _telephone(stage: Stage, out: Path) -> bool:
    show, visits = stage.show, stage.visits
    patient = Patient(visits.telephoned, visits.asked)
    show.visit("The same patient, by telephone", stage.phone, patient.wanted)
    talk, record = telephone(
        stage.desk, patient, stage.account, stage.address, called=visits.called, caller=stage.phone
    )
    record.write_wav(out)
    for turn in talk.turns:
        show.turn(turn)
    reached = talk.reached(visits.name)
    show.call(record, out)
    show.reached(reached)
    problems = [problem.what for problem in record.problems] + wrong_with(talk, visits)
    if not reached[NAMED]:
        problems.append("The register did not know the patient.")
    show.problems(problems, f"Booked is what was wanted: {talk.wanted}." if talk.booked else "Nothing was booked.")
    return not problems
