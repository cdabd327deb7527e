"""What the agent last asked: whether a yes would answer a proposal to act, and which."""

import re
from collections.abc import Collection

from language.numbers import numbers_in
from language.tokens import tokens

_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
_PROPOSAL = re.compile(
    r"\b(?:(?:shall|should|may|can|could|will) (?:i|we)|would you (?:like|want|care)|you(?:'d| would) like|(?:do|did) you (?:want|"
    r"wish|need|like me|like to (?:book|buy|reserve|make)|confirm|approve|agree)|(?:want|need|like) (?:me |us )?to|want me|wanna|you (?:want|need)|you(?:'re| are) ready|are you (?:ready|"
    r"interested|willing|happy|okay|ok|sure|looking|like|good)|ready (?:to|for)|"
    r"(?:i|we)(?:'ll| will|'m going to| am going to| can| could)|"
    r"confirm(?:ing|ation(?! e?-?mail| number| shortly| soon))?|verify\w*|(?:kindly|please) ensure|ensure that|approve\w*|approval|permission|make sure|to be sure|double[- ]check|"
    r"did i|have i|(?:is|are|does|do)\b(?! you\b).*\b(?:right|correct|correctly|okay|ok|fine|good|accurate|work|sound|look|alright|"
    r"what you|acceptable|everything|true|wanted|ordered)|"
    r"(?:that|this) (?:is )?(?:right|correct|okay|ok|fine|good)|sounds? (?:good|right|ok|okay)|"
    r"i(?:'m| am) (?:right|correct)|go ahead|proceed|if you(?:'d| would)? (?:like|want|wish)|interested in|let(?:'s| us| me)|i(?:'m| am) (?:booking|reserving|scheduling|making|setting|playing|getting|putting)|i should|to be clear|i have you|you (?:would|will)(?: also)? be|i(?:'m| am)? (?:understand\w*|assum\w*)|i got|"
    r"would (?:it|that) be (?:okay|ok|fine|good|alright)|(?:check|look at|looking at|see) (?:\w+ ){0,4}(?:order|screen|monitor|that|if|and)|"
    r"what you see|accurate|go to|you(?:.ll be)? (?:checking|picking|leaving|returning)|"
    r"you(?:'re| are) \w+ing|please (?:let me know|check|review|take a look|look|give|tell|indicate)|whether)\b"
)
_TAG = re.compile(r"\b(?:right|correct|okay|ok|yes|yeah|alright|agreed|deal|good|then|now)\s*\?\s*$")
_ACTING = re.compile(
    r"^\W*(?:(?:ok|okay|alright|great|sure|perfect)\W+)?so\b|^(?:\W|(?:ok|okay|sure|great|alright|so|of course|then|certainly|no problem|fine|perfect|got it|understood|the)\b)*"
    r"(?:play|book|reserv|schedul|purchas|buy|transfer|send|add|mak|creat|order|start|stream|run|set|sett|building|build|"
    r"arrang|prepar|cast|playback|reservation|appointment|booking)(?:ing|e|ing the)?\b"
)
_OPEN = re.compile(
    r"^\W*(?:and |so |okay |ok |then |great |now )*(?:what|which|when|where|who|whose|why|how)\b(?! about)(?!.*\b(?:is that|is this|correct|right)\b)"
)
_MORE = re.compile(
    r"\b(?:assistance|(?:can|could|may|shall|should) i (?:please )?(?:help|assist|do (?:any|some)thing|be)|do you (?:need|require) (?:help|more)|"
    r"(?:is|will) that (?:be )?(?:everything|all)(?! (?:accurate|right|correct|fine))|do anything|any\w* other|any more|try another|(?:any|some)thing (?:else|more|further)|(?:else|more|further|other|additional) (?:\w+ ){0,3}(?:help|assist|i can|service|need|"
    r"information|do)|how (?:else |can |may |could )+i|what (?:else|should i|can i)|another way|(?:help|assist) (?:\w+ ){0,3}"
    r"(?:else|more|further|other|another|today))\b"
)
_NOTED = re.compile(
    r"\b(?:(?:has|have|was|were|is|are) (?:\w+ )?(?:been |successfully |now )*(?:booked|reserved|confirmed|scheduled|made|purchased|sent|"
    r"transferred|placed|set up|completed|done|successful)|successfully|all set|is complete|a success|you(?:'re| are) booked|was made|an email|i made|i(?:'ve| have) (?:booked|reserved|made|scheduled|"
    r"sent|bought|purchased|created|built|started)|enjoy|it'?s done)\b"
)
_FOUND = re.compile(
    r"\b(?:there (?:is|are|'s)|there's|i(?:'ve| have)? (?:found|got|see)|i have \d+|found|how about|what about|you (?:might|may|could) "
    r"(?:like|try|enjoy)|would you (?:like|prefer) (?:\w+ )*(?:or)|recommend|suggest|might|looks like|let's start with|do you like|sounds? (?:like )?\w+ to you|balance|cost is|costs)\b"
)
_FAILED = re.compile(
    r"\b(?:unable|couldn't|could not|can't|cannot|wasn't able|was not able|not able|failed|unfortunately|sorry|apolog\w+|error|"
    r"didn't (?:work|go)|did not (?:work|go)|instead|wrong)\b"
)
_COUNTER = re.compile(r"(?:how about|what about|instead|work\b|works\b|at \d|for the|on \w+ \d)")
_REVERSED = re.compile(
    r"\b(?:mind if|mind i|would you mind|do you mind|shouldn't|don't you|wouldn't you|cancel\w*|skip\w*|postpone\w*|delay\w*|"
    r"hold off|leave out|instead of|rather not|stop|(?:you|you'd) (?:don't|do not|didn't|won't|wouldn't))\b"
)
_CHOICE = re.compile(r"\b(?:would you like|suggest|prefer|want)\b.*\w,? or (?!not\b)\w")
_STATED = re.compile(r"\bconfirm(?:ing|ation(?! e?-?mail| number| shortly| soon))?\b|verif|ensure|\bcorrect\b|\bright\b|\?")
_SURE = re.compile(r"\bconfirm(?:ing|ation(?! e?-?mail| number| shortly| soon))?\b|ensure|verif|\b(?:shall|should) i\b|\b(?:correct|right)\W*$|make sure|see if i|i have it")
_OFFER = re.compile(
    r"\b(?:shall|should i|should we|would you (?:like|want|care)|(?:do|did) you (?:want|wish|need)|want (?:me )?to|wanna|want|need|may i|can i|"
    r"i can|i could|are you (?:ready|interested|willing|looking)|you (?:want|would like|wish|need)|interested)\b"
)
_NEWS = re.compile(
    r"\b(?:cost|costs|price|priced|rent|rated|rating|balance|number is|phone|address|located|degrees|starts|arrives?|your (?:\w+ )?(?:was|were)|"
    r"available|named|called|bed|bedrooms?|baths?|stars?|free|percent|album|directed)\b|[$%]"
)
_INQUIRY = re.compile(
    r"^\W*(?:(?:and|so|ok|okay|well|great|thanks)\W+)*(?:have|has|had|did|does|do|are|were|was|is|will|would|could|can|might|what|which|when|where|"
    r"who|why|how)\b"
)
"""The head of a question for a fact; a fragment with a question mark asks for a yes."""
_EITHER = re.compile(r"\bor (?:would|shall|should|do|can|is|are|maybe|rather|leave|wait|not now|later|something|someone|just)\b")


