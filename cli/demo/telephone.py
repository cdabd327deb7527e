"""`demo --voice`: a simulated telephone calls the real server, and the two talk."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from rich.console import Console
from rich.markup import escape

from bootstrap.simulator import dial
from cli.demo.account import DemoAccount
from cli.demo.phone_call import PhoneCall, load_phone_call
from cli.demo.server import run_server
from cli.demo.turn_lines import Turn, show_turn, words_of
from domain.session import DEMO_TENANT
from language.sentences import split_sentences
from sessions.telephone import session_of

if TYPE_CHECKING:
    from bootstrap.simulator import Dialled

ANSWER_SECONDS = 10.0
WIDTH = 120


def telephone(playbook: str, *, port: int, data_dir: Path | None, out: Path) -> bool:
    """Call the playbook's number, write the call to a WAV file, show what was heard; True when all held."""
    call = load_phone_call(playbook)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
    account = DemoAccount()
    with run_server(data_dir, port, account.settings(call.called, call.playbook)) as address:
        console.print(f"[bold]Parley[/] runs at {address}; a simulated telephone dials {call.called} ...")
        record = asyncio.run(dial(account.carrier, address, call.said, called=call.called, caller="+15005550006"))
        record.write_wav(out)
        turns = _turns(address, account, session_of(DEMO_TENANT, record.call_sid))
    return _verdict(console, call, record, turns, out)


def _turns(address: str, account: DemoAccount, session_id: str) -> list[Turn]:
    """Ask the server for the session's turns, when the call is over and all is kept."""
    with httpx.Client(base_url=address, headers=account.headers(), timeout=ANSWER_SECONDS) as client:
        client.post(f"/sessions/{session_id}/close").raise_for_status()
        answer = client.get(f"/sessions/{session_id}/turns", params={"limit": 100})
    answer.raise_for_status()
    return list(answer.json()["items"])


def _verdict(console: Console, call: PhoneCall, record: "Dialled", turns: list[Turn], out: Path) -> bool:
    console.print()
    console.rule("[bold]What was heard[/]", align="left")
    for turn in turns:
        show_turn(console, turn)
    console.print(f"\nThe caller's words were: {' / '.join(call.words)}", soft_wrap=True)
    answered = sum(turn["result"]["reply"] is not None for turn in turns if turn["role"] == "caller")
    interrupted = [turn for turn in turns if turn["heard"] != words_of(turn)]
    claimed = sum(len(split_sentences(turn["heard"] or "")) for turn in turns)
    played = sum(heard.played == heard.sent for heard in record.heard)
    console.print(f"Answered: {answered} of {len(call.said)}. Interrupted: {len(interrupted)}.")
    console.print(f"Sentences counted as heard: {claimed}; played to the caller's ear: {played}.")
    console.print(f"{record.seconds:.0f} s of sound, caller left, agent right: {out}", soft_wrap=True)
    for problem in record.problems:
        console.print(f"[red]Trouble:[/] {escape(problem.what)}")
    return answered == len(call.said) and bool(interrupted) and claimed <= played and not record.problems
