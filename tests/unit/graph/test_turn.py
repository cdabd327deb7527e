"""The drawn graph is the picture, and Studio can read its schemas."""

from pathlib import Path

from bootstrap.turn_nodes import build_turn_nodes
from graph.turn import TurnGraph, compile_turn
from ports.clock import SystemClock
from providers.scripted.speech_to_text import silence

DRAWING = Path(__file__).parent / "turn.mmd"


def compiled() -> TurnGraph:
    nodes = build_turn_nodes({}, None, silence(), None, SystemClock())  # type: ignore[arg-type]
    return compile_turn(nodes, None)


def test_the_graph_is_drawn_as_in_the_picture() -> None:
    assert compiled().get_graph().draw_mermaid() == DRAWING.read_text(encoding="utf-8")


def test_its_nodes_keep_their_public_names() -> None:
    assert list(compiled().get_graph().nodes) == [
        "__start__",
        "receive",
        "transcode",
        "transcribe",
        "passthrough",
        "clean",
        "decide_tools",
        "consent",
        "execute_tools",
        "update_dataset",
        "reply",
        "notify",
        "__end__",
    ]


def test_studio_can_read_what_goes_in_and_comes_out() -> None:
    graph = compiled()
    assert set(graph.get_input_jsonschema()["properties"]) == {"speaker", "raw_text", "playbook"}
    assert set(graph.get_output_jsonschema()["properties"]) == {"result"}
    assert graph.get_context_jsonschema() is not None
