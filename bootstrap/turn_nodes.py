"""The nodes of the turn graph with their ports in their hands."""

from collections.abc import Mapping

from domain.playbook import Playbook
from graph.turn import TurnNodes
from nodes.clean import Clean
from nodes.consent import Consent
from nodes.decide_tools import DecideTools
from nodes.execute_tools import ExecuteTools
from nodes.notify import Notify
from nodes.passthrough import Passthrough
from nodes.receive import Receive
from nodes.reply import Reply
from nodes.transcode import Transcode
from nodes.transcribe import Transcribe
from nodes.update_dataset import UpdateDataset
from ports.chat_model import ChatModel
from ports.clock import Clock
from ports.playbook_data import PlaybookData
from ports.speech_to_text import SpeechToText
from ports.store import TurnStore


def build_turn_nodes(
    playbooks: Mapping[str, Playbook],
    turns: TurnStore,
    stt: SpeechToText,
    model: ChatModel | None,
    clock: Clock,
    data: PlaybookData | None = None,
    *,
    speculate: bool = True,
) -> TurnNodes:
    """Bind every node to its ports; without `data`, no tool can ask the playbooks' tables."""
    tools = ExecuteTools(playbooks, data)
    return TurnNodes(
        receive=Receive(turns, playbooks, clock),
        transcode=Transcode(),
        transcribe=Transcribe(stt, turns, playbooks),
        passthrough=Passthrough(),
        clean=Clean(model, turns, playbooks, speculate),
        decide_tools=DecideTools(model, turns, playbooks),
        consent=Consent(playbooks),
        execute_tools=tools,
        update_dataset=UpdateDataset(turns, playbooks, tools),
        reply=Reply(model, turns, playbooks),
        notify=Notify(turns),
    )
