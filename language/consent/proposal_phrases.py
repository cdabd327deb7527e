"""How agents offer one act: patterns over folded sentences that keep their commas."""

import re

_SMALL = (
    r"(?: (?:go ahead and|get on and|just|now|then|please|quickly|also|start by|begin by|start|begin|"
    r"go ahead,? and))*"
)
_LEAVE = "(?:for (?:me|us) )?to"
_FINE = "(?:okay|ok|fine|all right|alright|good)"

OFFERS = (
    "(?:(?:shall|should|may|can|could) (?:i|we)|(?:would you|do you|did you|you(?:'d| would)?) (?:like|want|need|wish) "
    "(?:(?:me|us) )?to|(?:want|need) (?:me|us) to|(?:are|would) you (?:be )?(?:all )?"
    rf"(?:ready|happy|{_FINE}|willing|keen) {_LEAVE}|(?:all )?ready {_LEAVE}|happy for (?:me|us) to|"
    rf"(?:is|would) (?:it|that) (?:be )?{_FINE} (?:if (?:i|we)|for (?:me|us) to)|(?:how|what) about if (?:i|we)|"
    rf"how about (?:i|we)|(?:do|may|can) (?:i|we) have your (?:permission|consent|okay|ok|go ahead) to){_SMALL}"
)
"""Words that ask leave to do what follows them."""

STATES = (
    "(?:(?:i|we)(?:'ll| will| can| could| am going to|'m going to| are going to|'re going to|'d like to| would like to|"
    "'d love to| would love to|'m ready to| am ready to)|let's|let (?:me|us)|"
    rf"you(?:'d| would)? (?:like|want|need) (?:me|us) to){_SMALL}"
)
"""Words that say what the agent can or will do."""

MINDS = rf"(?:do|would) you mind if (?:i|we){_SMALL}"
"""Words that ask leave so that a yes withholds it."""

TAIL = (
    r"(?=$|,| (?:for|with|now|then|right|straight|here|today|so|based|using|and|to|please|if|showing|tailored|"
    r"that shows|which shows|of (?:our|how|what))(?![\w']))"
)
"""What may stand after the act; another noun would make it another act ("the demo brochure")."""

TOPIC = r"(?:only |just |usually )?(?:takes|lasts|is (?:free|quick|short|ready))(?![\w'])"
"""What is said of a thing to recommend it, and names no other thing."""

_RESUMES = (
    rf"(?:is|would) (?:that|this|it) (?:be )?(?:all )?(?:{_FINE}|great|right|correct)(?: (?:with|by|for) you)?|"
    rf"(?:how )?does (?:that|this|it) (?:sound|look|seem)(?: (?:{_FINE}|great|right|to you))*|"
    r"does that work(?: for you)?|"
    r"(?:shall|should|may|can|could) (?:i|we)(?: (?:go ahead|proceed|start|(?:go ahead and )?do (?:it|that|so)))?|"
    r"(?:would|do) you (?:like|want) (?:that|me to(?: (?:go ahead|do (?:it|that|so)))?)|"
    r"(?:are you )?(?:ready|(?:happy|okay|ok)(?: with that)?)|"
    rf"{_FINE}|right|correct|yes|deal|agreed|sounds? good"
)
_NOW = r"(?: (?:now|then|for you|right now|right away|straight away|please))*"
RESUMES = re.compile(rf"(?:{_RESUMES}){_NOW}")
"""A question for all that the sentence before it proposed."""

_POLITE = (
    r"if (?:you(?:'d| would)? (?:like|want|wish)(?: me to)?|that's|that is|that works|it's|you're|you are)"
    rf"(?: (?:{_FINE}|ready|happy)(?: (?:with|by|for) (?:you|that))?)?"
)
POLITE_IF = re.compile(rf"(?<![\w']){_POLITE}(?![\w'])|(?<![\w'])(?:is|would) (?:it|that) (?:be )?{_FINE} if (?:i|we)|"
                       r"(?:how|what) about if (?:i|we)|(?:do|would) you mind if (?:i|we)")  # fmt: skip
"""Conditions that ask, and set none."""

POLITE_END = re.compile(rf"(?:,| ) ?{_POLITE}$")
"""A statement that leaves it to the other side: "... if you like"."""
TAGGED = re.compile(rf", ?(?:{_RESUMES}){_NOW}$")
"""The tag that makes a statement a question: "..., okay?"."""

EASED = re.compile(
    r",?(?: (?:at|with|and))? no (?:extra |further )?(?:cost|charge|obligation|commitment|strings attached)(?![\w'])|"
    r"^(?:based on|from|with|given) (?:what|everything|all) you(?:'ve| have)? (?:told|said|shared|given)"
    r"(?: to)?(?: me| us)?"
)
"""Words of an offer that look like a negation, or like somebody's words, and are neither."""

SHUT = re.compile(
    r"(?<![\w'])(?:not|no|never|without|cannot|\w+n't|nothing|or|but|unless|if|until|till|once|after|before|when|whenever|"
    r"while|later|soon|eventually|someday|sometime|tomorrow|tonight|yesterday|already|next|week|weekend|month|year|hours?|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|instead|rather|except|stop|cancel\w*|delete\w*|remove\w*|"
    r"in (?:a|an|\w+) (?:few )?(?:minutes?|moments?|bit|while|days?)|last|previous|have you|had)(?![\w'])"
)
"""Signs in a question that its yes would mean no, another time, a condition or a choice."""

UNQUIET = re.compile(
    r"(?<![\w'])(?:need|needs|tell|let me know|say|first|before|but|or|however|otherwise|also|please|want|"
    r"requires?|must|have to|wait|instead|not|no|\w+n't|if|unless|after|once)(?![\w'])"
)
"""Words after a question that ask for something else, or take from it."""

ASKS = re.compile(
    r"(?:shall|should|may|can|could|would|will|do|does|did|is|are|was|were|has|have|am|what|which|when|where|who|"
    r"whose|why|how|want (?:me|us)|ready (?:to|for)|happy for)(?![\w'])|"
    r"(?:isn't|aren't|don't|doesn't|won't|wouldn't|can't)(?![\w'])"
)
"""The head of a question, with or without its mark."""

INTERJECTION = re.compile(
    r"^(?:(?:so|okay|ok|great|brilliant|perfect|right|alright|all right|well|and|now|then|good|lovely|thanks|thank you|"
    r"super|excellent|fantastic|wonderful|sure|cool|yes|yeah|hi|hello|also|in that case|of course|no problem|"
    r"sounds good|got it|understood)(?![\w'])[ ,]*)+"
)
"""What agents say before what they say."""

REPORTED = re.compile(
    r"(?<![\w'])(?:ask\w*|say|says|said|tell|tells|told|wonder\w*|hear\w*|true|whether|what(?! (?:i|we) need)|why|how|"
    r"who|which|question\w*)(?:'\w+)?(?![\w'])|"
    r"^(?:did|do|does|is|are|was|were|has|have|would|could|can|will|when|where)(?![\w'])"
)
"""A lead that makes an offer somebody's words, or a part of another question."""
