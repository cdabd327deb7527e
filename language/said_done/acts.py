"""Acts that no list names: "I've smoothed that over for you" says that something was done, whatever it was.

Only a few things are done by talking alone, and those are listed: who says them claims no effect.
"""

import re
from collections.abc import Iterator

from language.tokens import word_set

_IRREGULAR = (
    r"put|took|taken|made|sent|gave|given|left|spoke|spoken|set|brought|got|gotten|wrote|written|let|built|kept|held|ran"
    r"|run|reset|undone|undid|drew|drawn|began|begun|cut|dropped|shut|paid|chose|chosen|broke|broken|caught|drove|driven|spread|laid|led"
)
_PAST = rf"(?:{_IRREGULAR}|(?!(?:need|embed|shed|speed|feed|indeed)\b)[a-z]{{2,}}ed)"
_ADVERBS = r"(?:(?:just|now|already|also|then|all|personally|quickly|since|gone (?:ahead )?and|went ahead and|\w+ly) )*"
_WHO = (
    r"(?:i|we|(?:my|our|a|the|your) (?:\w+ )?(?:colleague|team|doctor|nurse|manager|office|desk|reception|system"
    r"|technician|driver|specialist|engineer)|dr \w+|reception)"
)
_TO_YOU = r"(?=(?: [\w'-]+){0,3} (?:your?|it|that|this|them|those|everything|both|through)\b)"
_TO_SOMETHING = (
    r"(?=(?: [\w'-]+){0,3} (?:your?|it|that|this|them|those|everything|both|the|an?|one|for|there|through)\b)"
)
_ACTIVE = re.compile(
    rf"\b{_WHO} {_ADVERBS}({_PAST})\b{_TO_YOU}|\b(?:i|{_WHO} (?:have|has)) {_ADVERBS}({_PAST})\b{_TO_SOMETHING}"
)
_PASSIVE = re.compile(
    rf"\b(?:your|it|that|this|everything|the)(?: [\w']+){{0,4}}? (?:has|have) {_ADVERBS}been {_ADVERBS}({_PAST})\b"
    rf"|\byour(?: [\w']+){{1,3}}? (?:is|are) (?:now|already|all) {_ADVERBS}({_PAST})\b"
)

_ONLY_TALK = word_set(
    "agreed allowed annoyed answered apologised apologized appreciated asked based believed broken called checked "
    "compared concerned confused considered counted covered damaged decided declined delayed delighted described "
    "disagreed disappointed discussed displayed earned enjoyed established excited existed expected explained "
    "failed focused forgotten found founded frustrated got gotten guessed happened heard helped honored honoured "
    "hoped impressed included insured intended interested learned learnt liked limited listed listened lived "
    "located looked lost loved married mentioned misheard missed misunderstood named needed noticed offered owned "
    "pleased promised reached read realised realized received recognised recognized recommended refused rejected "
    "related relieved remembered required retired reviewed said searched seemed seen served specialised "
    "specialized spelled spelt stuck studied suggested supported supposed surprised taken talked thought thrilled "
    "tired told traveled travelled treated tried understood used verified visited waited wanted welcomed won "
    "wondered worked worried"
)
"""What is said, thought, felt or has come to pass without an effect that a caller waits for."""

_OF_A_BUSINESS = word_set(
    "started opened closed moved stopped launched introduced joined raised lowered expanded grown kept held let ran "
    "run chose chosen built led designed trained"
)
"""What a business does for itself, unless it is done to something of the caller's."""
_NEAR = 12
"""Letters after a verb in which its object begins."""
_YOURS = re.compile(r"\byour?\b")


def unlisted_acts(text: str) -> Iterator[re.Match[str]]:
    """Find what is told as done, in the active or the passive, by any verb that is more than talk."""
    for pattern in (_ACTIVE, _PASSIVE):
        for match in pattern.finditer(text):
            verb = next(filter(None, match.groups()))
            yours = _YOURS.search(match.group() + text[match.end() : match.end() + _NEAR]) is not None
            if verb not in _ONLY_TALK and (yours or verb not in _OF_A_BUSINESS):
                yield match
