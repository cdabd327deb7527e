"""Studio's graph: the same drawing, and one question to the person there after a turn that held something."""

from pathlib import Path
from typing import Any

import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import START, StateGraph
from langgraph.types import Command

from bootstrap.turn_nodes import build_turn_nodes
from graph.studio import UNCLEAR, ConsentInStudio, Decided, Finished, after_consent_in_studio, compile_studio
from graph.turn import TurnGraph
from ports.clock import SystemClock
from providers.scripted.speech_to_text import silence

DRAWING = Path(__file__).parent / "studio.mmd"
CONFIG: RunnableConfig = {"configurable": {"thread_id": "t"}}


class Desk:
    """Writes down what is decided, and that it was done."""

    def __init__(self) -> None:
        self.decided: list[tuple[str, bool]] = []

    async def __call__(self, tenant_id: str, session_id: str, consent_id: str, *, grant: bool) -> Decided:
        self.decided.append((consent_id, grant))
        return Decided(
            function_call=call(consent_id, "done" if grant else "refused"),
            dataset={"decided": len(self.decided)},
            dataset_version=len(self.decided),
        )


def call(name: str, status: str) -> Any:
    result = {"success": status == "done", "consent_id": name}
    return {"id": name, "function_name": "book", "parameters": {"name": name}, "status": status, "result": result}


def finished(*calls: Any) -> Any:
    verdicts = [{"consent_id": each["id"], "question": f"Shall I book {each['id']}?"} for each in calls]
    result = {"function_calls": list(calls), "dataset_version": 0}
    return {"session": {"tenant_id": "demo", "session_id": "s"}, "verdicts": verdicts, "result": result}


def desk_graph(desk: Desk) -> Any:
    drawing = StateGraph(Finished)
    drawing.add_node("ask", ConsentInStudio(desk))
    drawing.add_edge(START, "ask")
    ways = {"consent_in_studio": "ask", "__end__": "__end__"}
    drawing.add_conditional_edges("ask", after_consent_in_studio, ways)  # type: ignore[arg-type]
    return drawing.compile(checkpointer=InMemorySaver())


def asked(answer: Any) -> Any:
    (question,) = answer["__interrupt__"]
    return question.value


def studio() -> TurnGraph:
    nodes = build_turn_nodes({}, None, silence(), None, SystemClock())  # type: ignore[arg-type]
    return compile_studio(nodes, Desk(), None)


def test_it_is_drawn_as_the_turn_with_one_node_more() -> None:
    assert studio().get_graph().draw_mermaid() == DRAWING.read_text(encoding="utf-8")


async def test_a_turn_that_holds_nothing_is_over() -> None:
    desk = Desk()
    answer = await desk_graph(desk).ainvoke(finished(call("a", "done")), CONFIG)
    assert ("__interrupt__" in answer, desk.decided) == (False, [])


async def test_the_person_is_asked_what_the_caller_was() -> None:
    answer = await desk_graph(Desk()).ainvoke(finished(call("a", "held")), CONFIG)
    expected = {"consent_id": "a", "function_name": "book", "parameters": {"name": "a"}}
    assert asked(answer) == {**expected, "question": "Shall I book a?"}


@pytest.mark.parametrize("unclear", ["yes", "", "Grant it?", True, ["grant"], {"decision": "grant"}])
async def test_an_unclear_answer_decides_nothing_and_is_asked_again(unclear: Any) -> None:
    desk = Desk()
    graph = desk_graph(desk)
    await graph.ainvoke(finished(call("a", "held")), CONFIG)
    answer = await graph.ainvoke(Command(resume=unclear), CONFIG)
    assert (asked(answer)["problem"], asked(answer)["consent_id"], desk.decided) == (UNCLEAR, "a", [])
    await graph.ainvoke(Command(resume="refuse"), CONFIG)
    assert desk.decided == [("a", False)]


async def test_each_held_call_gets_its_own_answer() -> None:
    desk = Desk()
    graph = desk_graph(desk)
    first = await graph.ainvoke(finished(call("a", "held"), call("b", "done"), call("c", "held")), CONFIG)
    second = await graph.ainvoke(Command(resume="refuse"), CONFIG)
    last = await graph.ainvoke(Command(resume="grant"), CONFIG)
    assert (asked(first)["consent_id"], asked(second)["consent_id"]) == ("a", "c")
    assert desk.decided == [("a", False), ("c", True)]
    assert [each["status"] for each in last["result"]["function_calls"]] == ["refused", "done", "done"]
    assert last["result"]["dataset_version"] == 2
