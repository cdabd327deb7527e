"""Logs: one JSON object a line, with ids and without callers' words."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bootstrap.logging import configure_logging


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_line_names_the_request_and_the_session(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info")
    structlog.contextvars.bind_contextvars(request_id="r1", session_id="s1")
    structlog.get_logger("server").info("request", status=200)
    logging.getLogger("somebody").warning("theirs")
    ours, theirs = lines(capsys.readouterr().err)
    assert (ours["event"], ours["request_id"], ours["session_id"], ours["status"]) == ("request", "r1", "s1", 200)
    assert (theirs["event"], theirs["request_id"], theirs["level"]) == ("theirs", "r1", "warning")


@pytest.mark.parametrize("personal", [False, True])
def test_callers_words_are_logged_only_where_that_is_wanted(
    capsys: pytest.CaptureFixture[str], *, personal: bool
) -> None:
    configure_logging("info", personal=personal)
    try:
        raise ValueError("Scott said 555 0100")
    except ValueError as error:
        structlog.get_logger("x").error("broke", exc_info=error, pii={"text": "Scott"})
        logging.getLogger("y").exception("broke too")
    text = capsys.readouterr().err
    assert ("Scott" in text) is personal
    for line in lines(text):
        assert line["error"] == "ValueError"
        assert "test_logging.py" in str(line["where"])


def test_the_level_holds_for_everybody(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("warning")
    structlog.get_logger("x").info("quiet")
    logging.getLogger("y").info("quiet")
    logging.getLogger("httpx").warning("heard")
    assert [line["event"] for line in lines(capsys.readouterr().err)] == ["heard"]


def test_what_strangers_send_is_no_error_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info")
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
    logging.getLogger("uvicorn.error").error("Exception in ASGI application\n")
    assert [line["level"] for line in lines(capsys.readouterr().err)] == ["error"]


def test_people_get_words(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info", json=False)
    structlog.get_logger("x").info("started", port=8000)
    assert "started" in capsys.readouterr().err
