"""Where a model's name leads, without a network."""

from pathlib import Path

import pytest

from domain.errors import ConfigError
from providers.whisper.models import find_model, load_model_path


def complete(folder: Path) -> Path:
    folder.mkdir()
    for name in ("config.json", "model.bin", "tokenizer.json"):
        (folder / name).touch()
    return folder


def test_a_directory_with_a_model_is_taken_as_it_is(tmp_path: Path) -> None:
    folder = complete(tmp_path / "model")
    assert load_model_path(str(folder)) == folder


def test_a_directory_that_is_not_whole_says_what_it_lacks(tmp_path: Path) -> None:
    folder = complete(tmp_path / "model")
    (folder / "tokenizer.json").unlink()
    assert find_model(str(folder)) is None
    with pytest.raises(ConfigError, match=r"must hold .*tokenizer\.json"):
        load_model_path(str(folder))


@pytest.mark.parametrize("name", ["tiniest", "../models/base", "/nowhere/base", "a/b/c"])
def test_an_unknown_name_is_a_mistake_in_the_settings(name: str) -> None:
    with pytest.raises(ConfigError, match="owner/name"):
        find_model(name)


def test_a_model_not_fetched_yet_says_how_to_fetch_it() -> None:
    with pytest.raises(ConfigError, match="parley models fetch nobody/has-this-model"):
        load_model_path("nobody/has-this-model")
