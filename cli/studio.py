"""`parley studio`: LangGraph's development server on the turn graph, for LangGraph Studio."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

ROOT = Path(__file__).parents[1]


def studio(
    port: Annotated[int, typer.Option(help="Where Studio finds the graph.", min=1, max=65_535)] = 2024,
) -> None:
    """Open the turn graph to LangGraph Studio; it starts offline and without a key."""
    typer.echo(f"The graph is at http://127.0.0.1:{port}; Studio's page is https://smith.langchain.com/studio/")
    server = [sys.executable, "-m", "langgraph_cli", "dev", "--no-browser", "--no-reload", "--port", str(port)]
    os.chdir(ROOT)
    sys.stdout.flush()
    # This process becomes the server, so that a signal reaches it. The variable keeps the tool from reporting home.
    os.execvp("env", ["env", "LANGGRAPH_CLI_NO_ANALYTICS=1", *server])
