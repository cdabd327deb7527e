"""Whether a turn's words so far are plainly not all of it: a sentence that goes on, digits or letters being spelt."""

import re

from language.cleaning.disfluency import FILLERS
from language.tokens import tokens, word_set
from language.word_classes import MODALS, QUESTION

_ALWAYS = FILLERS - word_set("mm mmm hm hmm hmmm ah ahh eh ugh") | word_set(
    "the a an my your our their every and but or because cos cuz although whereas unless until whether if "
    "i'm we're you're they're i've we've i'll we'll i'd we'd dot underscore hyphen dash slash double triple treble"
)
"""Last words after which more has to come, full stop or not."""

_UNLESS_STOPPED = word_set("of from with at for to into than so via per is are was were it's he's she's that's")
"""Last words after which more comes, unless a full stop says that the sentence ends so: "what it is for."."""

_AUXILIARIES = MODALS | word_set("do did does")
_COPULAS = word_set("is are was were")
_WHOLE_SUBJECTS = word_set("it he she that this there they we you i what who") | MODALS
_TO_MAY_END = word_set("want like have need used going able hope try mean supposed")
_TAIL = 6

_TIME_TO_GO_ON = re.compile(
    r"(?:^| )(?:let me (?:see|think|check|look|get|find)(?: (?:it|that|here|now|for you))*|"
    r"(?:just |give me |hang on |hold on |wait )?(?:one|a) (?:sec|second|moment|minute)|"
    r"(?:hang|hold) on|bear with me|wait|where was i|how (?:do|should) i (?:put|say) (?:this|it))$"
)
_NAMED = re.compile(
    r"(?:^| )(?:my|the|our|your|his|her|their|its) (?:[\w']+ ){0,3}?(?:number|name|surname|address|email|mail|code|"
    r"date|birthday|postcode|zip|id|account|reference|question|problem|issue|order|phone|mobile|birth) (?:is|was|are)$"
)
"""What is about to be given: "my number is", "the reference code is"; even where a full stop was put."""

_SHORT = re.compile(
    r"(?:(?:(?:oh|well|uh|um|ah|so|and) )*"
    r"(?:yes|yeah|yep|yup|yah|aye|no|nope|nah|sure|okay|ok|alright|all right|correct|right|exactly|absolutely|"
    r"definitely|certainly|of course|perfect|great|good|fine|please|thanks|thank you|indeed|never|always|uh huh|mhm|"
    r"mm hmm|not (?:really|yet|at all|now|today)|(?:that|it)(?:'s| is) (?:right|correct|fine|good|okay|ok|me|all|great|"
    r"perfect|wrong)|sounds (?:good|great|fine)|go ahead|please do|(?:i|we|it|he|she|they) (?:do|am|are|did|does|have|"
    r"has|can|will|would|is|was|don't|didn't|can't|won't|haven't|hasn't|wouldn't|isn't)|i'm not|i think so|"
    r"i guess so|i don't think so|works for me|no problem)(?: |$))+"
)
_SHORT_WORDS = 6


def is_unfinished(text: str) -> bool:
    """Tell whether a sentence plainly goes on: "my number is", "and", "I would like to", "let me see", "um".

    Where it could be either, it is not plain. A question mark ends a sentence; a full stop that a recogniser put
    behind "and" or "my" does not.
    """
    stripped = text.rstrip(" \"'”’)")
    said = [word.folded for word in tokens(stripped)]
    if not said or stripped.endswith(("?", "!")):
        return False
    if stripped.endswith((",", "...", "…", "-", "–", "—", ":")):
        return True
    return _must_go_on(said) or (not stripped.endswith((".", ";")) and _wants_more(said))


def is_short_answer(text: str) -> bool:
    """Tell whether these words are a whole answer by themselves: "yes", "no thanks", "that's right", "yes I do"."""
    said = [word.folded for word in tokens(text)]
    if len(said) > _SHORT_WORDS or is_unfinished(text):
        return False
    return _SHORT.fullmatch(" ".join(said)) is not None


def _must_go_on(said: list[str]) -> bool:
    """Whether the last words leave no doubt, however they were punctuated."""
    tail = " ".join(said[-_TAIL:])
    if said[-1] in _ALWAYS:
        return not tail.endswith(("uh uh", "uh um"))
    if _TIME_TO_GO_ON.search(tail):
        return True
    return _NAMED.search(tail) is not None and not QUESTION.intersection(said[-_TAIL:])


def _wants_more(said: list[str]) -> bool:
    """Whether the last word of a sentence without an end needs another one."""
    last, before = said[-1], said[-2] if len(said) > 1 else ""
    if last in {"i", "you", "we"}:
        return len(said) == 2 and before in _AUXILIARIES
    if last not in _UNLESS_STOPPED or QUESTION.intersection(said[:-1]):
        return False
    if last in _COPULAS:
        return bool(before) and before not in _WHOLE_SUBJECTS
    if last == "so":
        return not before
    if last == "to" and before in _TO_MAY_END:
        return not any(word.endswith("n't") or word == "not" for word in said)
    return before not in {"kind", "sort"}
