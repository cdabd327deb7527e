"""`parley replay`: a recorded call, run again, and how it differs."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.listing import DataDir, Json, Tenant, settings_for


def replay(
    session: Annotated[str, typer.Argument(help="The session.")],
    from_turn: Annotated[str | None, typer.Option(help="seq or turn_id of a caller's turn; else the first.")] = None,
    model: Annotated[str | None, typer.Option(help="provider:model, or builtin; else the one in force.")] = None,
    prompt_version: Annotated[int | None, typer.Option(help="Version of the prompts; else the newest.", min=1)] = None,
    tenant: Tenant = "demo",
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Run a recorded call again, under the same model and prompts or others; nothing of it is done again."""
    start = int(from_turn) if from_turn and from_turn.isdecimal() else from_turn
    asked = {"from_turn": start, "model": model, "prompt_version": prompt_version}
    shown = asyncio.run(_replay(data_dir, tenant, session, asked, quiet=as_json))
    if as_json:
        print(json.dumps(shown, default=str))
    else:
        _show(shown)
    if shown["status"] != "done":
        raise typer.Exit(1)


async def _replay(
    data_dir: Path | None, tenant: str, session: str, asked: Mapping[str, Any], *, quiet: bool
) -> dict[str, Any]:
    from rich.console import Console
    from rich.progress import Progress

    from bootstrap.replays import open_replays

    async with open_replays(settings_for(data_dir)) as replays:
        made = await replays.ask(tenant, session, queue=False, **asked)
        with Progress(console=Console(stderr=True), disable=quiet, transient=True) as progress:
            bar = progress.add_task("Turns", total=made["turns"])
            await replays.make(tenant, made["replay_id"], lambda _: progress.advance(bar))
        return await replays.show(tenant, made["replay_id"])


def _show(shown: Mapping[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("turn", "words", "calls", "dataset", box=None, pad_edge=False)
    for each in shown["differences"]:
        if not each["same"]:
            table.add_row(str(each["seq"]), _words(each), _calls(each), _dataset(each))
    console, totals = Console(soft_wrap=True), shown["totals"]
    if table.row_count:
        console.print(table)
    if shown["fault"]:
        console.print(f"Failed: {shown['fault']}", markup=False)
    cost = totals["cost"]["replayed"]
    console.print(
        f"{totals['turns']} turns, {totals['different']} different; a model was asked {totals['asked']} times; "
        f"{cost['input_tokens']} tokens in, {cost['output_tokens']} out.",
        markup=False,
    )


def _words(each: Mapping[str, Any]) -> str:
    pair = each["cleaned_text"]
    return "" if pair is None else f"- {pair['recorded']}\n+ {pair['replayed']}"


def _calls(each: Mapping[str, Any]) -> str:
    pair = each["function_calls"]
    if pair is None:
        return ""
    lines = [("-", call) for call in pair["recorded"] if call not in pair["replayed"]]
    lines += [("+", call) for call in pair["replayed"] if call not in pair["recorded"]]
    return "\n".join(f"{sign} {call['function_name']} {call['parameters']} {call['status']}" for sign, call in lines)


def _dataset(each: Mapping[str, Any]) -> str:
    return "\n".join(f"{step['op']} {step['path']}" for step in each["dataset"])
