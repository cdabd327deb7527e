"""Reading docs/contract.md: its marked examples and tables."""

import json
import re
from pathlib import Path
from typing import Any

PAGE = (Path(__file__).parents[2] / "docs" / "contract.md").read_text()


def examples() -> dict[str, Any]:
    """Every marked JSON example, by the name of its schema."""
    found = re.findall(r"<!-- example: (\w+) -->\n\n```json\n(.*?)\n```", PAGE, re.DOTALL)
    return {name: json.loads(text) for name, text in found}


def table(name: str) -> list[list[str]]:
    """The rows of a marked table, cell by cell, without its head."""
    _, _, rest = PAGE.partition(f"<!-- table: {name} -->\n\n")
    lines = rest.partition("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
