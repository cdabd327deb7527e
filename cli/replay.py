"""`parley replay`: a recorded call, run again, and how it differs."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.listing import DataDir, Json, Tenant, settings_for


def replay(
    session: Annotated[str, typer.Argument(help="The session.")],
    from_turn: Annotated[str | None, typer.Option(help="seq or turn_id of a caller's turn; else the first.")] = None,
    model: Annotated[str | None, typer.Option(help="provider:model, or builtin; else the one of each turn.")] = None,
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
    from rich.text import Text

    table = Table("turn", "words", "calls", "dataset", "degraded", box=None, pad_edge=False)
    for each in shown["differences"]:
        if not each["same"]:
            cells = (str(each["seq"]), _words(each), _calls(each), _dataset(each), ", ".join(_degraded(each)))
            table.add_row(*map(Text, cells))
    console = Console(soft_wrap=True)
    if table.row_count:
        console.print(table)
    if shown["fault"]:
        console.print(f"Failed: {shown['fault']}", markup=False)
    console.print(_summary(shown["totals"]), markup=False, highlight=False)


def _summary(totals: Mapping[str, Any]) -> str:
    return (
        f"{totals['turns']} turns, {totals['different']} different; a model was asked {totals['asked']} times, "
        f"{totals['recalled']} answers came from the record.\n"
        f"recorded: {_spent(totals, 'recorded')}\n"
        f"replayed: {_spent(totals, 'replayed')}"
    )


def _spent(totals: Mapping[str, Any], side: str) -> str:
    tokens, seconds = totals["cost"][side], totals["time_ms"][side] / 1000
    return f"{tokens['input_tokens']} tokens in, {tokens['output_tokens']} out, {seconds:.1f} s"


def _words(each: Mapping[str, Any]) -> str:
    pair = each["cleaned_text"]
    return "" if pair is None else f"- {pair['recorded']}\n+ {pair['replayed']}"


def _calls(each: Mapping[str, Any]) -> str:
    return "" if each["function_calls"] is None else "\n".join(_call_lines(each["function_calls"]))


def _call_lines(calls: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"- {_call(call)}" for call in calls["missing"])
    for pair in calls["changed"]:
        yield f"- {_call(pair['recorded'])}"
        yield f"+ {_call(pair['replayed'])}"
    yield from (f"+ {_call(call)}" for call in calls["added"])


def _call(call: Mapping[str, Any]) -> str:
    arguments = ", ".join(f"{name}={value!r}" for name, value in call["parameters"].items())
    return f"{call['function_name']}({arguments}): {call['status']}"


def _dataset(each: Mapping[str, Any]) -> str:
    return "\n".join(
        f"{step['op']} {step['path']}" + (f": {step['value']}" if "value" in step else "") for step in each["dataset"]
    )


def _degraded(each: Mapping[str, Any]) -> list[str]:
    """What did not go well now, and did then."""
    return [reason for reason in each["degraded"]["replayed"] if reason not in each["degraded"]["recorded"]]