def proposal(question: str, subject: Collection[str] = ()) -> str | None:
    """The sentence of the agent's words that proposes an act, or None when a yes would grant nothing.

    With `subject` only a sentence about one of these words counts.
    """
    said = [sentence for sentence in _SENTENCES.split(question.replace("’", "'").lower()) if tokens(sentence)]
    if not said or (_MORE.search(said[-1]) and "confirm" not in said[-1]):
        return None
    told = " ".join(said)
    found = next((sentence for sentence in reversed(said) if _proposes(sentence, told)), None)
    changed_topic = _OPEN.search(said[-1]) or said[-1].rstrip().endswith("?")
    if found is None or (changed_topic and not _proposes(said[-1], told)):
        return None
    if subject and not _PROPOSAL.search(found):
        return None
    if subject and not mentions(found, subject) and not (_refers_back(found) and mentions(told, subject)):
        return None
    return found


def offers(question: str) -> bool:
    """Whether the agent's words offer an act that still lacks its details."""
    asked = question.lower()
    return bool(_OFFER.search(asked)) and "confirm" not in asked and not numbers_in(question)


def reads_back(question: str, subject: Collection[str] = ()) -> bool:
    """Whether a plain statement of details asks to be confirmed: numbers, and neither news nor an option."""
    told = question.lower()
    excluded = (_OPEN, _MORE, _FOUND, _NOTED, _REVERSED, _NEWS)
    about = not subject or mentions(told, subject)
    return about and bool(numbers_in(told)) and not any(pattern.search(told) for pattern in excluded)


def mentions(text: str, subject: Collection[str]) -> bool:
    """Whether a text holds one of the words, in any of its regular forms."""
    words = [word.folded for word in tokens(text)]
    return any(_same_stem(word, wanted.casefold()) for word in words for wanted in subject)


def _same_stem(word: str, wanted: str) -> bool:
    stem = wanted.removesuffix("e")
    return word == wanted or (word.startswith(stem) and word[len(stem) :] in _ENDINGS)


_ENDINGS = {"e", "es", "ed", "ing", "s", "'s", "ion", "or"}


def _refers_back(sentence: str) -> bool:
    return len(tokens(sentence)) <= 8


def _proposes(sentence: str, told: str) -> bool:
    if _REVERSED.search(sentence) and not _FAILED.search(told) or _EITHER.search(sentence):
        return False
    if _CHOICE.search(sentence) and not _STATED.search(sentence.rstrip("?")):
        return False
    if _OPEN.search(sentence) or _MORE.search(sentence):
        return False
    if _FAILED.search(told) and _COUNTER.search(sentence):
        return True
    if _FOUND.search(sentence) and not _SURE.search(told):
        return False
    if _NOTED.search(sentence) and not _STATED.search(told):
        return False
    if sentence.rstrip().endswith("?") and not _INQUIRY.match(sentence):
        return True
    return bool(_PROPOSAL.search(sentence) or _TAG.search(sentence) or _ACTING.search(sentence))
