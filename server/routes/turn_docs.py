"""What OpenAPI says of sending a turn, since the body is one of two kinds."""

from typing import Any

from server.schemas.problems import problem_docs
from server.schemas.turns import PostTurn, TurnReceipt

_TURN = PostTurn.model_json_schema(ref_template="#/components/schemas/{model}")
_TURN_INLINE = {**_TURN, "properties": {**_TURN["properties"], "stt": {"type": "object"}}}
_TURN_INLINE.pop("$defs", None)
_AUDIO_TYPES = "audio/wav, audio/basic, audio/PCMU, audio/PCMA, audio/L16"

TURN_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": _TURN_INLINE},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["turn", "audio"],
                    "properties": {"turn": _TURN_INLINE, "audio": {"type": "string", "format": "binary"}},
                },
                "encoding": {
                    "turn": {"contentType": "application/json"},
                    "audio": {"contentType": _AUDIO_TYPES},
                },
            },
        },
    }
}

TURN_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "What came of the turn; as a stream, each node's update and then the result.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    },
    202: {"model": TurnReceipt, "description": "Accepted, and still being worked on; ask at Location."},
    **problem_docs(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
}
