"""Speech with repairs and repeats, beside what was meant: what cleaning deletes, what it should, and what it loses."""

from collections import Counter
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from evals.datasets import Threshold
from evals.public.heard_words import more_in, numbers_of, words_of
from evals.public.rows import Row, Rows
from evals.public.scored import Bar, Counts, Line, Prediction, Scored, by_id, f1, percent, ratio
from language.cleaning.cleaner import clean
from language.tokens import word_set

_NEGATIONS = word_set(
    "no not never none don't doesn't didn't isn't aren't wasn't weren't can't cannot won't nobody nothing"
)

LEAST_EXACT, MOST_LOST, MOST_WRONG_WORDS = 55, 0.5, 3.0
"""Percent: rows that come out to the letter, numbers and rows that lose a negation, words wrong in silver rows."""


def answer(row: Row) -> Prediction:
    """Clean the words by rule."""
    return {"id": row["id"], "text": clean(row["raw"]).text}


def score(rows: Rows, predictions: Sequence[Prediction]) -> Scored:
    """Score questions put right in mid-sentence: exactness, deletions as bags of words, what was lost."""
    counts = _counted(rows, predictions)
    return Scored(
        [_line(counts)],
        [
            Bar("exact %", percent(counts["exact"], counts["rows"]), Threshold(least=LEAST_EXACT)),
            Bar("numbers lost %", percent(counts["numbers lost"], counts["numbers"]), Threshold(most=MOST_LOST)),
            Bar("negations lost %", percent(counts["negations lost"], counts["rows"]), Threshold(most=MOST_LOST)),
        ],
    )


def score_silver(rows: Rows, predictions: Sequence[Prediction]) -> Scored:
    """Score rows whose clean side is a machine's text: how near, not how exact."""
    counts = _counted(rows, predictions)
    wrong = percent(counts["after"], counts["words"])
    return Scored([_line(counts)], [Bar("wer %", wrong, Threshold(most=MOST_WRONG_WORDS))])


def _counted(rows: Rows, predictions: Sequence[Prediction]) -> Counts:
    given = by_id(predictions)
    counts: Counts = Counter()
    for row in rows:
        if row["id"] in given:
            text = given[row["id"]]["text"]
            counts.update({**_words(row, text), **_facts(row, text)})
    return counts


def _words(row: Row, text: str) -> Mapping[str, int]:
    raw, meant, cleaned = words_of(row["raw"]), words_of(row["clean"]), words_of(text)
    due, done = Counter(more_in(raw, meant)), Counter(more_in(raw, cleaned))
    return {
        "rows": 1,
        "exact": cleaned == meant,
        "unchanged": cleaned == raw,
        "words": len(meant),
        "before": Levenshtein.distance(meant, raw),
        "after": Levenshtein.distance(meant, cleaned),
        "cleaned words": len(cleaned),
        "invented": len(more_in(cleaned, raw)),
        "due": due.total(),
        "done": done.total(),
        "right": (due & done).total(),
    }


def _facts(row: Row, text: str) -> Mapping[str, int]:
    meant, cleaned = numbers_of(row["clean"]), numbers_of(text)
    negations = [word for word in words_of(row["clean"]) if word in _NEGATIONS]
    return {
        "numbers": len(meant),
        "numbers lost": len(more_in(meant, cleaned)),
        "numbers left": len(more_in(cleaned, meant)),
        "negations lost": bool(more_in(negations, words_of(text))),
    }


def _line(counts: Counts) -> Line:
    figures = {
        "n": counts["rows"],
        "exact %": percent(counts["exact"], counts["rows"]),
        "wer before %": percent(counts["before"], counts["words"]),
        "wer %": percent(counts["after"], counts["words"]),
        "deleted P": ratio(counts["right"], counts["done"]),
        "R": ratio(counts["right"], counts["due"]),
        "F1": f1(counts["right"], counts["done"], counts["due"]),
        "not said %": percent(counts["invented"], counts["cleaned words"]),
        "numbers lost": f"{counts['numbers lost']}/{counts['numbers']}",
        "left over": counts["numbers left"],
        "negations lost": counts["negations lost"],
        "unchanged %": percent(counts["unchanged"], counts["rows"]),
    }
    return Line("all", figures)
