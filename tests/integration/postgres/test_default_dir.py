"""Where the data goes when nobody said."""

import os
from pathlib import Path

import pytest

from providers.postgres.embedded.default_dir import ELSEWHERE, choose_data_dir

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as another user")


@as_root
def test_root_keeps_its_private_folders_closed(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    chosen = choose_data_dir(private / ".parley")
    assert chosen.parent == ELSEWHERE
    assert choose_data_dir(private / ".parley") == chosen
    assert choose_data_dir(private / "another") != chosen
    assert private.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root's server runs as another user")
def test_a_normal_user_keeps_the_data_beside_the_work(tmp_path: Path) -> None:
    assert choose_data_dir(tmp_path / ".parley") == tmp_path / ".parley"


@as_root
def test_a_folder_that_everybody_may_enter_is_used_as_it_is() -> None:
    assert choose_data_dir(Path("/var/tmp/parley-here/.parley")) == Path("/var/tmp/parley-here/.parley")
