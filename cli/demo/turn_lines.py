"""A turn of a spoken conversation, as lines for a terminal."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape

Turn = Mapping[str, Any]


def show_turn(console: Console, turn: Turn) -> None:
    """What was heard of the caller, and what the agent answered; what was cut off is marked."""
    if turn["role"] == "caller":
        console.print(f"[cyan]caller[/]  {escape(turn['raw_text']) or '(no words)'}", soft_wrap=True)
    said, heard = words_of(turn), turn["heard"] or ""
    if said:
        rest = said.removeprefix(heard).strip()
        cut = f" [yellow](interrupted; not heard:[/] [dim]{escape(rest)}[/][yellow])[/]" if rest else ""
        console.print(f"[green]agent[/]   {escape(heard)}{cut}", soft_wrap=True)


def words_of(turn: Turn) -> str:
    """What we meant to say in a turn: our own words, or the answer to the caller's."""
    words = turn["raw_text"] if turn["role"] == "agent" else turn["result"]["reply"]
    return str(words or "")
