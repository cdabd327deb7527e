"""The phrases of plain assent to an act that was proposed: patterns over folded words, commas kept."""

import re

from language.consent.phrases import HINDI_YES, phrase

_VERY = "(?:(?:so|very|really|just|absolutely|totally|pretty|all) )*"
_GOOD = (
    "(?:good|great|perfect|fine|lovely|wonderful|excellent|brilliant|fantastic|awesome|amazing|ideal|super|splendid)"
)
_IT = "(?:that|it|this)"
_ME = "(?:me|us)"
_SELF = "(?:i'm|i am|we're|we are)"

YES = phrase(
    "for sure|sure thing|sure|yes|yeah|yep|yup|yea|yah|aye|affirmative|absolutely|most definitely|definitely|certainly",
    "of course|by all means|you bet|without a doubt|agreed|i (?:do )?(?:agree|accept|consent|approve|confirm)",
    f"(?:count|sign) {_ME} (?:in|up)|sounds like a (?:good |great )?plan",
    f"{_SELF} {_VERY}ready to go|{_SELF} {_VERY}(?:ready|in|up for {_IT}|happy with {_IT}|fine with {_IT})",
    f"(?:{_IT} )?sounds {_VERY}{_GOOD}(?: (?:to|for) {_ME})?",
    f"(?:{_IT} )?(?:works(?: (?:fine|well|great|perfectly))? for|suits) {_ME}(?: (?:fine|well|perfectly))?",
    f"{_IT} works(?: (?:fine|well|great))?",
    f"(?:{_IT}'d|{_IT}'ll|{_IT} would|{_IT} will|would) be {_VERY}{_GOOD}(?: for {_ME})?",
    f"(?:(?:{_IT}'s|{_IT} is|thats) )?{_VERY}(?:fine|okay|ok|alright|all right|{_GOOD}) (?:by|with) {_ME}",
    f"(?:i'd|we'd|i would|we would) {_VERY}(?:love|like) (?:(?:{_IT}|one|you to)|to(?=$|,| please| very| thank))",
    "(?:i|we) (?:do )?want (?:it|that|one|you to(?=$|,| please| thank))",
    "(?:i )?can't say no to (?:that|it|this)|(?:i )?(?:(?:don't|do not|can't|cannot) see|see no reason) why not",
    HINDI_YES,
)
"""An explicit yes."""

GO = phrase(
    f"(?:you (?:can|may) )?go (?:right |straight )?ahead(?: (?:with|and do) {_IT})?",
    "go for it|go on then|(?:just )?do (?:it|that|this|so)",
    f"please do(?: (?:so|{_IT}))?",
    f"let's(?: go)?(?=$|,| please)|let's (?:just )?do {_IT}",
    f"let's go (?:ahead(?: with {_IT})?|for it)|let's get (?:started|going|{_IT} done)",
    f"make it happen|proceed(?: with {_IT})?|get {_IT} done|you have my (?:permission|consent|okay|ok|blessing)",
)
"""An order to do what was proposed."""

ORDERS = "(?:please|just|now|then|so|go ahead and|go on and|let's|let us|let's go ahead and|feel free to)"
"""Words before the act in an order."""

ASKS_FOR = "(?:(?:i|we)(?:'d| would) (?:really )?(?:like|love) you to|(?:i|we) want you to)"
WISHES = (
    f"(?:{ASKS_FOR}|(?:i|we)(?:'d| would) (?:really )?(?:like|love) to|(?:i|we) want to|you (?:can|may)|"
    f"{_SELF} (?:ready|happy) (?:for you )?to)"
)
"""Words before the act in a wish; the first say enough without a question."""

OKAY = phrase("okay|ok|okey dokey|okie dokie|okey|alright|all right")
"""Agreement that is enough only by itself: it may also mean no more than "I hear you"."""

PRAISE = phrase(
    f"{_VERY}{_GOOD}(?: (?:idea|stuff|plan))?|right|cool|nice|exactly|correct|indeed|why not|no problem|not a problem",
    f"(?:that's|that is|thats) {_VERY}(?:{_GOOD}|right|correct|okay|ok|alright)|no objections?|(?:i )?can't wait",
    f"go on|(?:{_SELF} )?{_VERY}happy",
)
"""Words that go with a yes but say none."""

THANKS = phrase(
    "(?:and )?(?:thank you|thanks|many thanks|cheers)(?: (?:so much|very much|a lot|again|a million|indeed|kindly))*",
    "much appreciated|(?:i )?appreciate (?:it|that)",
)

FILLED = phrase(
    "right now|right away|straight away|immediately|now|then|for (?:me|us)|sir|ma'am|madam|mate|ji|very much(?: so)?",
    "for (?:my|our) (?:business|company|firm|shop|store|team|office)",
    "when(?:ever)? (?:you're|you are) ready|ready when you are|and(?= (?:thank|please|go|do|let's|yes|yeah))",
)
"""Words that neither agree nor take anything back."""

SURPRISE = re.compile(r"(?:o+h|ah|wow)(?=[ ,])")
"""A word that leaves open whether "okay" agrees or has only heard."""

LEAD = phrase("well|you know what")
"""A hesitation that a yes must outweigh."""

REPLIES = phrase(
    "(?:i|we) (would|do|am|are|shall)(?=$|,| please| thank)",
    "you (can|may|could|should)(?=$|,| please| thank)",
)
"""A short reply in the question's own verb."""

CONTACT = re.compile(
    r"(?:and )?(?:my|our) (?:\w+ ){0,2}(?:name|number|phone|mobile|e mail|email|address|extension)(?:'s| is) .+"
)
"""How to reach the caller, or who that is, told along with a yes."""

UNMINDED = re.compile(
    r"^(?:(?:oh|no|nope|not at all|of course not|not in the least|absolutely not|i don't mind(?: at all)?|"
    r"no problem(?: at all)?|i don't|i wouldn't)(?![\w'])[, ]*)+"
)
"""How callers say that they do not mind."""

PRACTICAL = re.compile(
    r"(?:and |so )*(?:how (?:long|soon)|when|where) (?:will|would|does|do|is|can|should) (?:it|that|this|i|we)(?![\w'])"
    r"(?: (?:be|take|get|see|find|have|look|expect|arrive|appear|me|us|it|that|to|ready|done|finished|usually))*"
)
"""A question of how or when an act agreed to is done."""
