"""The datasets: `datasets/<playbook>/<duty>.jsonl`, one row a line, whole calls in `calls.yaml`, and thresholds."""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from domain.errors import ConfigError
from evals.calls.rows import CallRow
from evals.duty import Duty
from evals.rows import CleanRow, ConsentRow, DecideRow, Strict

FOLDER = Path(__file__).parent / "datasets"
CALLS = "calls.yaml"
THRESHOLDS = "thresholds.toml"


AnyRow = CleanRow | DecideRow | ConsentRow | CallRow

ROWS: Mapping[Duty, type[AnyRow]] = {
    Duty.CLEAN: CleanRow,
    Duty.DECIDE: DecideRow,
    Duty.CONSENT: ConsentRow,
    Duty.CALLS: CallRow,
    Duty.REPLIES: CallRow,
}


class Threshold(Strict):
    """The range that a score of the built-in engine must lie in."""

    least: float | None = None
    most: float | None = None

    def allows(self, value: float) -> bool:
        """True when the value lies in the range."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


@dataclass(frozen=True)
class Dataset:
    """The rows of one duty of one playbook, and the thresholds of its scores by name."""

    playbook: str
    duty: Duty
    rows: Sequence[AnyRow]
    thresholds: Mapping[str, Threshold]

    @property
    def name(self) -> str:
        """The name under which LangSmith keeps it."""
        return f"parley-{self.playbook}-{self.duty}"


def load_datasets(
    duties: Sequence[Duty] = tuple(Duty), playbook: str | None = None, folder: Path = FOLDER
) -> list[Dataset]:
    """Read the datasets of these duties, playbook by playbook, or those of one playbook.

    Raises:
        ConfigError: there are none, or a row or threshold cannot be used; the message names its file and line.
    """
    known = sorted(folder.iterdir())
    homes = [home for home in known if playbook in (None, home.name)]
    if not homes:
        raise ConfigError(f"--playbook {playbook}: there are rows for {', '.join(home.name for home in known)}")
    read = [_load(home, duty) for home in homes for duty in duties if _file(home, duty).exists()]
    found = [dataset for dataset in read if dataset.duty is not Duty.REPLIES or _expects_replies(dataset.rows)]
    if not found:
        raise ConfigError(f"--duty {', '.join(duties)}: there are no rows for {playbook or 'any playbook'}")
    return found


def _expects_replies(rows: Iterable[AnyRow]) -> bool:
    """Whether a playbook speaks: then its calls say what must be true of what it says."""
    return any(turn.reply for row in rows if isinstance(row, CallRow) for turn in row.turns)


def _file(home: Path, duty: Duty) -> Path:
    return home / (CALLS if duty.is_whole_call else f"{duty}.jsonl")


def _load(home: Path, duty: Duty) -> Dataset:
    file = _file(home, duty)
    rows = tuple(_rows(file, ROWS[duty]))
    if not rows:
        raise ConfigError(f"{file} holds no rows")
    return Dataset(home.name, duty, rows, _thresholds(home / THRESHOLDS).get(duty, {}))


def _documents(file: Path) -> Iterator[tuple[int, str]]:
    """What a file holds, as JSON, each beside the line on which it begins."""
    text = file.read_text(encoding="utf-8")
    if file.name != CALLS:
        return iter(enumerate(text.splitlines(), start=1))
    try:
        top = yaml.compose(text)
    except yaml.YAMLError as error:
        raise ConfigError(f"{file}: {error}") from error
    if not isinstance(top, yaml.SequenceNode):
        raise ConfigError(f"{file} is not a list of calls")
    lines = (node.start_mark.line + 1 for node in top.value)
    return zip(lines, (json.dumps(call, default=str) for call in yaml.safe_load(text)), strict=True)


def _rows(file: Path, model: type[AnyRow]) -> Iterator[AnyRow]:
    for number, document in _documents(file):
        try:
            yield model.model_validate_json(document)
        except ValidationError as error:
            raise ConfigError(f"{file}:{number}: {_first(error)}") from error


def _thresholds(file: Path) -> dict[str, dict[str, Threshold]]:
    if not file.exists():
        return {}
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
        return {duty: {name: Threshold(**each) for name, each in scores.items()} for duty, scores in read.items()}
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: {error}") from error
    except ValidationError as error:
        raise ConfigError(f"{file}: {_first(error)}") from error


def _first(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
