"""The problem document, for the OpenAPI page."""

from typing import Any

from server.schemas.fields import Document


class FieldError(Document):
    """What is wrong with one field; nested fields are joined by dots."""

    field: str
    message: str


class Problem(Document):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldError] | None = None


def problem_docs(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe error answers for a route's OpenAPI entry."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": DESCRIPTIONS[status], "model": Problem, "content": content} for status in statuses}


DESCRIPTIONS = {
    400: "The body cannot be parsed.",
    401: "No credential, or one that does not hold.",
    403: "The credential's role may not do this.",
    404: "No such thing for this tenant.",
    409: "Taken by another body, or the session has ended.",
    413: "Over a limit.",
    415: "A body of a type that is not read here.",
    422: "A field's value cannot be used.",
    429: "Too many requests; Retry-After says when.",
    503: "Not now; Retry-After says when.",
}
