"""The import contracts bite: each is broken on purpose in a toy tree and has to say so."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, packages

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
BUSINESSES = ("bakery", "plumber")

LAYERS = "Each layer imports only what is below it"
ADAPTERS = "Only bootstrap imports providers"
VENDORS = "Vendor SDKs are imported only in providers"
POSTGRES = "The Postgres driver is imported only in providers and checkpoints"
DOORS = "Only server and the routers of providers import the web framework"
PURE = "domain, language, speech and ports know no framework and no network"
PLAYBOOKS = "Businesses do not know each other"


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """Every package of the house, empty, and two businesses; the contracts are the real ones."""
    for folder in (*packages(), *(f"playbooks/{business}" for business in BUSINESSES)):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "__init__.py").touch()
    (tmp_path / "playbooks/prompts.py").touch()
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def _broken(root: Path) -> list[str]:
    """Lint the tree and return the names of the contracts that it breaks."""
    command = [sys.executable, "-c", LINT, "--no-logo", "--no-cache"]
    environment = {"COLUMNS": "300", "PATH": "/usr/bin:/bin"}
    run = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=280, check=False)
    assert "Contracts:" in run.stdout, run.stdout + run.stderr
    return [line.removesuffix(" BROKEN") for line in run.stdout.splitlines() if line.endswith(" BROKEN")]


def test_the_toy_tree_keeps_every_contract(toy: Path) -> None:
    (toy / "bootstrap/adapters.py").write_text("import providers\n")
    (toy / "cli/serve.py").write_text("import server\n")
    (toy / "providers/postgres.py").write_text("import psycopg, twilio, fastapi\n")
    (toy / "checkpoints/saver.py").write_text("import psycopg, langgraph\n")
    (toy / "playbooks/bakery/playbook.py").write_text("import playbooks.prompts\n")
    assert _broken(toy) == []


@pytest.mark.parametrize(
    ("file", "line", "contracts"),
    [
        ("domain/a.py", "import ports", [LAYERS]),
        ("tools/a.py", "import playbooks", [LAYERS]),
        ("nodes/a.py", "import graph", [LAYERS]),
        ("speech/a.py", "import language", [LAYERS]),
        ("graph/a.py", "import checkpoints", [LAYERS]),
        ("providers/a.py", "import graph", [LAYERS]),
        ("sessions/a.py", "import bootstrap", [LAYERS]),
        ("evals/a.py", "import server", [LAYERS]),
        ("server/a.py", "import cli", [LAYERS]),
        ("cli/a.py", "import providers", [ADAPTERS]),
        ("sessions/a.py", "import providers", [ADAPTERS]),
        ("nodes/a.py", "import twilio", [VENDORS]),
        ("checkpoints/a.py", "import alembic", [VENDORS]),
        ("bootstrap/a.py", "def f():\n    import google.genai", [VENDORS]),
        ("sessions/a.py", "import psycopg_pool", [POSTGRES]),
        ("cli/a.py", "import fastapi", [DOORS]),
        ("language/a.py", "import httpx", [PURE]),
        ("ports/a.py", "import langchain_core.tools", [PURE]),
        ("playbooks/bakery/a.py", "import playbooks.plumber", [PLAYBOOKS]),
    ],
)
def test_a_forbidden_import_breaks_its_contract(toy: Path, file: str, line: str, contracts: list[str]) -> None:
    (toy / file).write_text(f"{line}\n")
    assert _broken(toy) == contracts
