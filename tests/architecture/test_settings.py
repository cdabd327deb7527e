"""Every variable that the settings read is in .env.example and explained in a document."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, get_args

import pytest
from pydantic import BaseModel
from pydantic_settings import BaseSettings

from tests.architecture.source import ROOT

EXAMPLE = ROOT / ".env.example"
VARIABLE = re.compile(r"^#? ?([A-Z][A-Z0-9_]+)=", re.MULTILINE)


@pytest.fixture(scope="module")
def variables() -> set[str]:
    return _variables(import_module("bootstrap.settings").Settings)


def _variables(settings: type[BaseSettings]) -> set[str]:
    """The names of the environment variables that fill a settings class, nested ones spelt out."""
    prefix = settings.model_config.get("env_prefix", "")
    delimiter = settings.model_config.get("env_nested_delimiter") or "__"
    return {name.upper() for name in _names(settings, prefix, delimiter)}


def _names(model: type[BaseModel], prefix: str, delimiter: str) -> Iterator[str]:
    for key, field in model.model_fields.items():
        name = field.validation_alias if isinstance(field.validation_alias, str) else f"{prefix}{key}"
        parts = list(_models(field.annotation))
        for part in parts:
            yield from _names(part, f"{name}{delimiter}", delimiter)
        if not parts:
            yield name


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models in an annotation: itself, or the members of a union."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


def _documents() -> str:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def test_every_variable_is_in_the_example(variables: set[str]) -> None:
    assert sorted(variables - set(VARIABLE.findall(EXAMPLE.read_text(encoding="utf-8")))) == []


def test_the_example_names_only_variables_that_are_read(variables: set[str]) -> None:
    ours = {name for name in VARIABLE.findall(EXAMPLE.read_text(encoding="utf-8")) if name.startswith("PARLEY_")}
    assert sorted(ours - variables) == []


def test_every_variable_is_explained(variables: set[str]) -> None:
    named = set(re.findall(r"\b[A-Z][A-Z0-9_]+\b", _documents()))
    assert sorted(variables - named) == []


def test_nested_and_chosen_parts_are_spelt_out() -> None:
    class Small(BaseModel):
        kind: str = "small"

    class Large(BaseModel):
        kind: str = "large"
        size: int = 3

    class Toy(BaseSettings, env_prefix="TOY_", env_nested_delimiter="__"):
        part: Small | Large = Small()
        port: int = 1

    assert _variables(Toy) == {"TOY_PART__KIND", "TOY_PART__SIZE", "TOY_PORT"}
