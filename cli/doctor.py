"""`parley doctor`: what is configured, whether it answers, and what is missing."""

import asyncio
from typing import TYPE_CHECKING

import typer

from cli.listing import DataDir, Json, settings_for

if TYPE_CHECKING:
    from bootstrap.doctor import Finding
    from bootstrap.settings import Settings

MARKS = {"well": "[green]well[/]", "off": "[dim]off [/]", "ill": "[red]ill [/]"}


def doctor(data_dir: DataDir = None, as_json: Json = False) -> None:
    """Use every part once, as a call would, and say how it does; exit status 1 when one is ill."""
    found = asyncio.run(_examine(settings_for(data_dir), as_json=as_json))
    if any(finding.state == "ill" for finding in found):
        raise typer.Exit(1)


async def _examine(settings: "Settings", *, as_json: bool) -> "list[Finding]":
    from bootstrap.doctor import examine

    found = []
    async for finding in examine(settings):
        (_print_json if as_json else _print)(finding)
        found.append(finding)
    return found


def _print_json(finding: "Finding") -> None:
    import orjson

    print(orjson.dumps(finding).decode())


def _print(finding: "Finding") -> None:
    from rich.console import Console
    from rich.markup import escape

    took = "" if finding.ms is None else f"[dim]{finding.ms:,.0f} ms[/]"
    remedy = f"[dim]({escape(finding.remedy)})[/]" if finding.remedy else ""
    line = f"{MARKS[finding.state]} {finding.part:<16} {escape(finding.what)} {took}{remedy}"
    Console(highlight=False).print(line, soft_wrap=True)
