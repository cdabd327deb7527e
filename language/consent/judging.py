"""Did the caller say yes, to what was asked, and to nothing less? Deterministic; in doubt the answer is no."""

import re
from collections.abc import Collection
from dataclasses import replace

from domain.tool_call import ConsentMode
from language.consent import doubts
from language.consent.act import Act, orders_of
from language.consent.answer import Answer, agreed, read_answer
from language.consent.assent import Assent, read_assent, without_no
from language.consent.broad import broad_consent
from language.consent.proposal import Proposed, proposed
from language.consent.questions import mentions
from language.consent.reasons import doubt, is_sarcastic
from language.consent.said_again import Known, Told
from language.consent.verdict import Judgement, Verdict

__all__ = ["Judgement", "Verdict", "judge"]

_WORD_LIMIT, _TEXT_LIMIT = 60, 2_000
_BARE_NO = re.compile(r"^(?:(?:oh|no|nope|nah)(?![\w'])[ ,]*)+")
_YES_INSIDE = re.compile(r"(?<![\w'])(?:yes|yeah|yep)(?![\w'])")


def judge(
    question: str | None,
    answer: str,
    *,
    subject: Collection[str] = (),
    acts: Collection[str] = (),
    mode: ConsentMode | None = None,
    told: Collection[str] = (),
    names: Collection[str] = (),
) -> Judgement:
    """Judge whether `answer`, the caller's own words this turn, consents to what `question` proposed.

    `question` is what the agent last said, None when it said nothing. `subject` are words that name what the
    gated act is done to, `acts` its verbs. With a subject, a yes counts only when the agent's last question
    proposes that act, or the answer orders it in so many words, and nothing else is said with it. In the mode
    `read_back` it answers details that were said to the caller: then the question need only be about the
    subject, and the yes may repeat them. Without a subject any proposal will do. `told` are the details of the
    act that the question told, in the forms they are said in: an answer may say them again, and another one is a
    change. `names` are those by which a caller may speak to the agent.
    """
    if len(answer) > _TEXT_LIMIT:
        return Judgement(Verdict.UNCLEAR, answer[:200], "too much said")
    strict = bool(subject) and mode is not ConsentMode.READ_BACK
    act = Act.of(subject, acts)
    orders = orders_of(act) if acts and not strict else None
    known = Known(Told.of(told), tuple(names), orders)
    said = read_answer((question or "")[-_TEXT_LIMIT:], answer, subject, known)
    if not said.sentences:
        return Judgement(Verdict.UNCLEAR, "", "nothing said")
    if sum(len(sentence.text.split()) for sentence in said.sentences) > _WORD_LIMIT:
        return Judgement(Verdict.UNCLEAR, answer[:200], "too much said")
    if strict:
        return _strictly(said, act)
    return _refusal(said) or doubt(said) or broad_consent(said)


def _strictly(said: Answer, act: Act) -> Judgement:
    """Grant a plain yes to a proposal of the act itself, or a plain order of it; all else is a no or unclear."""
    asked = proposed(said.question, act)
    if asked is Proposed.MINDED and _minds_nothing(said, act):
        return Judgement(Verdict.GRANTED, said.text.strip(), "does not mind")
    if refused := _refusal(said):
        orders = read_assent(without_no(said.sentences), said.question, act).count("order", "outright")
        return replace(refused, verdict=Verdict.UNCLEAR, reason="yes and no") if orders else refused
    assent = read_assent(said.sentences, said.question, act)
    quote = said.text.strip()
    if assent.is_plain and not is_sarcastic(said):
        if assent.count("outright"):
            return Judgement(Verdict.GRANTED, quote, "asked for it outright")
        if asked is Proposed.ASKED:
            return Judgement(Verdict.GRANTED, quote, "explicit yes")
    return doubt(said) or Judgement(Verdict.UNCLEAR, quote, _why_unclear(said, assent, asked))


def _minds_nothing(said: Answer, act: Act) -> bool:
    """Whether the answer to "do you mind?" orders the act, beside any "not at all"; a yes would mean no."""
    assent = read_assent(without_no(said.sentences), said.question, act)
    return assent.is_plain and bool(assent.count("order", "outright")) and not assent.count("yes")


def _why_unclear(said: Answer, assent: Assent, asked: Proposed) -> str:
    if asked is not Proposed.ASKED:
        return "nothing proposed" if said.question else "nothing asked"
    if assent.left:
        return "more was said" if assent.strength or assent.count("okay") else "no yes"
    return "may be a polite no" if assent.pieces else "no yes"


def _agrees_too(sentence: str) -> bool:
    """Whether a yes stands beside the "no", or nothing but agreement follows it: "no, that's fine"."""
    rest = _BARE_NO.sub("", sentence)
    count, left = agreed(rest)
    return bool(_YES_INSIDE.search(sentence) or (rest != sentence and count and not left))


def _refusal(said: Answer) -> Judgement | None:
    for at, sentence in enumerate(said.sentences):
        if not doubts.REFUSAL.search(doubts.HARMLESS_NEGATION.sub("", sentence.text).strip(" ,")):
            continue
        agreed_before = any(agreed(before.text)[0] for before in said.sentences[:at])
        if agreed_before or _agrees_too(sentence.text):
            return Judgement(Verdict.UNCLEAR, sentence.text, "yes and no")
        if said.proposed is None and not (said.subject and mentions(sentence.text, said.subject)):
            return Judgement(Verdict.UNCLEAR, sentence.text, "no to nothing asked")
        return Judgement(Verdict.REFUSED, sentence.text, "refused")
    return None
