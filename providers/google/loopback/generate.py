"""generateContent and its streaming twin as one ASGI application."""

import json
from collections.abc import Iterator

from pydantic import ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from providers.google import headers
from providers.google.loopback.answer import Answer
from providers.google.loopback.delivery import Parcel, cut_short, deliver
from providers.google.loopback.engine import invent, usage_of
from providers.google.loopback.request import GenerateRequest, problem_of, refusal
from providers.google.loopback.response import chunks, error_body, whole_body
from providers.google.loopback.script import Received, Script

_JSON = b"application/json; charset=UTF-8"
_EVENTS = b"text/event-stream"
_SECRET_HEADERS = frozenset({"x-goog-api-key", "authorization", "cookie"})


class Generate:
    """Answer generate requests of one script; `latency_s` is the delay of answers that name none."""

    def __init__(self, script: Script, latency_s: float) -> None:
        self._script = script
        self._latency_s = latency_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Record the request, find its answer and deliver it; who leaves in the middle of a question gets none."""
        request = Request(scope, receive)
        try:
            received = await self._receive(request)
        except ClientDisconnect:
            return
        answer, parsed = self._answer(request, received)
        await deliver(self._parcel(answer, parsed, received), received, receive, send)

    async def _receive(self, request: Request) -> Received:
        raw = (await request.body()).decode("utf-8", "replace")
        model, _, method = request.path_params["call"].partition(":")
        received = Received(
            n=self._script.count(),
            client=":".join(map(str, request.client or ())),
            model=model,
            stream=method == "streamGenerateContent",
            purpose=request.headers.get(headers.PURPOSE),
            headers={name: value for name, value in request.headers.items() if name not in _SECRET_HEADERS},
            body=_object(raw),
            raw=raw,
        )
        await self._script.record(received)
        return received

    def _answer(self, request: Request, received: Received) -> tuple[Answer, GenerateRequest | None]:
        """Refuse what Gemini refuses; else take the scripted answer, or invent one."""
        if not key_of(request):
            return Answer(status=403, message="The request carries no API key."), None
        if not received.model.startswith(("gemini-", "gemma-")):
            return Answer(status=404, message=f"There is no model {received.model}."), None
        if received.stream and request.query_params.get("alt") != "sse":
            return Answer(status=400, message="The loopback streams with alt=sse only."), None
        try:
            parsed = GenerateRequest.model_validate_json(received.raw)
        except ValidationError as error:
            return Answer(status=400, message=problem_of(error)), None
        if refused := refusal(received.model, parsed, received.headers):
            return Answer(status=400, message=refused), None
        return self._script.answer(received) or invent(parsed), parsed

    def _parcel(self, answer: Answer, parsed: GenerateRequest | None, received: Received) -> Parcel:
        latency_s = self._latency_s if answer.latency_ms is None else answer.latency_ms / 1000
        streams = received.stream and parsed is not None and _speaks(answer)
        pieces = _stream(answer, parsed, received) if streams else iter([_body(answer, parsed, received)])
        cut = answer.delivery == "cut"
        return Parcel(
            status=answer.status,
            content_type=_EVENTS if streams else _JSON,
            pieces=cut_short(pieces) if cut else pieces,
            latency_s=latency_s,
            pause_s=answer.chunk_ms / 1000,
            hang=answer.delivery == "hang",
            cut=cut,
        )


def key_of(request: Request) -> str | None:
    """Read the API key of a request: a header, or a query parameter."""
    return request.headers.get("x-goog-api-key") or request.query_params.get("key")


def _speaks(answer: Answer) -> bool:
    """Tell whether an answer has words, calls or a block to send, and not raw bytes or an error."""
    return answer.status == 200 and answer.body is None and answer.delivery in ("whole", "cut")


def _stream(answer: Answer, parsed: GenerateRequest | None, received: Received) -> Iterator[bytes]:
    if parsed is not None:
        for chunk in chunks(answer, usage_of(answer, parsed), received.model):
            yield f"data: {json.dumps(chunk)}\r\n\r\n".encode()


def _body(answer: Answer, parsed: GenerateRequest | None, received: Received) -> bytes:
    if answer.body is not None:
        return answer.body.encode()
    if answer.delivery in ("not_json", "empty"):
        return b"" if answer.delivery == "empty" else b"<html>This is not the answer you asked for.</html>"
    if answer.status != 200 or parsed is None:
        return json.dumps(error_body(answer)).encode()
    return json.dumps(whole_body(answer, usage_of(answer, parsed), received.model)).encode()


def _object(raw: str) -> dict[str, object]:
    """Read a JSON object; empty for anything else, which validation then refuses."""
    try:
        body = json.loads(raw)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
