"""What may stand in a checkpoint: plain data, and nothing that names code to be imported on reading."""

from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer


def build_serializer() -> JsonPlusSerializer:
    """Make a serializer whose allow-list is LangGraph's own safe types and no others."""
    return JsonPlusSerializer(allowed_msgpack_modules=None)
