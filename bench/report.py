"""A bench's findings as a table to read and as a file to compare with."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.table import Table

from bench.figures import Findings, Row

VERDICTS = {True: "[green]met[/]", False: "[red]missed[/]", None: ""}


def build_notes(notes: Mapping[str, str]) -> Table:
    """Lay out what stands beside the figures, such as what each durability mode promises."""
    table = Table.grid(padding=(0, 2))
    for name, text in notes.items():
        table.add_row(name, text)
    return table


def build_table(title: str, rows: Sequence[Row]) -> Table:
    """Lay rows out: what was measured, the figure, its bar, and whether it was met."""
    table = Table("Measure", "Figure", "Bar", "Verdict", title=title, title_justify="left", show_lines=False)
    for row in rows:
        table.add_row(row.what, row.figure, row.bar, VERDICTS[row.met])
    return table


def save_report(file: Path, name: str, machine: Mapping[str, Any], findings: Findings) -> None:
    """Write the report as JSON; `raw` holds every figure behind the rows."""
    report = {
        "bench": name,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine,
        "rows": [vars(row) for row in findings.rows],
        "notes": findings.notes,
        "raw": findings.raw,
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(report, indent=1, default=str) + "\n", encoding="utf-8")
