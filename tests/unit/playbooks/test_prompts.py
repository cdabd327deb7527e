"""Prompts as files with versions."""

from pathlib import Path

import pytest

from domain.errors import ConfigError
from playbooks.prompts import load_prompts, load_tool_descriptions


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name.replace('__', '.')}.md").write_text(text, encoding="utf-8")
    return folder


def test_the_newest_version_comes_first_by_number(tmp_path: Path) -> None:
    prompts = load_prompts(write(tmp_path, clean__v2="two", clean__v10="ten", decide__v1="one"))
    assert [prompt.version for prompt in prompts["clean"]] == [10, 2]
    assert prompts["clean"][0].label == "clean@10"
    assert prompts["decide"][0].text == "one"


@pytest.mark.parametrize("name", ["clean", "clean__v0", "Clean__v1", "clean__vx"])
def test_a_file_that_is_no_prompt_is_an_error_that_names_it(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="prompt files are named"):
        load_prompts(write(tmp_path, **{name: "text"}))


def test_an_empty_prompt_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is empty"):
        load_prompts(write(tmp_path, clean__v1=" \n"))


def test_tools_are_described_by_the_sections_of_the_newest_version(tmp_path: Path) -> None:
    write(
        tmp_path,
        tools__v1="## hang_up\n\nOld.",
        tools__v2="Intro.\n\n## hang_up\n\nEnds it.\n\n## call_back\n\nLater,\nnot now.",
    )
    assert load_tool_descriptions(tmp_path) == {"hang_up": "Ends it.", "call_back": "Later,\nnot now."}


def test_a_folder_without_tools_or_with_an_empty_section_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no tools\.v1\.md"):
        load_tool_descriptions(tmp_path)
    with pytest.raises(ConfigError, match="description of hang_up is empty"):
        load_tool_descriptions(write(tmp_path, tools__v1="## hang_up\n\n## call_back\n\nLater."))
