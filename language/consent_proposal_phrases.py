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

TAIL = r"(?=$|,| (?:for|with|now|then|right|straight|here|today|so|based|using|and|to|please|if)(?![\w']))"
"""What may stand after the act; another noun would make it another act ("the demo brochure")."""

TOPIC = r"(?:only |just |usually )?(?:takes|lasts|is (?:free|quick|short|ready))(?![\w'])"
"""What is said of a thing to recommend it, and names no other thing."""

_RESUMES = (
    rf"(?:is|would|does) (?:that|this|it) (?:be |sound |seem |look |work )?(?:all )?(?:{_FINE}|great)?(?: (?:with|by|for) "
    r"you)?|(?:how )?does that sound|(?:shall|should|may|can|could) (?:i|we)(?: (?:go ahead|proceed|do (?:it|that|so)|"
    r"start|go ahead and do (?:it|that)))?|(?:would|do) you (?:like|want) (?:that|me to(?: do (?:it|that|so))?)|"
    r"would you like me to go ahead|are you (?:ready|happy(?: with that)?|okay with that|ok with that)|ready|"
    rf"{_FINE}|right|correct|yes|deal|agreed|happy with that|sounds? good"
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

TAGGED = re.compile(rf"(?:,| {_POLITE})(?: ?(?:{_RESUMES}|{_POLITE}){_NOW})?$")
"""The end of a statement that wants an answer: "..., okay?", "... if you like"."""

EASED = re.compile(r"(?:,| (?:at|with|and))? (?:no (?:extra |further )?(?:cost|charge|obligation|commitment|strings attached))")
"""Negations in an offer that take nothing from it."""

SHUT = re.compile(
    r"(?<![\w'])(?:not|no|never|without|cannot|\w+n't|nothing|or|but|unless|if|until|till|once|after|before|when|whenever|"
    r"while|later|soon|eventually|someday|sometime|tomorrow|tonight|yesterday|already|next|week|weekend|month|year|hours?|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|instead|rather|except|stop|cancel\w*|delete\w*|remove\w*|"
    r"in (?:a|an|\w+) (?:few )?(?:minutes?|moments?|bit|while|days?)|last|previous|have you|had)(?![\w'])"
)
"""Signs in a question that its yes would mean no, another time, a condition or a choice."""

UNQUIET = re.compile(
    r"(?<![\w'])(?:need|needs|tell|let me know|say|first|before|but|or|however|otherwise|also|please|want|require|requires|"
    r"must|have to|wait|instead|not|no|\w+n't|if|unless|after|once)(?![\w'])"
)
"""Words after a question that ask for something else, or take from it."""

ASKS = re.compile(
    r"(?:shall|should|may|can|could|would|will|do|does|did|is|are|was|were|has|have|am|what|which|when|where|who|whose|"
    r"why|how|want (?:me|us)|ready (?:to|for)|happy for)(?![\w'])|(?:isn't|aren't|don't|doesn't|won't|wouldn't|can't)(?![\w'])"
)
"""The head of a question, with or without its mark."""

INTERJECTION = re.compile(
    r"^(?:(?:so|okay|ok|great|brilliant|perfect|right|alright|all right|well|and|now|then|good|lovely|thanks|thank you|super|"
    r"excellent|fantastic|wonderful|sure|cool|yes|yeah|hi|hello|also|in that case|of course|no problem|"
    r"sounds good|got it|understood)(?![\w'])[ ,]*)+"
)
"""What agents say before what they say."""

REPORTED = re.compile(
    r"(?<![\w'])(?:ask\w*|say|says|said|tell|tells|told|wonder\w*|hear\w*|true|whether|what|why|how|who|which|question\w*|"
    r"brochure|email)(?![\w'])|^(?:did|do|does|is|are|was|were|has|have|would|could|can|will|when|where)(?![\w'])"
)
"""A lead that makes an offer somebody's words, or a part of another question."""
