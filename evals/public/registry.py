"""The public sets that can be done, and doing them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.duty import Duty
from evals.public import (
    anchors_arguments,
    anchors_corrections,
    anchors_replies,
    booking_dialogues,
    booking_slots,
    disfluent,
    injection,
    recognised,
    spoken_scores,
    spoken_slots,
)
from evals.public.consent_answers import answer_by, judge_asked, judge_read_back
from evals.public.consent_scores import score_asked, score_read_back
from evals.public.rows import Half, Rows, load_rows
from evals.public.scored import Prediction, PublicSet, Scored, one_by_one

_READ_BACK, _ASKED = one_by_one(answer_by(judge_read_back)), one_by_one(answer_by(judge_asked))
CONSENT = ("consent_sgd", "consent_tm4")
DISFLUENT = {"disfluency_disflqa": disfluent.score, "disfluency_silver": disfluent.score_silver}
ATTACKS = ("injection_tensortrust", "injection_bipia")

SETS: Sequence[PublicSet] = (
    *(PublicSet(f"{file}, read_back", file, Duty.CONSENT, _READ_BACK, score_read_back) for file in CONSENT),
    *(PublicSet(f"{file}, ask", file, Duty.CONSENT, _ASKED, score_asked) for file in CONSENT),
    PublicSet(
        "sgd_dialogues, BookAppointment",
        "sgd_dialogues",
        Duty.DECIDE,
        booking_dialogues.predict,
        booking_dialogues.score,
    ),
    PublicSet(
        "booking_slots_r8k", "booking_slots_r8k", Duty.DECIDE, one_by_one(booking_slots.answer), booking_slots.score
    ),
    PublicSet("evi_spoken_slots", "evi_spoken_slots", Duty.DECIDE, spoken_slots.predict, spoken_scores.score),
    PublicSet("stt_pairs", "stt_pairs", Duty.CLEAN, one_by_one(recognised.answer), recognised.score),
    *(PublicSet(file, file, Duty.CLEAN, one_by_one(disfluent.answer), score) for file, score in DISFLUENT.items()),
    *(
        PublicSet(f"{file}, {place}", file, Duty.INJECTION, injection.predict_by(in_document=written), injection.score)
        for file in ATTACKS
        for place, written in (("spoken", False), ("in documents", True))
    ),
    *(
        PublicSet(f"{file}, anchors", file, Duty.ANCHORS, anchors.predict, anchors.score)
        for file, anchors in (
            ("sgd_dialogues", anchors_arguments),
            ("stt_pairs", anchors_corrections),
            ("grounded_replies", anchors_replies),
        )
    ),
)


@dataclass(frozen=True)
class Loaded:
    """A set with its rows."""

    public: PublicSet
    folder: Path
    rows: Rows


@dataclass(frozen=True)
class PublicReport:
    """A set that was done: every answer, and the scores."""

    name: str
    rows: int
    predictions: Sequence[Prediction]
    scored: Scored

    @property
    def passed(self) -> bool:
        """True when every figure is where it is held to be."""
        return all(bar.passed for bar in self.scored.bars)


def load_sets(
    folder: Path, duties: Sequence[Duty], *, limit: int | None = None, half: Half | None = None
) -> list[Loaded]:
    """Read the sets of these duties that a folder has.

    Raises:
        ConfigError: a line that is no row.
    """
    return [
        Loaded(public, folder, rows)
        for public in SETS
        if public.duty in duties and (rows := load_rows(folder, public.file, limit=limit, half=half))
    ]


def run_public(loaded: Loaded, advance: Callable[[], None] = lambda: None) -> PublicReport:
    """Do a set row by row and score it; `advance` is told of each row done."""
    predictions = list(_each(loaded, advance))
    return PublicReport(
        loaded.public.name, len(loaded.rows), predictions, loaded.public.score(loaded.rows, predictions)
    )


def _each(loaded: Loaded, advance: Callable[[], None]) -> Iterator[Prediction]:
    for answers in loaded.public.predict(loaded.rows, loaded.folder):
        yield from answers
        advance()
