"""Prompts as files: `prompts/<name>.v<N>.md`, one file a version."""

import re
from collections.abc import Mapping
from pathlib import Path

from domain.errors import ConfigError
from domain.playbook import Prompt

_FILE = re.compile(r"(?P<name>[a-z][a-z_]*)\.v(?P<version>[1-9]\d*)\.md")
_SECTION = re.compile(r"^## +(?P<tool>[a-z][a-z0-9_]*) *\n(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def load_prompts(folder: Path) -> dict[str, tuple[Prompt, ...]]:
    """Read every prompt of a folder, by name and newest version first.

    Raises:
        ConfigError: a file with a name that is no prompt name, or an empty one.
    """
    found: dict[str, list[Prompt]] = {}
    for path in sorted(folder.glob("*.md")):
        prompt = _load_prompt(path)
        found.setdefault(prompt.name, []).append(prompt)
    return {name: tuple(sorted(prompts, key=_newest_first)) for name, prompts in found.items()}


def load_tool_descriptions(folder: Path) -> Mapping[str, str]:
    """Read what a model is told about each tool: the `## tool_name` sections of the newest `tools` prompt.

    Raises:
        ConfigError: there is no such prompt in the folder, or a section of it is empty.
    """
    prompts = load_prompts(folder)
    if "tools" not in prompts:
        raise ConfigError(f"{folder}: no tools.v1.md; write one section per tool, headed `## tool_name`")
    sections = {found["tool"]: found["text"].strip() for found in _SECTION.finditer(prompts["tools"][0].text)}
    for tool, text in sections.items():
        if not text:
            raise ConfigError(f"{folder}: the description of {tool} is empty")
    return sections


def _newest_first(prompt: Prompt) -> int:
    return -prompt.version


def _load_prompt(path: Path) -> Prompt:
    named = _FILE.fullmatch(path.name)
    if named is None:
        raise ConfigError(f"{path}: prompt files are named like clean.v1.md")
    text = path.read_text(encoding="utf-8").strip()
    if not text:
        raise ConfigError(f"{path}: the prompt is empty")
    return Prompt(name=named["name"], version=int(named["version"]), text=text)
