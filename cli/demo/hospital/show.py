"""How the patient's visits look in a terminal."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

from cli.demo.hospital.wanted import Wanted
from cli.demo.turn_lines import Turn, show_turn

if TYPE_CHECKING:
    from bootstrap.simulator import Dialled


class Show:
    """Prints what happens as it happens."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def say(self, text: str) -> None:
        """A line."""
        self._console.print(text, soft_wrap=True)

    def visit(self, title: str, phone: str, wanted: Wanted) -> None:
        """How a visit begins: who calls, and what for."""
        self._console.print()
        self._console.rule(f"[bold]{title}[/]", align="left")
        self.say(f"[dim]{phone}; wanted is {wanted}[/]")

    def turn(self, turn: Turn) -> None:
        """What the patient said as it was heard, and the answer."""
        show_turn(self._console, turn)

    def papers(self, appointment: Mapping[str, Any], found: Mapping[str, Path | None]) -> None:
        """What the booking has left, and where."""
        self.say(f"\nAppointment {appointment['appointment_id']} has left behind:")
        for name, path in found.items():
            self.say(f"  {name:<17} {'[red]nothing[/]' if path is None else escape(str(path))}")

    def call(self, record: "Dialled", out: Path) -> None:
        """How the telephone saw the call."""
        ending = record.ending.value if record.ending else "it goes on"
        self.say(f"\n{record.seconds:.0f} s of sound, caller left, agent right: {escape(str(out))}; {ending}.")

    def reached(self, reached: Mapping[str, bool]) -> None:
        """How far the call came."""
        self.say("Reached: " + ", ".join(f"{name}: {'yes' if done else 'no'}" for name, done in reached.items()) + ".")

    def problems(self, problems: Sequence[str], none: str) -> None:
        """What is wrong, or that nothing is."""
        for problem in problems:
            self.say(f"[red]Wrong:[/] {escape(problem)}")
        if not problems:
            self.say(f"[green]{none}[/]")
