"""Every variable that the settings read is in .env.example and explained in docs/settings.md."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

from pydantic import AliasChoices, BaseModel, Field
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from bootstrap.settings import Settings, variables
from tests.architecture.source import ROOT

EXAMPLE = ROOT / ".env.example"
EXPLAINED = ROOT / "docs/settings.md"
VARIABLE = re.compile(r"\b[A-Z][A-Z0-9_]*[A-Z0-9]\b")


def _variables(settings: type[BaseSettings]) -> set[str]:
    """The names of the environment variables that fill a settings class, nested ones spelt out."""
    prefix = settings.model_config.get("env_prefix", "")
    delimiter = settings.model_config.get("env_nested_delimiter") or "__"
    return {name.upper() for name in _names(settings, prefix, delimiter)}


def _names(model: type[BaseModel], prefix: str, delimiter: str) -> Iterator[str]:
    for key, field in model.model_fields.items():
        parts = list(_models(field.annotation))
        for part in parts:
            yield from _names(part, f"{prefix}{key}{delimiter}", delimiter)
        if not parts:
            yield from _own_names(field) or [f"{prefix}{key}"]


def _own_names(field: FieldInfo) -> list[str]:
    """The names that a field was given in place of its own."""
    alias = field.validation_alias
    if isinstance(alias, AliasChoices):
        return [str(choice) for choice in alias.choices]
    return [alias] if isinstance(alias, str) else []


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models in an annotation: itself, or the members of a union."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


def _named_in(*pages: Path) -> set[str]:
    return {
        name for page in pages for name in re.findall(r"\b[A-Z][A-Z0-9_]*[A-Z0-9]\b", page.read_text(encoding="utf-8"))
    }


def test_the_settings_know_their_own_names() -> None:
    assert set(variables()) == _variables(Settings)


def test_every_variable_is_in_the_example() -> None:
    assert sorted(_variables(Settings) - _named_in(EXAMPLE)) == []


def test_every_variable_is_explained() -> None:
    assert sorted(_variables(Settings) - _named_in(EXPLAINED)) == []


def test_only_variables_that_are_read_are_named() -> None:
    ours = {name for name in _named_in(EXAMPLE, EXPLAINED) if name.startswith("PARLEY_")}
    assert sorted(ours - _variables(Settings)) == []


def test_the_page_states_the_defaults() -> None:
    stated = dict(
        re.findall(r"^\| `(PARLEY_\w+)` \| (?:`([^`]*)`)? *\|", EXPLAINED.read_text(encoding="utf-8"), re.MULTILINE)
    )
    actual = dict(_defaults(Settings, "PARLEY_", "__"))
    assert {name: stated.get(name) for name in actual} == actual


def _defaults(model: type[BaseModel], prefix: str, delimiter: str) -> Iterator[tuple[str, str]]:
    """What each variable would hold to say what is so without it."""
    for key, field in model.model_fields.items():
        parts = list(_models(field.annotation))
        for part in parts:
            yield from _defaults(part, f"{prefix}{key}{delimiter}".upper(), delimiter)
        if parts:  # of several kinds, the one that is taken where none is named
            yield from ((f"{prefix}{key}{delimiter}{name}".upper(), _as_text(it)) for name, it in field.get_default())
        if not parts and not field.is_required():
            yield f"{prefix}{key}".upper(), _as_text(field.get_default(call_default_factory=True))


def _as_text(default: Any) -> str:
    match default:
        case None:
            return ""
        case bool():
            return str(default).lower()
        case timedelta():
            return f"{default.total_seconds():g}"
        case tuple():
            return str(list(default))
        case _:
            return str(default)


def test_nested_chosen_and_renamed_parts_are_spelt_out() -> None:
    class Small(BaseModel):
        kind: str = "small"

    class Large(BaseModel):
        kind: str = "large"
        size: int = 3

    class Toy(BaseSettings, env_prefix="TOY_", env_nested_delimiter="__"):
        part: Small | Large = Small()
        port: int = 1
        key: str = Field(default="", validation_alias=AliasChoices("TOY_KEY", "KEY"))

    assert _variables(Toy) == {"TOY_PART__KIND", "TOY_PART__SIZE", "TOY_PORT", "TOY_KEY", "KEY"}
