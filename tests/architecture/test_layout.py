"""The packages: listed, importable under their own names, and nobody else's."""

import configparser
import re
import sys
import tomllib
from collections.abc import Mapping
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, packages, pyproject

UNUSABLE_NAMES = {"utils", "helpers", "common", "core", "lib", "misc", "services", "managers", "handlers"}


def _folders_with_code() -> set[str]:
    return {path.parent.name for path in ROOT.glob("*/*.py")}


def test_the_wheel_holds_every_package_and_only_those() -> None:
    assert sorted(packages()) == sorted(_folders_with_code() - {"tests"})


def test_import_linter_watches_every_package() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    assert sorted(contracts["importlinter"]["root_packages"].split()) == sorted(packages())
    layers = re.findall(r"\w+", contracts["importlinter:contract:layers"]["layers"])
    assert sorted(layers) == sorted(packages())


@pytest.fixture(scope="module")
def distributions() -> Mapping[str, list[str]]:
    return packages_distributions()


@pytest.mark.parametrize("name", [*packages(), "tests"])
def test_a_package_name_is_ours_alone(name: str, distributions: Mapping[str, list[str]]) -> None:
    assert name not in sys.stdlib_module_names
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).parent == ROOT / name
    assert set(distributions.get(name, ())) <= {"parley"}


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for name in (*packages(), "tests") for path in (ROOT / name).rglob("*.py")}
    missing = sorted(
        folder.relative_to(ROOT).as_posix() for folder in folders if not (folder / "__init__.py").is_file()
    )
    assert missing == []


def test_no_file_has_a_name_without_meaning() -> None:
    named = {path.stem: path for name in packages() for path in (ROOT / name).rglob("*") if path.suffix in {"", ".py"}}
    assert sorted(str(named[stem]) for stem in UNUSABLE_NAMES & named.keys()) == []


def test_the_lock_file_was_made_from_this_pyproject() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    (parley,) = [package for package in lock["package"] if package["name"] == "parley"]
    locked = {entry["name"] for entry in parley["metadata"]["requires-dist"]}
    extras = [line for group in pyproject()["project"]["optional-dependencies"].values() for line in group]
    wanted = {_distribution(line) for line in (*pyproject()["project"]["dependencies"], *extras)}
    assert locked == wanted


def test_every_locked_file_has_a_hash_and_comes_from_the_public_index() -> None:
    text = (ROOT / "uv.lock").read_text(encoding="utf-8")
    assert set(re.findall(r'registry = "([^"]+)"', text)) == {"https://pypi.org/simple"}
    assert set(re.findall(r'url = "(https?://[^/"]+)/', text)) == {"https://files.pythonhosted.org"}
    assert len(re.findall(r'\burl = "', text)) == len(re.findall(r'\bhash = "sha256:', text))


def test_the_image_holds_every_package() -> None:
    kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert [name for name in packages() if f"!{name}" not in kept] == []


def test_the_image_is_built_by_the_uv_that_dev_fetches() -> None:
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in (".ci/uv.txt", "Dockerfile")]
    (fetched,), (copied,) = (re.findall(r"\buv(?:==|:)(\d[\d.]+)", text) for text in texts)
    assert fetched == copied


def _distribution(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0].lower().replace("_", "-")
