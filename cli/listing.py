"""What verbs that list things share: their options, and how rows are shown."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bootstrap.settings import Settings

WIDEST = 10_000
"""Characters of a line."""

Tenant = Annotated[str, typer.Option(help="Whose.")]
DataDir = Annotated[Path | None, typer.Option(help="Where the embedded database lives.")]
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


def settings_for(data_dir: Path | None) -> "Settings":
    """Read the settings, with the data directory of the command line."""
    from bootstrap.settings import load_settings

    return load_settings(**({} if data_dir is None else {"data_dir": data_dir}))


def show(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, as_json: bool) -> None:
    """Print rows as a table, or one JSON object a line."""
    if as_json:
        for row in rows:
            print(json.dumps({column: row[column] for column in columns}, default=str))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, no_wrap=True)
    for row in rows:
        table.add_row(*(_cell(row[column]) for column in columns))
    measured = Console(width=WIDEST).measure(table).maximum
    Console(width=max(measured, 1)).print(table)  # ids and secrets are whole, however narrow the terminal is


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case list() | tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)
