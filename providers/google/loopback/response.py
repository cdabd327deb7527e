"""Answers in Gemini's wire format: one body, the chunks of a stream, or an error."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from providers.google.loopback.answer import Answer, Call, TokenCount

SIGNATURE = "bG9vcGJhY2s="
"""The thought signature of a first call that is scripted without one."""

_WORDS = re.compile(r"\s*\S+(?:\s+\S+){0,3}\s*")

_STATUS_NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    408: "CANCELLED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}

Json = dict[str, Any]


def whole_body(answer: Answer, usage: TokenCount, model: str) -> Json:
    """Write the answer as the one body of generateContent."""
    if answer.block is not None:
        return {"promptFeedback": {"blockReason": answer.block}, **_tail(usage, model)}
    if answer.finish is None:
        return _tail(usage, model)
    parts = [{"text": answer.text}] if answer.text else []
    return {"candidates": [_candidate([*parts, *_calls(answer.calls)], answer)], **_tail(usage, model)}


def chunks(answer: Answer, usage: TokenCount, model: str) -> Iterator[Json]:
    """Write the answer as a stream: a few words a chunk, the calls, then the ending with the usage."""
    if answer.block is not None or answer.finish is None:
        yield whole_body(answer, usage, model)
        return
    so_far = usage.model_copy(update={"output": 0})
    for words in _WORDS.findall(answer.text):
        yield {"candidates": [_candidate([{"text": words}])], **_tail(so_far, model)}
    if answer.calls:
        yield {"candidates": [_candidate(_calls(answer.calls))], **_tail(so_far, model)}
    yield {"candidates": [_candidate([{"text": ""}], answer)], **_tail(usage, model)}


def error_body(answer: Answer) -> Json:
    """Write an HTTP error as Google does: code, status name, message and typed details."""
    name = _STATUS_NAMES.get(answer.status, "UNKNOWN")
    failure: Json = {
        "code": answer.status,
        "message": answer.message or HTTPStatus(answer.status).phrase,
        "status": name,
    }
    if details := [*_reason(answer), *_retry(answer)]:
        failure["details"] = details
    return {"error": failure}


def _candidate(parts: list[Json], ending: Answer | None = None) -> Json:
    candidate: Json = {"content": {"parts": parts, "role": "model"}, "index": 0}
    if ending is not None:
        candidate["finishReason"] = ending.finish
    return candidate


def _calls(calls: tuple[Call, ...]) -> list[Json]:
    """Write the calls; the first of parallel ones carries the signature, as Gemini 3 does it."""
    parts: list[Json] = []
    for call in calls:
        part: Json = {"functionCall": {"name": call.name, "args": call.args}}
        if signature := call.signature or (None if parts else SIGNATURE):
            part["thoughtSignature"] = signature
        parts.append(part)
    return parts


def _tail(usage: TokenCount, model: str) -> Json:
    counted = {
        "promptTokenCount": usage.prompt,
        "candidatesTokenCount": usage.output,
        "totalTokenCount": usage.prompt + usage.output + usage.thoughts,
    }
    if usage.thoughts:
        counted["thoughtsTokenCount"] = usage.thoughts
    return {"usageMetadata": counted, "modelVersion": model, "responseId": "loopback"}


def _reason(answer: Answer) -> list[Json]:
    if answer.reason is None:
        return []
    kind = "type.googleapis.com/google.rpc.ErrorInfo"
    return [{"@type": kind, "reason": answer.reason, "domain": "googleapis.com"}]


def _retry(answer: Answer) -> list[Json]:
    if answer.retry_after_s is None:
        return []
    return [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": f"{answer.retry_after_s:g}s"}]
