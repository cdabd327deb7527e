"""What only a mailbox in a folder does."""

from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from domain.errors import ConfigError, Fault, ProviderUnavailable
from ports.effects import effect_id
from providers.whole_files import require_folder
from tests.contract.appointments import LETTER
from tests.contract.workspace import mailbox_office, refused


def names_in(folder: Path) -> list[str]:
    """Everything in a folder."""
    return sorted(path.name for path in folder.iterdir())


async def test_a_letter_sent_again_is_there_once_and_as_it_was(tmp_path: Path) -> None:
    async with mailbox_office(tmp_path) as office:
        first = await office.mail.send(LETTER)
        path = tmp_path / f"{effect_id(LETTER.key)}.eml"
        written = path.read_bytes()
        assert await office.mail.send(replace(LETTER, text="Something else")) == first
    assert path.read_bytes() == written
    assert names_in(tmp_path) == [".lock", path.name]


async def test_a_folder_that_cannot_be_one_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="mailbox needs a folder"):
        require_folder(tmp_path / "file", "mailbox")
    async with mailbox_office(tmp_path / "file") as office:
        await refused(ProviderUnavailable, Fault.SERVER, office.mail.send(LETTER))


async def test_a_written_letter_is_told_once_by_its_file_alone(tmp_path: Path) -> None:
    with capture_logs() as logged:
        async with mailbox_office(tmp_path) as office:
            await office.mail.send(LETTER)
            await office.mail.send(LETTER)
    file = str(tmp_path / f"{effect_id(LETTER.key)}.eml")
    assert logged == [{"event": "letter_written", "log_level": "info", "file": file}]
