"""The turn graph: it reads like the picture in the README.

START > receive -- audio --> transcode > transcribe --+
              \\-- text ------------------------------+-- agent spoke --> passthrough > notify > END
                                                      \\-- caller spoke --> clean > decide_tools > ...
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import RetryPolicy

from graph.edges import after_consent, after_receive, after_transcribe, build_after_decide, build_after_update
from graph.faults import guarded, is_retryable
from graph.timing import timed
from nodes.clean import Clean
from nodes.consent import Consent
from nodes.decide_tools import DecideTools
from nodes.execute_tools import ExecuteTools
from nodes.notify import Notify
from nodes.passthrough import Passthrough
from nodes.receive import Receive
from nodes.reply import Reply
from nodes.state import RunContext, TurnInput, TurnOutput, TurnState
from nodes.transcode import Transcode
from nodes.transcribe import Transcribe
from nodes.update_dataset import UpdateDataset

TurnGraph = CompiledStateGraph[TurnState, RunContext, TurnInput, TurnOutput]
Drawing = StateGraph[TurnState, RunContext, TurnInput, TurnOutput]

NODE_LIMITS = {
    "transcode": timedelta(seconds=60),
    "transcribe": timedelta(seconds=90),
    "clean": timedelta(seconds=60),
    "decide_tools": timedelta(seconds=60),
    "reply": timedelta(seconds=60),
}
"""The longest a node may take that waits for an engine, whose own time-out is shorter. The others wait for the database
or for a tool, and each wait has its limit there; a limit here would cost every turn a timer for each of them."""


@dataclass(frozen=True)
class TurnNodes:
    """The nodes of a turn, each with the ports it needs in its hands."""

    receive: Receive
    transcode: Transcode
    transcribe: Transcribe
    passthrough: Passthrough
    clean: Clean
    decide_tools: DecideTools
    consent: Consent
    execute_tools: ExecuteTools
    update_dataset: UpdateDataset
    reply: Reply
    notify: Notify


def draw_turn(nodes: TurnNodes) -> Drawing:
    """Draw the graph, top to bottom, as far as notify: what comes then is for whoever compiles it."""
    playbooks = nodes.execute_tools.playbooks
    turn = StateGraph(TurnState, context_schema=RunContext, input_schema=TurnInput, output_schema=TurnOutput)

    _add(turn, "receive", nodes.receive)
    _add(turn, "transcode", nodes.transcode)
    _add(turn, "transcribe", nodes.transcribe)
    _add(turn, "passthrough", nodes.passthrough)
    _add(turn, "clean", nodes.clean)
    _add(turn, "decide_tools", nodes.decide_tools)
    _add(turn, "consent", nodes.consent)
    _add(turn, "execute_tools", nodes.execute_tools)
    _add(turn, "update_dataset", nodes.update_dataset)
    _add(turn, "reply", nodes.reply)
    _add(turn, "notify", nodes.notify)

    turn.add_edge(START, "receive")
    turn.add_conditional_edges("receive", after_receive, ["transcode", "passthrough", "clean"])
    turn.add_edge("transcode", "transcribe")
    turn.add_conditional_edges("transcribe", after_transcribe, ["passthrough", "clean"])
    turn.add_edge("passthrough", "notify")
    turn.add_edge("clean", "decide_tools")
    turn.add_conditional_edges(
        "decide_tools", build_after_decide(playbooks), ["consent", "execute_tools", "update_dataset"]
    )
    turn.add_conditional_edges("consent", after_consent, ["execute_tools", "update_dataset"])
    turn.add_edge("execute_tools", "update_dataset")
    turn.add_conditional_edges("update_dataset", build_after_update(playbooks), ["reply", "notify"])
    turn.add_edge("reply", "notify")
    return turn


def compile_turn(nodes: TurnNodes, checkpointer: BaseCheckpointSaver[Any] | None) -> TurnGraph:
    """Make the graph that runs; an agent's turn runs it without a checkpointer."""
    turn = draw_turn(nodes)
    turn.add_edge("notify", END)
    return turn.compile(checkpointer=checkpointer, name="turn")


def _add(turn: Drawing, name: str, node: Any) -> None:
    turn.add_node(
        name,
        timed(name, node, guarded(name, node, NODE_LIMITS.get(name))),
        retry_policy=RetryPolicy(max_attempts=2, initial_interval=0.1, retry_on=is_retryable),
    )
