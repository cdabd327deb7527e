"""How agents propose, read back, report and offer: patterns over lower-case sentences."""

import re


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b")


_CONFIRM = r"confirm(?:ing|ation(?! e?-?mail| number| shortly| soon))?"
_GOOD = r"(?:right|correct|okay|ok|fine|good)"

PROPOSAL = _any(
    r"(?:shall|should|may|can|could|will) (?:i|we)|would you (?:like|want|care)|you(?:'d| would) like",
    r"(?:do|did) you (?:want|wish|need|like me|like to (?:book|buy|reserve|make)|confirm|approve|agree)",
    r"(?:want|need|like) (?:me |us )?to|want me|wanna|you (?:want|need)|you(?:'re| are) ready|ready (?:to|for)",
    r"are you (?:ready|interested|willing|happy|okay|ok|sure|looking|like|good)|interested in",
    r"(?:i|we)(?:'ll| will|'m going to| am going to| can| could)|go ahead|proceed",
    rf"{_CONFIRM}|verify\w*|(?:kindly|please) ensure|ensure that|approve\w*|approval|permission|make sure|to be sure",
    r"double[- ]check|accurate|what you see|whether|to (?:be|make) clear|if you(?:'d| would)? (?:like|want|wish)",
    r"did i|have i|(?:is|are|does|do)\b(?! you\b).*\b(?:right|correctly|correct|okay|ok|fine|good|accurate|work|sound|"
    r"look|alright|what you|acceptable|everything|true|wanted|ordered)",
    rf"(?:that|this) (?:is )?{_GOOD}|sounds? (?:good|right|ok|okay)|i(?:'m| am) (?:right|correct)|let(?:'s| us| me)",
    r"i(?:'m| am) (?:booking|reserving|scheduling|making|setting|playing|getting|putting)|i should|i have you|i got",
    r"i(?:'m| am)? (?:understand\w*|assum\w*)|would (?:it|that) be (?:okay|ok|fine|good|alright)|go to",
    r"(?:check|look at|looking at|see) (?:\w+ ){0,4}(?:order|screen|monitor|that|if|and)",
    r"(?:i|we) (?:have|heard|understand)\s*:\s*",
    r"you(?:'ll| would| will)(?: also)? (?:be|book|reserve|buy|rent|visit|watch|stay|take|pick)",
    r"you(?:.ll be)? (?:checking|picking|leaving|returning)|you(?:'re| are) \w+ing",
    r"please (?:let me know|check|review|take a look|look|give|tell|indicate)",
)
"""Words that ask leave to act, or read an act back to be confirmed."""

TAG = re.compile(r"\b(?:right|correct|okay|ok|yes|yeah|alright|agreed|deal|good|then|now)\s*\?\s*$")
"""The tag of a question that wants a yes."""

ACTING = re.compile(
    r"^\W*(?:(?:ok|okay|alright|great|sure|perfect)\W+)?so\b|"
    r"^(?:\W|(?:ok|okay|sure|great|alright|of course|then|certainly|no problem|fine|perfect|got it|understood|the)\b)*"
    r"(?:play|book|reserv|schedul|purchas|buy|transfer|send|add|mak|creat|order|start|stream|run|set|sett|building|"
    r"build|arrang|prepar|chang|cast|playback|reservation|appointment|booking)(?:ing|e|ing the)?\b|"
    r"^\W*(?:ok|okay|sure|great|fine|alright|certainly|perfect)\W+(?:i have )?\d+ "
)
"""A sentence that begins with the act itself, or sums up: "so, ..."."""

OPEN = re.compile(
    r"^\W*(?:and |so |okay |ok |then |great |now )*(?:what|which|when|where|who|whose|why|how)\b(?! about)"
    r"(?!.*\b(?:is that|is this|correct|right)\b)"
)
"""A question that no yes can answer."""

MORE = _any(
    r"assistance|(?:can|could|may|shall|should) i (?:please )?(?:help|assist|do (?:any|some)thing|be)|another way",
    r"do you (?:need|require) (?:help|more)|do anything|any\w* other|any more|try another|what (?:else|should i|can i)",
    r"(?:is|will) that (?:be )?(?:everything|all)(?! (?:accurate|right|correct|fine))",
    r"(?:any|some)thing (?:else|more|further)",
    r"(?:else|more|further|other|additional) (?:\w+ ){0,3}(?:help|assist|i can|service|need|information|do)",
    r"how (?:else |can |may |could )+i|(?:help|assist) (?:\w+ ){0,3}(?:else|more|further|other|another|today)",
)
"""An offer of more help, of no act in particular."""

