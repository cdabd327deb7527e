"""The loopback as an ASGI application: Gemini's routes, and its own under /loopback."""

from datetime import timedelta

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from providers.google.loopback.answer import Answer, Rule
from providers.google.loopback.engine import prompt_tokens
from providers.google.loopback.generate import Generate, key_of
from providers.google.loopback.request import GenerateRequest, problem_of
from providers.google.loopback.response import error_body
from providers.google.loopback.script import Received, Script

MODELS = ("gemini-3.5-flash-lite", "gemini-3.1-flash-lite", "gemini-3.5-flash")


class _ScriptBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    rules: list[Rule]
    keep: bool = False


def build_app(script: Script, latency: timedelta = timedelta()) -> Starlette:
    """Make the application; `latency` delays every generate answer that does not name its own."""
    app = Starlette(
        routes=[
            Route("/{version}/models", list_models, methods=["GET"]),
            Route("/{version}/models/{model}", show_model, methods=["GET"]),
            Route("/{version}/models/{call}", _Post(Generate(script, latency.total_seconds())), methods=["POST"]),
            Route("/loopback/script", set_script, methods=["POST"]),
            Route("/loopback/script", clear_script, methods=["DELETE"]),
            Route("/loopback/requests", list_requests, methods=["GET"]),
            Route("/loopback/requests", clear_requests, methods=["DELETE"]),
        ]
    )
    app.state.script = script
    return app


class _Post:
    """Choose by the method that stands behind the model's colon."""

    def __init__(self, generate: Generate) -> None:
        self._methods: dict[str, ASGIApp] = {
            "generateContent": generate,
            "streamGenerateContent": generate,
            "countTokens": count_tokens,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["path_params"]["call"].partition(":")[2]
        answer = self._methods.get(method, unknown_method)
        await answer(scope, receive, send)


async def unknown_method(scope: Scope, receive: Receive, send: Send) -> None:
    """Refuse a method that the loopback does not have."""
    await _error(404, "The loopback has no such method.")(scope, receive, send)


async def count_tokens(scope: Scope, receive: Receive, send: Send) -> None:
    """Count the tokens of a prompt, roughly."""
    request = Request(scope, receive)
    await (await _count(request))(scope, receive, send)


async def _count(request: Request) -> Response:
    if not key_of(request):
        return _error(403, "The request carries no API key.")
    try:
        parsed = GenerateRequest.model_validate_json(await request.body())
    except ValidationError as error:
        return _error(400, problem_of(error))
    return JSONResponse({"totalTokens": prompt_tokens(parsed)})


async def list_models(request: Request) -> Response:
    """List a few models; any other `gemini-` name is answered for too."""
    if not key_of(request):
        return _error(403, "The request carries no API key.")
    return JSONResponse({"models": [_model(name) for name in MODELS]})


async def show_model(request: Request) -> Response:
    """Describe one model."""
    if not key_of(request):
        return _error(403, "The request carries no API key.")
    name = request.path_params["model"]
    return JSONResponse(_model(name)) if name in MODELS else _error(404, f"There is no model {name}.")


async def set_script(request: Request) -> Response:
    """Replace the rules, or with `keep` add to them."""
    try:
        body = _ScriptBody.model_validate_json(await request.body())
    except ValidationError as error:
        return _error(400, problem_of(error))
    script: Script = request.app.state.script
    (script.add if body.keep else lambda *rules: script.replace(rules))(*body.rules)
    return JSONResponse({"rules": len(body.rules)})


async def clear_script(request: Request) -> Response:
    """Drop all rules."""
    request.app.state.script.replace(())
    return Response(status_code=204)


async def list_requests(request: Request) -> Response:
    """Show the last thousand generate requests, without their keys."""
    return JSONResponse({"requests": [_shown(received) for received in request.app.state.script.requests]})


async def clear_requests(request: Request) -> Response:
    """Forget the received requests."""
    request.app.state.script.forget()
    return Response(status_code=204)


def _model(name: str) -> dict[str, object]:
    methods = ["generateContent", "countTokens"]
    return {"name": f"models/{name}", "displayName": name, "supportedGenerationMethods": methods}


def _shown(received: Received) -> dict[str, object]:
    return {
        "n": received.n,
        "client": received.client,
        "model": received.model,
        "stream": received.stream,
        "purpose": received.purpose,
        "headers": dict(received.headers),
        "body": dict(received.body),
        "status": received.status,
        "ending": received.ending,
    }


def _error(status: int, message: str) -> JSONResponse:
    return JSONResponse(error_body(Answer(status=status, message=message)), status_code=status)
