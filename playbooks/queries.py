"""A playbook's own SQL: `queries.sql` in its folder, each statement under its name."""

import re
from pathlib import Path

_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


def load_queries(playbook_file: str) -> dict[str, str]:
    """Read the statements of the `queries.sql` beside a playbook's module, by name; without the file there are none."""
    file = Path(playbook_file).parent / "queries.sql"
    parts = _NAME.split(file.read_text(encoding="utf-8"))[1:] if file.is_file() else []
    return {name: body.strip().rstrip(";") for name, body in zip(parts[::2], parts[1::2], strict=True)}
