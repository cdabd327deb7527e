"""Errors as problem documents."""

from uuid import uuid4

import pytest

from domain import errors
from domain.errors import Fault, ProviderRejected, ProviderUnavailable, RateLimited, Unauthenticated, Unavailable
from server.problems import headers_of, problem_of
from tests.unit.server.face import Stage, open_client

pytestmark = pytest.mark.usefixtures("quiet_log")

TURN = {"speaker": "User", "raw_text": "my number is 555 0100"}


@pytest.mark.parametrize("kind", errors.RequestError.__subclasses__(), ids=lambda kind: str(kind.__name__))
def test_every_request_error_keeps_its_status_and_code(kind: type[errors.RequestError]) -> None:
    problem = problem_of(kind())
    assert (problem.status, problem.code, problem.detail) == (kind.status, kind.code, kind.__doc__)


@pytest.mark.parametrize(
    ("body", "field", "says"),
    [
        ([], "body", "must be a JSON object"),
        ({"speaker": "User", "raw_text": "a\0b"}, "raw_text", "NUL characters cannot be kept; leave them out"),
        ({"speaker": "User", "turn_id": "x" * 129}, "turn_id", "string should have at most 128 characters"),
        ({"speaker": "a\nb"}, "speaker", "printable characters only"),
        ({"speaker": "User", "colour": 1}, "colour", "there is no such field"),
        ({"raw_text": "hello"}, "speaker", "is needed"),
        ({"speaker": "User", "timestamp": 1}, "timestamp", "must be RFC 3339 with a zone"),
    ],
)
async def test_a_field_s_error_is_told_in_plain_words(body: object, field: str, says: str) -> None:
    async with open_client(Stage()) as client:
        turn = await client.post(f"/sessions/{uuid4()}/turns", json=body)
    (error,) = turn.json()["errors"]
    assert error["field"] == field
    assert error["message"].startswith(says)


@pytest.mark.parametrize("path", ["/sessions", "/sessions/7f1c1b1e-1f0b-4b0e-9f55-6f2f0a3c9d11/turns"])
async def test_an_answer_repeats_little_of_what_was_sent(path: str) -> None:
    content = '{"speaker": "User", "raw_text": "", "\\ud800%s": 1}' % ("x" * 100_000)
    async with open_client(Stage()) as client:
        answer = await client.post(path, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert len(answer.content) < 5_000


def test_a_field_is_named() -> None:
    problem = problem_of(errors.InvalidInput("User or Lumen", field="speaker"))
    assert problem.errors is not None
    assert [(error.field, error.message) for error in problem.errors] == [("speaker", "User or Lumen")]


@pytest.mark.parametrize(
    ("error", "headers"),
    [
        (Unauthenticated(), {"WWW-Authenticate": "Bearer"}),
        (RateLimited(retry_after=2.2), {"Retry-After": "3"}),
        (Unavailable(retry_after=0.1), {"Retry-After": "1"}),
        (ProviderUnavailable("model", Fault.TIMEOUT), {"Retry-After": "1"}),
        (ValueError("no"), {}),
    ],
)
def test_headers(error: Exception, headers: dict[str, str]) -> None:
    assert headers_of(error) == headers


@pytest.mark.parametrize("error", [ValueError("Scott said 555 0100"), ProviderRejected("model", Fault.CREDENTIALS)])
async def test_what_nobody_foresaw_says_nothing_of_itself(error: Exception) -> None:
    stage = Stage()
    async with open_client(stage) as client:
        session_id = (await client.post("/sessions", json={"playbook": "lumen"})).json()["session_id"]
        stage.service.failure = error
        answer = await client.post(f"/sessions/{session_id}/turns", json=TURN)
    assert answer.status_code == 500
    assert answer.json()["code"] == "internal"
    assert str(error) not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_database_that_is_away_is_503() -> None:
    stage = Stage()
    async with open_client(stage) as client:
        session_id = (await client.post("/sessions", json={"playbook": "lumen"})).json()["session_id"]
        stage.service.failure = Unavailable("The database does not answer.", retry_after=5)
        answer = await client.post(f"/sessions/{session_id}/turns", json=TURN)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/health", "GET"),
        ("/sessions", "GET, POST"),
        ("/sessions/7f1c1b1e-1f0b-4b0e-9f55-6f2f0a3c9d11", "DELETE, GET"),
        ("/sessions/7f1c1b1e-1f0b-4b0e-9f55-6f2f0a3c9d11/turns", "GET, POST"),
        ("/openapi.json", "GET, HEAD"),
    ],
)
async def test_another_method_says_which_are_known(path: str, known: str) -> None:
    async with open_client(Stage()) as client:
        answer = await client.put(path)
    assert (answer.status_code, answer.headers.get_list("allow")) == (405, [known])
