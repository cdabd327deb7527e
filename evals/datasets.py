"""The rows of an evaluation: `datasets/<playbook>/<duty>.jsonl`, and the thresholds beside them.

A row is one JSON object a line. What it expects stands in the last field of its model; the rest is what the target is
given. `about` says in a few words what makes the row hard.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.conversation import CallContext
from domain.errors import ConfigError
from evals.duty import Duty

FOLDER = Path(__file__).parent / "datasets"
THRESHOLDS = "thresholds.toml"


class Strict(BaseModel):
    """Plain data of a file; a field that nobody reads is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(Strict):
    """Words of an earlier turn."""

    speaker: str
    text: str


class Row(Strict):
    """What every row may say; a row without a context is a call of which nothing was known."""

    about: str = ""
    history: tuple[Said, ...] = ()
    context: CallContext = CallContext()


class CleanRow(Row):
    """Words as they came in, and the words that were meant."""

    raw: str
    expected: str


class DecideRow(Row):
    """Words with what is known, and the calls that are due: (name, arguments) each.

    An argument is a text, a list of texts in any order, {"has": words that must be in it} or {"any": [texts]}.
    """

    words: str
    dataset: dict[str, Any] = Field(default_factory=dict)
    expected: tuple[tuple[str, dict[str, Any]], ...]


class ConsentRow(Row):
    """An answer to what the agent said last, and what becomes of the call that waits for it."""

    tool: str
    arguments: dict[str, Any] = Field(default_factory=dict)
    question: str | None
    answer: str
    expected: Literal["granted", "refused", "held"]


ROWS: Mapping[Duty, type[CleanRow | DecideRow | ConsentRow]] = {
    Duty.CLEAN: CleanRow,
    Duty.DECIDE: DecideRow,
    Duty.CONSENT: ConsentRow,
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
    rows: Sequence[CleanRow | DecideRow | ConsentRow]
    thresholds: Mapping[str, Threshold]

    @property
    def name(self) -> str:
        """The name under which LangSmith keeps it."""
        return f"parley-{self.playbook}-{self.duty}"


def load_datasets(duties: Sequence[Duty] = tuple(Duty), folder: Path = FOLDER) -> list[Dataset]:
    """Read the datasets of these duties, playbook by playbook.

    Raises:
        ConfigError: a row or threshold that cannot be used; the message names its file and line.
    """
    return [_load(home, duty) for home in sorted(folder.iterdir()) for duty in duties if _file(home, duty).exists()]


def _file(home: Path, duty: Duty) -> Path:
    return home / f"{duty}.jsonl"


def _load(home: Path, duty: Duty) -> Dataset:
    rows = tuple(_rows(_file(home, duty), ROWS[duty]))
    if not rows:
        raise ConfigError(f"{_file(home, duty)} holds no rows")
    return Dataset(home.name, duty, rows, _thresholds(home / THRESHOLDS).get(duty, {}))


def _rows(file: Path, model: type[CleanRow | DecideRow | ConsentRow]) -> Iterator[CleanRow | DecideRow | ConsentRow]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield model.model_validate_json(line)
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