NOTED = _any(
    r"(?:has|have|was|were|is|are) (?!you |being )(?:\w+ )?(?:been |successfully |now )*"
    r"(?:booked|reserved|confirmed|scheduled|made|purchased|sent|transferred|placed|set up|completed|done|successful)",
    r"successfully|all set|is complete|a success|you(?:'re| are) booked|was made|an email|i made|enjoy|it'?s done",
    r"i(?:'ve| have) (?:booked|reserved|made|scheduled|sent|bought|purchased|created|built|started)",
)
"""News of an act that is done."""

FOUND = _any(
    r"there (?:is|are|'s)|there's|i(?:'ve| have)? (?:found|got|see)|found|how about|what about|do you like",
    r"you (?:might|may|could) (?:like|try|enjoy)|would you (?:like|prefer) (?:\w+ )*or|recommend|suggest|might",
    r"i have \d+(?! (?:\w+ )?(?:tickets?|people|persons?|seats?|passengers?)\b)",
    r"looks like|let's start with|sounds? (?:like )?(?!right|correct)\w+ to you|balance|cost is|costs",
)
"""An option shown, to be liked or not."""

FAILED = _any(
    r"unable|couldn't|could not|can't|cannot|wasn't able|was not able|not able|failed|unfortunately|sorry|apolog\w+",
    r"error|didn't (?:work|go)|did not (?:work|go)|instead|wrong|unsuccessful|not successful",
    r"(?:not|no longer|un)[ -]?available|(?:no|no more) (?:\w+ )?(?:tickets|seats|tables|rooms)|(?:fully|all) booked",
)
"""News of an act that failed: what follows is a counter-offer."""
COUNTER = re.compile(r"how about|what about|instead|work\b|works\b|at \d|for the|on \w+ \d")

REVERSED = _any(
    r"mind if|mind i|would you mind|do you mind|shouldn't|don't you|wouldn't you|cancel\w*|skip\w*|postpone\w*",
    r"delay\w*|hold off|leave out|instead of|rather not|stop|(?:you|you'd) (?:don't|do not|didn't|won't|wouldn't)",
)
"""Questions whose yes may mean no."""

CHOICE = re.compile(
    r"\b(?:would you like|suggest|prefer|want)\b.*\w,? or (?!not\b)\w|"
    r"\bor (?:would|shall|should|do|can|is|are|maybe|rather|leave|wait|later|something|someone|just)\b"
)
"""Questions between two things, which a yes leaves open."""

STATED = re.compile(rf"\b{_CONFIRM}\b|verif|ensure|\bcorrect\b|\bright\b|\?")
SURE = re.compile(
    rf"\b{_CONFIRM}\b|ensure|verif|\b(?:shall|should) i\b|\b(?:correct|correctly|right)\W*$|incorrect|make sure|"
    r"see if i|i have it"
)
"""Signs that news, or an option, is read back after all."""

CORRECTED = re.compile(r"confirm|\bcorrect\b|\bright\b")
"""Words by which details are put to be corrected."""

OFFER = _any(
    r"shall|should i|should we|would you (?:like|want|care)|(?:do|did) you (?:want|wish|need)|want (?:me )?to|wanna",
    r"want|need|may i|can i|i can|i could|are you (?:ready|interested|willing|looking)",
    r"you (?:would like|wish)|interested",
)
"""Words that offer an act without reading its details back."""

NEWS = re.compile(
    r"\b(?:costs?|price|priced|rent|rated|rating|balance|number is|phone|address|located|degrees|starts|arrives?|"
    r"your (?:\w+ )?(?:was|were)|available|named|called|bed|bedrooms?|baths?|stars?|free|percent|album|directed)\b|[$%]"
)
"""Facts that are told, not read back."""

ASKED_BACK = re.compile(r"^\W*(?:so |and |well )?(?:is|are|does|do) (?:it|that|this|they|everything|all)\W*$")
"""A question that only asks for the answer to the sentence before it: "Please check that it is right. Is it?"."""

INQUIRY = re.compile(
    r"^\W*(?:(?:and|so|ok|okay|well|great|thanks)\W+)*"
    r"(?:have|has|had|did|does|do|are|were|was|is|will|would|could|can|might|what|which|when|where|who|why|how)\b"
)
"""The head of a question for a fact; a fragment with a question mark asks for a yes."""
