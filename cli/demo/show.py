"""How the demo looks in a terminal, and as plain text where there is none."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from cli.demo.call_sheet import TIMES, CallSheet, SheetTurn
from cli.demo.play import Played

ENGINES = ("model", "recogniser", "database")
NOTES = {
    "builtin": "the built-in engine: deterministic, no network, no key",
    "embedded": "embedded Postgres, started for this data directory",
}


class Show:
    """Prints what happens as it happens."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def engines(self, address: str, engines: Mapping[str, str]) -> None:
        """Which engines run, and where."""
        self._console.print(f"[bold]Parley[/] runs at {address}")
        for name in ENGINES:
            engine = engines[name]
            self._console.print(f"  {name:<11} {engine}  [dim]{NOTES.get(engine, '')}[/]")

    def title(self, text: str) -> None:
        """A rule with a title."""
        self._console.print()
        self._console.rule(f"[bold]{text}[/]", align="left")

    def turn(self, turn: SheetTurn, result: Mapping[str, Any]) -> None:
        """One turn: what was heard, what was meant, what was done."""
        raw, cleaned = result["raw_text"], result["cleaned_text"]
        words = Text(f"{result['seq']:>3} {turn.speaker:<6}", style="bold cyan")
        words.append(raw or "(nothing was heard)", style="none" if raw == cleaned else "dim")
        self._console.print(words, soft_wrap=True)
        if raw != cleaned:
            meant = Text("          meant ").append_text(_changes(raw, cleaned))
            self._console.print(meant, soft_wrap=True)
        for call in result["function_calls"]:
            self._call(call)
        if result["degraded"]:
            self._console.print(f"          [yellow]degraded[/] {', '.join(result['degraded'])}")

    def dataset(self, dataset: Mapping[str, Any]) -> None:
        """The dataset as a table, without its clocks."""
        table = Table("field", "value", title="the dataset", title_justify="left", show_edge=False)
        for path, value in _rows("", dataset):
            table.add_row(path, escape(value))
        self._console.print(table)

    def text_verdict(self, differences: Sequence[str]) -> None:
        """Whether the text run ended as the call sheet says."""
        if not differences:
            self._console.print("[green]The dataset is what the call sheet expects.[/]")
        for difference in differences:
            self._console.print(f"[red]not as expected[/] {escape(difference)}")

    def sound_verdict(self, sheet: CallSheet, played: Played, inventions: Sequence[str]) -> None:
        """What the sound run found, missed and (never) invented."""
        found = sheet.found(played.dataset)
        self._console.print(f"Facts found from sound: {len(found)} of {len(sheet.facts)}.")
        missed = [fact.pointer for fact in sheet.facts if fact not in found]
        if missed:
            self._console.print(f"  not heard: {', '.join(missed)}")
        answered = sum("cleaned_text" in result for result in played.results)
        self._console.print(f"Turns answered: {answered} of {len(sheet.turns)}. Invented: {len(inventions)}.")
        for invention in inventions:
            self._console.print(f"  [red]nobody said[/] {escape(invention)}")

    def where_next(self, address: str, sessions: Sequence[Played], *, stays: bool) -> None:
        """Where to look now."""
        self.title("Where to look next")
        text, sound = sessions
        if not stays:
            again = f"./dev serve --port {address.rsplit(':')[-1]}"
            self._line(f"  The server ends now; the calls are kept, and {again} shows them again:")
        self._line(f"  the API, with a form for every call   {address}/docs")
        self._line(f"  this call's events, one by one        {address}/sessions/{text.session_id}/events")
        self._line(f"  each value and the words it came from {address}/sessions/{text.session_id}/dataset")
        self._line(f"  the call as it was heard              {address}/sessions/{sound.session_id}/turns")
        self._line("  the graph in LangGraph Studio         ./dev studio")
        if stays:
            self._line("\nThe server goes on running. Ctrl-C ends it.")

    def _line(self, text: str) -> None:
        self._console.print(text, soft_wrap=True)

    def say(self, text: str) -> None:
        """A plain line."""
        self._console.print(text)

    def _call(self, call: Mapping[str, Any]) -> None:
        arguments = ", ".join(f"{key}={value!r}" for key, value in call["parameters"].items())
        style = "green" if call["success"] else "yellow"
        name = escape(f"{call['function_name']}({arguments})")
        self._console.print(f"          [{style}]{call['status']:<9}[/] {name}", soft_wrap=True)
        if call.get("error"):
            self._console.print(f"                    {escape(call['error'])}", soft_wrap=True)


def _changes(raw: str, cleaned: str) -> Text:
    """The cleaned words, with what changed marked."""
    before, after = raw.split(), cleaned.split()
    marked = Text()
    for change, start, end, first, last in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if change in ("delete", "replace"):
            marked.append(f"[-{' '.join(before[start:end])}-] ", style="red strike")
        if change in ("insert", "replace"):
            marked.append(f"{{+{' '.join(after[first:last])}+}} ", style="green")
        if change == "equal":
            marked.append(f"{' '.join(after[first:last])} ")
    return marked


def _rows(path: str, value: Any) -> list[tuple[str, str]]:
    if isinstance(value, Mapping):
        return [row for key, item in value.items() if key not in TIMES for row in _rows(f"{path}.{key}", item)]
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return [(path.lstrip("."), " | ".join(str(item[key]) for key in ("category", "details"))) for item in value]
    if isinstance(value, list):
        return [(path.lstrip("."), ", ".join(map(str, value)) or "-")]
    return [(path.lstrip("."), "-" if value is None else str(value))]
