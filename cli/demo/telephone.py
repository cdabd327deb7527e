"""`demo --voice`: a simulated telephone calls the real server, and the two talk."""

import asyncio
import secrets
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from pydantic import SecretStr
from rich.console import Console
from rich.markup import escape

from bootstrap.settings import TwilioPart
from bootstrap.simulator import dial
from cli.demo.phone_call import PhoneCall, load_phone_call
from cli.demo.server import run_server
from domain.session import DEMO_TENANT
from language.sentences import split_sentences
from ports.clock import SystemClock
from server.security.roles import AccessRole, Caller
from server.security.tokens import TokenSigner
from sessions.telephone import session_of

if TYPE_CHECKING:
    from bootstrap.simulator import Dialled

ANSWER_SECONDS = 10.0
WIDTH = 120
PUBLIC = "https://parley.example"
"""What the server takes for its public address; the simulated telephone knows where it really is."""

Turn = Mapping[str, Any]


def telephone(playbook: str, *, port: int, data_dir: Path | None, out: Path) -> bool:
    """Call the playbook's number, write the call to a WAV file, show what was heard; True when all held."""
    call = load_phone_call(playbook)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
    account = TwilioPart(
        account_sid=f"AC{secrets.token_hex(16)}", auth_token=SecretStr(secrets.token_hex(16)), public_url=PUBLIC
    )
    secret = SecretStr(secrets.token_hex(32))
    with run_server(data_dir, port, _settings(account, secret, call)) as address:
        console.print(f"[bold]Parley[/] runs at {address}; a simulated telephone dials {call.called} ...")
        record = asyncio.run(dial(account, address, call.said, called=call.called, caller="+15005550006"))
        record.write_wav(out)
        turns = _turns(address, secret, session_of(DEMO_TENANT, record.call_sid))
    return _verdict(console, call, record, turns, out)


def _settings(account: TwilioPart, secret: SecretStr, call: PhoneCall) -> dict[str, str]:
    assert account.account_sid is not None
    assert account.auth_token is not None
    return {
        "PARLEY_TWILIO__ACCOUNT_SID": account.account_sid,
        "PARLEY_TWILIO__AUTH_TOKEN": account.auth_token.get_secret_value(),
        "PARLEY_TWILIO__PUBLIC_URL": PUBLIC,
        "PARLEY_TWILIO__NUMBERS": f'{{"{call.called}": "{call.playbook}"}}',
        "PARLEY_SECRET": secret.get_secret_value(),
    }


def _turns(address: str, secret: SecretStr, session_id: str) -> list[Turn]:
    """Ask the server for the session's turns, when the call is over and all is kept."""
    me = Caller(DEMO_TENANT, AccessRole.OPERATOR, "demo")
    token = TokenSigner(secret, SystemClock()).make(me, lifetime=timedelta(minutes=5))
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=address, headers=headers, timeout=ANSWER_SECONDS) as client:
        client.post(f"/sessions/{session_id}/close").raise_for_status()
        answer = client.get(f"/sessions/{session_id}/turns", params={"limit": 100})
    answer.raise_for_status()
    return list(answer.json()["items"])


def _verdict(console: Console, call: PhoneCall, record: "Dialled", turns: list[Turn], out: Path) -> bool:
    console.print()
    console.rule("[bold]What was heard[/]", align="left")
    for turn in turns:
        _show(console, turn)
    console.print(f"\nThe caller's words were: {' / '.join(call.words)}", soft_wrap=True)
    answered = sum(turn["result"]["reply"] is not None for turn in turns if turn["role"] == "caller")
    interrupted = [turn for turn in turns if turn["heard"] != _said_in(turn)]
    claimed = sum(len(split_sentences(turn["heard"] or "")) for turn in turns)
    played = sum(heard.played == heard.sent for heard in record.heard)
    console.print(f"Answered: {answered} of {len(call.said)}. Interrupted: {len(interrupted)}.")
    console.print(f"Sentences counted as heard: {claimed}; played to the caller's ear: {played}.")
    console.print(f"{record.seconds:.0f} s of sound, caller left, agent right: {out}", soft_wrap=True)
    for problem in record.problems:
        console.print(f"[red]Trouble:[/] {escape(problem.what)}")
    return answered == len(call.said) and bool(interrupted) and claimed <= played and not record.problems


def _show(console: Console, turn: Turn) -> None:
    if turn["role"] == "caller":
        console.print(f"[cyan]caller[/]  {escape(turn['raw_text']) or '(no words)'}", soft_wrap=True)
    said, heard = _said_in(turn), turn["heard"] or ""
    if said:
        rest = said.removeprefix(heard).strip()
        cut = f" [yellow](interrupted; not heard:[/] [dim]{escape(rest)}[/][yellow])[/]" if rest else ""
        console.print(f"[green]agent[/]   {escape(heard)}{cut}", soft_wrap=True)


def _said_in(turn: Turn) -> str:
    """What we meant to say in a turn: our own words, or the answer to the caller's."""
    words = turn["raw_text"] if turn["role"] == "agent" else turn["result"]["reply"]
    return str(words or "")
