"""`./dev`: which command each verb reaches, and when it installs; uv and Python are stand-ins that record."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from cli.main import app
from tests.architecture.source import ROOT

COMMANDS = cast(TyperGroup, get_command(app)).commands
UV = """#!/bin/sh
case "$1" in
    --version) echo "uv ${TOY_UV_VERSION:-0.13.8} (toy)" ;;
    python) exit "${TOY_NO_PYTHON:-0}" ;;
    sync)
        echo "$@" >>"$TOY_LOG"
        case "$*" in *--offline*) exit 1 ;; esac
        mkdir -p .venv/bin
        cp "$TOY_PYTHON" .venv/bin/python
        ;;
esac
"""
PYTHON = """#!/bin/sh
for word; do printf '[%s]' "$word"; done
printf ' in %s\\n' "$(pwd -P)"
exit "${TOY_EXIT:-0}"
"""


@dataclass(frozen=True)
class Checkout:
    """A checkout with a space in its path, whose uv and Python only say what they were asked."""

    root: Path
    elsewhere: Path
    log: Path
    environment: dict[str, str]

    def dev(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `./dev` from another directory."""
        return subprocess.run(
            [self.root / "dev", *words],
            cwd=self.elsewhere, env=self.environment | environment,
            capture_output=True, text=True, timeout=30, check=False,
        )  # fmt: skip

    def installations(self) -> int:
        """How often uv was asked to install from the network."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return sum("--offline" not in line for line in lines)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    root, tools, elsewhere = tmp_path / "a checkout", tmp_path / "bin", tmp_path / "elsewhere"
    for folder in (root / ".ci", root / "tests", tools, elsewhere):
        folder.mkdir(parents=True)
    for name in ("dev", "pyproject.toml", "uv.lock", ".ci/uv.txt"):
        shutil.copy(ROOT / name, root / name)
    for name, script in (("uv", UV), ("toy-python", PYTHON)):
        (tools / name).write_text(script)
        (tools / name).chmod(0o755)
    log = tmp_path / "uv.log"
    environment = {"TOY_LOG": str(log), "TOY_PYTHON": str(tools / "toy-python"), "HOME": str(tmp_path)}
    return Checkout(root, elsewhere, log, environment | {"PATH": f"{tools}{os.pathsep}{os.defpath}"})


@pytest.mark.parametrize("verb", sorted(COMMANDS))
def test_a_verb_reaches_the_parley_command_with_its_arguments(checkout: Checkout, verb: str) -> None:
    run = checkout.dev(verb, "--flag", "two words", "")
    assert run.stdout == f"[-m][cli.main][{verb}][--flag][two words][] in {checkout.root}\n"


def test_test_runs_pytest(checkout: Checkout) -> None:
    assert checkout.dev("test", "-x").stdout.startswith("[-m][pytest]")
    assert checkout.dev("test", "tests", "-x").stdout.startswith("[-m][pytest][tests][-x] in")
    assert checkout.dev("test", "tests::test_a").stdout.startswith("[-m][pytest][tests::test_a] in")
    assert checkout.dev("test", "-n0").stdout.startswith("[-m][pytest][-n0] in")


def test_check_runs_every_step_and_names_those_that_failed(checkout: Checkout) -> None:
    run = checkout.dev("check")
    assert [line for line in run.stderr.splitlines() if line.startswith("== ")] == [
        "== format", "== lint", "== types", "== layers", "== house",
    ]  # fmt: skip
    assert (run.returncode, run.stdout.count("[-m]")) == (0, 4)
    assert "All checks passed." in run.stderr
    failed = checkout.dev("check", "lint", "types", TOY_EXIT="1")
    assert failed.returncode == 1
    assert failed.stderr.endswith("dev: failed: lint types\n")


def test_check_can_repair_first(checkout: Checkout) -> None:
    assert checkout.dev("check", "--fix", "lint").stdout.startswith("[-m][ruff][check][--quiet][--fix][.] in")


def test_shell_runs_a_command_inside_the_environment(checkout: Checkout) -> None:
    run = checkout.dev("shell", "sh", "-c", 'echo "$VIRTUAL_ENV"; command -v python')
    assert run.stdout.splitlines() == [f"{checkout.root}/.venv", f"{checkout.root}/.venv/bin/python"]


def test_the_exit_status_is_the_commands(checkout: Checkout) -> None:
    assert checkout.dev("demo", TOY_EXIT="7").returncode == 7


def test_an_unknown_verb_shows_the_help_and_installs_nothing(checkout: Checkout) -> None:
    run = checkout.dev("dance")
    assert run.returncode == 2
    assert "there is no verb 'dance'" in run.stderr
    assert "Usage: ./dev VERB" in run.stderr
    assert checkout.dev("--help").stdout.startswith("Usage: ./dev VERB")
    assert checkout.installations() == 0


def test_it_installs_once_and_says_nothing_afterwards(checkout: Checkout) -> None:
    first, second = checkout.dev("demo"), checkout.dev("demo")
    assert "First run" in first.stderr
    assert second.stderr == ""
    assert checkout.installations() == 1


@pytest.fixture
def voiceless(tmp_path: Path) -> str:
    """A PATH with all that this machine has, but for voices."""
    folder = tmp_path / "voiceless"
    folder.mkdir()
    for tool in {each.name: each for place in os.defpath.split(os.pathsep) for each in Path(place).glob("*")}.values():
        if tool.name not in ("flite", "espeak-ng"):
            (folder / tool.name).symlink_to(tool)
    return str(folder)


@pytest.mark.parametrize(
    ("words", "speaks"),
    [
        ("--voice", True),
        ("--playbook hospital --exit", True),
        ("--playbook=hospital", True),
        ("--playbook lumen", False),
        ("--exit", False),
    ],
)
def test_a_demo_that_speaks_has_a_voice_installed(checkout: Checkout, voiceless: str, words: str, speaks: bool) -> None:
    path = checkout.environment["PATH"].replace(os.defpath, voiceless)
    checkout.dev("demo", *words.split(), TOY_EXIT="1", PATH=path)  # so that Python says that it has none
    assert ("--extra espeak" in checkout.log.read_text()) is speaks


@pytest.mark.parametrize("change", ["lock", "environment", "place"])
def test_it_installs_again_after_a_change(checkout: Checkout, change: str) -> None:
    checkout.dev("demo")
    moved = checkout.root.with_name("another place")
    match change:
        case "lock":
            (checkout.root / "uv.lock").write_text("changed")
        case "environment":
            (checkout.root / ".venv/bin/python").unlink()
        case _:
            checkout.root.rename(moved)
            checkout = Checkout(moved, checkout.elsewhere, checkout.log, checkout.environment)
    assert checkout.dev("demo").returncode == 0
    assert checkout.installations() == 2


def test_without_a_fitting_python_it_says_which_ones_fit(checkout: Checkout) -> None:
    run = checkout.dev("demo", TOY_NO_PYTHON="2")
    assert run.returncode == 1
    assert "Parley needs Python >=3.11,<3.14" in run.stderr


def test_without_uv_and_python_it_says_what_to_install(checkout: Checkout) -> None:
    tools = checkout.root.parent / "bare"
    tools.mkdir()
    for name in ("sh", "dirname", "sed", "cat", "cksum"):
        (tools / name).symlink_to(shutil.which(name) or name)
    run = checkout.dev("demo", PATH=str(tools))
    assert run.returncode == 1
    assert "no working python3 on PATH" in run.stderr


def test_an_old_uv_is_not_used(checkout: Checkout) -> None:
    tools = checkout.root.parent / "bin"
    (tools / "python3").write_text("#!/bin/sh\ncase \"$*\" in '-m '*) exit 1 ;; esac\n")
    (tools / "python3").chmod(0o755)
    run = checkout.dev("demo", TOY_UV_VERSION="0.7.9")
    assert "Fetching uv" in run.stderr
    assert "neither venv nor pip" in run.stderr
    assert list((checkout.root / ".uv").iterdir()) == []


def test_an_unwritable_home_gets_a_cache_in_the_checkout(checkout: Checkout) -> None:
    tools = checkout.root.parent / "bin"
    (tools / "uv").write_text(UV.replace('echo "$@"', 'echo "$UV_CACHE_DIR"'))
    checkout.dev("demo", HOME="/dev/null", UV_CACHE_DIR="")
    assert set(checkout.log.read_text().splitlines()) == {f"{checkout.root}/.uv/cache"}
