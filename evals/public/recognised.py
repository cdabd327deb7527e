"""What recognisers made of speech, beside what was said: whether cleaning brings it nearer, and what it harms."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from evals.datasets import Threshold
from evals.public.heard_words import compared, more_in, numbers_of
from evals.public.rows import Row, Rows
from evals.public.scored import Bar, Counts, Line, Prediction, Scored, by_id, percent
from language.cleaning.cleaner import clean
from language.cleaning.draft import Draft
from language.cleaning.spellings import mend_spellings
from language.cleaning.terms import repair_terms

ALL = "ALL"
_HELD = (ALL, "swbd")
"""Where cleaning has to bring words nearer to what was said: everywhere together, and in conversation."""
MOST_HARMED = 0.5
"""Right hypotheses made wrong, in percent."""
_RARE = 3
"""A word is rare that stands in no more references than this: most are names."""


def answer(row: Row) -> Prediction:
    """Clean the best hypothesis by rule, with the others beside it; `repaired` keeps every repeat and correction.

    References keep what the speaker said twice, so that only `repaired` can come near them there.
    """
    others = row.get("nbest", ())
    draft = Draft(row["hyp"])
    mend_spellings(draft)
    repair_terms(draft, (), (), others)
    return {"id": row["id"], "text": clean(row["hyp"], alternatives=others).text, "repaired": draft.rendered()}


def score(rows: Rows, predictions: Sequence[Prediction]) -> Scored:
    """Score by source: words wrong before and after, rows harmed, numbers and rare words lost or invented."""
    given = by_id(predictions)
    frequency = Counter(word for row in rows for word in set(compared(row["ref"])))
    sources: defaultdict[str, Counts] = defaultdict(Counter)
    for row in rows:
        if row["id"] in given:
            text = given[row["id"]]["text"]
            repaired = given[row["id"]].get("repaired", text)
            counted = {**_words(row, text, repaired), **_numbers(row, text), **_rare(row, text, frequency)}
            for source in (row["set"], ALL):
                sources[source].update(counted)
    return Scored([_line(source, counts) for source, counts in sorted(sources.items())], list(_bars(sources)))


def _bars(sources: Mapping[str, Counts]) -> Iterator[Bar]:
    for source in (source for source in _HELD if source in sources):
        before, after = (percent(sources[source][name], sources[source]["words"]) for name in ("before", "after"))
        yield Bar(f"{source}: wer %", after, Threshold(most=before))
    counts = sources.get(ALL, Counter())
    yield Bar("harmed %", percent(counts["harmed"], counts["right"]), Threshold(most=MOST_HARMED))
    yield Bar("numbers invented", counts["numbers invented"], Threshold(most=0))


def _words(row: Row, text: str, repaired: str) -> Mapping[str, int]:
    said, heard, cleaned = compared(row["ref"]), compared(row["hyp"]), compared(text)
    before = Levenshtein.distance(said, heard)
    return {
        "rows": 1,
        "words": len(said),
        "before": before,
        "after": Levenshtein.distance(said, cleaned),
        "repaired": Levenshtein.distance(said, compared(repaired)),
        "best": min([before, *(Levenshtein.distance(said, compared(each)) for each in row.get("nbest", ()))]),
        "right": heard == said,
        "harmed": heard == said != cleaned,
        "wrong": heard != said,
        "fixed": heard != said == cleaned,
    }


def _numbers(row: Row, text: str) -> Mapping[str, int]:
    said, heard, cleaned = numbers_of(row["ref"]), numbers_of(row["hyp"]), numbers_of(text)
    known = {number for each in (row["hyp"], *row.get("nbest", ())) for number in numbers_of(each)}
    kept = [number for number in said if number in heard]
    return {
        "numbers wrong before": len(more_in(heard, said)),
        "numbers wrong": len(more_in(cleaned, said)),
        "numbers heard": len(kept),
        "numbers lost": sum(number not in cleaned for number in kept),
        "numbers invented": sum(number not in known and number not in said for number in cleaned),
    }


def _rare(row: Row, text: str, frequency: Counts) -> Mapping[str, int]:
    said = compared(row["ref"])
    known = {word for each in (row["hyp"], *row.get("nbest", ())) for word in compared(each)}
    rare = [word for word in compared(text) if not word.isdigit() and frequency[word] <= _RARE and len(word) > 2]
    return {"rare": len(rare), "rare invented": sum(word not in known and word not in said for word in rare)}


def _line(source: str, counts: Counts) -> Line:
    figures = {
        "n": counts["rows"],
        "wer before %": percent(counts["before"], counts["words"]),
        "wer %": percent(counts["after"], counts["words"]),
        "repair alone %": percent(counts["repaired"], counts["words"]),
        "best of 5 %": percent(counts["best"], counts["words"]),
        "harmed %": percent(counts["harmed"], counts["right"]),
        "fixed %": percent(counts["fixed"], counts["wrong"]),
        "numbers wrong": f"{counts['numbers wrong before']} > {counts['numbers wrong']}",
        "lost %": percent(counts["numbers lost"], counts["numbers heard"]),
        "invented": counts["numbers invented"],
        "rare invented": f"{counts['rare invented']}/{counts['rare']}",
    }
    return Line(source, figures)
