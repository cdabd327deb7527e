"""docs/contract.md against the code: every example and every table on the page."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute, APIWebSocketRoute
from pydantic import BaseModel

from bootstrap.settings import ServerPart, SessionsPart
from domain import conversation, errors
from domain.event import EventType
from domain.tool_call import CallStatus
from server import paging, problems
from server.app import ROUTERS
from server.connection import HEAD_SECONDS
from server.face import Needs, Patience
from server.listen import IDLE_SECONDS
from server.metrics import Metrics
from server.middleware.body_limit import MAX_AUDIO_BODY_BYTES, MAX_BODY_BYTES
from server.middleware.head_check import MAX_HEAD_BYTES
from server.schemas import access, calls, consents, events, health, record, replays, sessions, turns, voice
from server.schemas import problems as problem_schemas
from server.schemas.fields import Body
from server.security.rate_limit import RateLimiter
from server.security.roles import AccessRole, Right
from server.streaming import socket
from sessions import requests
from speech.utterance import MAX_AUDIO_BYTES, MAX_AUDIO_SECONDS
from tests.contract.bad_input import REQUESTS, Sender
from tests.contract.page import PAGE, examples, table
from tests.unit.server.face import Stage, bearer, open_client

SCHEMAS: dict[str, type[BaseModel]] = {
    name: schema
    for module in (access, calls, consents, events, health, problem_schemas, record, replays, sessions, turns, voice)
    for name, schema in vars(module).items()
    if isinstance(schema, type) and issubclass(schema, BaseModel)
}
EXAMPLES = examples()
SOCKET_RIGHTS = {"/sessions/{session_id}/events": Right.READ, "/voice/stream": Right.CONVERSE}


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_is_what_its_schema_says(name: str) -> None:
    schema = SCHEMAS[name]
    schema.model_validate(EXAMPLES[name])
    assert set(EXAMPLES[name]) <= _names(schema), "the example has a key that the schema does not"
    if not issubclass(schema, Body):
        needed = {field.alias or key for key, field in schema.model_fields.items() if field.is_required()}
        assert needed <= set(EXAMPLES[name])
    assert schema.model_json_schema()["examples"] == [EXAMPLES[name]], "OpenAPI shows another one"


def _names(schema: type[BaseModel]) -> set[str]:
    return {field.alias or key for key, field in schema.model_fields.items()}


def test_paths_and_their_rights() -> None:
    found = {(method, route.path, _right(route)) for route in _routes() for method in _methods(route)}
    written = {(method, path, right) for method, path, right, _ in table("paths")}
    assert {(method, path.replace(":path", ""), right) for method, path, right in found} == written


def _routes() -> list[APIRoute | APIWebSocketRoute]:
    found = [route for router in ROUTERS for route in router.routes]
    return [route for route in found if isinstance(route, APIRoute | APIWebSocketRoute) and route.path != "/docs"]


def _methods(route: APIRoute | APIWebSocketRoute) -> set[str]:
    return set(route.methods or ()) if isinstance(route, APIRoute) else {"WS"}


def _right(route: APIRoute | APIWebSocketRoute) -> str:
    if isinstance(route, APIWebSocketRoute):
        return SOCKET_RIGHTS[route.path].value
    needs = [item.call.right.value for item in route.dependant.dependencies if isinstance(item.call, Needs)]
    return needs[0] if needs else "open"


def test_errors_are_those_of_the_tree() -> None:
    written = {code: int(status) for code, status, *_ in table("errors")}
    raised = [error for error in _tree(errors.RequestError) if error.__module__ in ("domain.errors", "server.problems")]
    assert {error.code: error.status for error in raised} | {"method_not_allowed": 405, "internal": 500} == written
    assert {code: title for code, _, title, _ in table("errors")} == problems.TITLES


def _tree(error: type[errors.RequestError]) -> list[type[errors.RequestError]]:
    return [leaf for child in error.__subclasses__() for leaf in (child, *_tree(child))]


def test_events_are_all_there_are() -> None:
    assert [row[0] for row in table("events")] == [kind.value for kind in EventType]


def test_statuses_of_a_call_are_named() -> None:
    assert all(f"`{status.value}`" in PAGE for status in CallStatus)


def test_roles_may_what_the_table_says() -> None:
    written = {row[0]: [cell == "yes" for cell in row[1:5]] for row in table("roles")}
    assert written == {role.value: [role.may(right) for right in Right] for role in AccessRole}


def test_limits_are_those_of_the_code() -> None:
    limiter, patience = RateLimiter(), Patience()
    assert [int(value.replace(",", "")) for _, value in table("limits")] == [
        turns.MAX_TEXT_CHARS,
        MAX_AUDIO_BYTES,
        MAX_AUDIO_SECONDS,
        conversation.MAX_NAME,
        conversation.MAX_TERM,
        conversation.MAX_TERMS,
        conversation.MAX_NOTES,
        requests.MAX_PROFILE_TEXT,
        requests.MAX_PROFILE,
        MAX_HEAD_BYTES,
        HEAD_SECONDS,
        IDLE_SECONDS,
        MAX_BODY_BYTES,
        MAX_AUDIO_BODY_BYTES,
        patience.body.total_seconds(),
        paging.MAX_PAGE,
        socket.MAX_MESSAGE_BYTES,
        socket.MAX_BAD_MESSAGES,
        patience.first_message.total_seconds(),
        patience.slow_reader.total_seconds(),
        limiter.known.most,
        limiter.anonymous.most,
        SessionsPart().most_active,
        ServerPart().media_streams,
    ]


def test_metrics_are_those_that_are_kept() -> None:
    metrics = Metrics()
    kept = {name: collector for name, collector in vars(metrics).items() if name not in ("registry",)}
    labels = {_metric_name(metric): metric._labelnames for metric in kept.values()}
    assert labels == {name: tuple(cell.split(", ")) for name, cell, _ in table("metrics")}


def _metric_name(metric: Any) -> str:
    return f"{metric._name}_total" if metric._type == "counter" else str(metric._name)


@pytest.fixture
async def sender() -> AsyncIterator[Sender]:
    stage = Stage()
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(open_client(stage))
        closed_stage = Stage(service=stage.service, keys=stage.keys, local=False)
        nobody = await stack.enter_async_context(open_client(closed_stage))
        viewer = await stack.enter_async_context(open_client(closed_stage))
        viewer.headers.update(bearer(AccessRole.VIEWER))
        hurried = await stack.enter_async_context(open_client(Stage(service=stage.service, per_second=3)))
        foreign = await nobody.post("/sessions", json={"playbook": "lumen"}, headers=bearer(AccessRole.ADMIN, "other"))
        ids = [str(uuid4()), str(uuid4())]
        for session_id in ids:
            await client.post("/sessions", json={"playbook": "lumen", "session_id": session_id})
        await client.post(f"/sessions/{ids[1]}/close")
        yield Sender(client, ids[0], ids[1], foreign.json()["session_id"], nobody, viewer, hurried)


def test_every_row_of_bad_input_has_its_request() -> None:
    assert list(REQUESTS) == [row[0] for row in table("bad input")]


@pytest.mark.parametrize(("name", "status", "field"), table("bad input"))
async def test_bad_input_is_answered_as_written(sender: Sender, name: str, status: str, field: str) -> None:
    answer = await REQUESTS[name](sender)
    problem = answer.json()
    assert answer.status_code == int(status), problem
    assert answer.headers["content-type"] == "application/problem+json"
    problem_schemas.Problem.model_validate(problem)
    assert problem["type"] == f"urn:parley:problem:{problem['code']}"
    if field:
        assert field in [error["field"] for error in problem["errors"]]


async def test_another_tenants_session_looks_like_none(sender: Sender) -> None:
    unknown = await sender.get(f"/sessions/{uuid4()}")
    foreign = await sender.get(f"/sessions/{sender.foreign_id}")
    assert unknown.content == foreign.content


async def test_openapi_is_filled_in() -> None:
    async with open_client(Stage()) as client:
        page = (await client.get("/openapi.json")).json()
    shown = {(method.upper(), path) for path, item in page["paths"].items() for method in item}
    assert shown == {(method, path) for method, path, *_ in table("paths") if method != "WS"}
    for path, item in page["paths"].items():
        for method, operation in item.items():
            right = "open" if "security" not in operation else "credential"
            assert (right == "open") is (path.startswith("/health") or path == "/auth/token"), path
            assert operation.get("tags"), f"{method} {path} has no tag"
            assert operation.get("description"), f"{method} {path} has no description"
            problems_told = [code for code in operation["responses"] if code.startswith("4")]
            assert problems_told or path.startswith("/health"), f"{method} {path} tells no error"
