"""Tools that answer when they are let: a gate in front of every tool of every playbook."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.playbook import BusinessTool, CallMoment, Playbook, ToolAnswer
from playbooks.loader import load_playbooks


class Gate:
    """Open at first; a tool that comes to it while it is closed waits."""

    def __init__(self) -> None:
        self._opened = asyncio.Event()
        self.open()

    def open(self) -> None:
        """Let everybody through."""
        self._opened.set()

    def close(self) -> None:
        """Let those wait who come from now on."""
        self._opened.clear()

    async def pass_through(self) -> None:
        """Wait while it is closed."""
        await self._opened.wait()


@dataclass(frozen=True)
class GatedTool:
    """A tool behind the gate."""

    tool: BusinessTool
    gate: Gate

    def __getattr__(self, name: str) -> Any:
        return getattr(self.tool, name)

    async def run(self, arguments: Mapping[str, Any], moment: CallMoment) -> ToolAnswer:
        """Run it once the gate is open."""
        await self.gate.pass_through()
        return await self.tool.run(arguments, moment)


def slow_playbooks(gate: Gate) -> Mapping[str, Playbook]:
    """Load the playbooks with their tools behind a gate."""
    return {
        name: replace(playbook, tools=tuple(GatedTool(tool, gate) for tool in playbook.tools))
        for name, playbook in load_playbooks().items()
    }
