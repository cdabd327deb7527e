"""`parley studio`: LangGraph's development server on the turn graph, for LangGraph Studio."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

ROOT = Path(__file__).parents[1]


def studio(
    port: Annotated[int, typer.Option(help="Where Studio finds the graph.", min=1, max=65_535)] = 2024,
) -> None:
    """Open the turn graph to LangGraph Studio; it starts offline and without a key."""
    command = [sys.executable, "-m", "langgraph_cli", "dev", "--no-browser", "--no-reload", "--port", str(port)]
    typer.echo(f"Studio finds the graph at http://127.0.0.1:{port}; its page: https://smith.langchain.com/studio")
    variables = {"PYTHONPATH": str(ROOT), "LANGGRAPH_CLI_NO_ANALYTICS": "1"}
    raise typer.Exit(subprocess.run(command, cwd=ROOT, env={**os.environ, **variables}, check=False).returncode)
