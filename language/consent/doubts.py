"""The phrases that keep a yes from being one: refusal, doubt, delay, change, somebody else's yes."""

import re

from language.consent.phrases import phrase

_BEFORE_NO = (
    r"^(?:[, ]|(?:oh|ah|um|uh|hmm|well|sorry|actually|yeah|so|and|i'm sorry|i am sorry|ok|okay|please|thanks|thank you|"
    r"but|ugh|oops|my bad|hey|sure|ji)(?![\w']))*"
)
_NO = (
    r"no|nope|nah|naw|nuh uh|uh uh|negative|never|never mind|nevermind|cancel|stop|forget it|hold off",
    r"strike that|scratch that|na(?:hi|hin|ji)|rehne do|mat (?:karo|kijiye)",
    r"not (?:now|right now|at this|at the|for the moment|today|interested|really|necessary|needed|for now|this time|"
    r"exactly|quite|correct|right|that|so fast|just now|anymore|currently|a chance|for me|me)",
    r"(?:absolutely|definitely|certainly|of course) not|please (?:don't|do not|no)",
    r"(?:don't|do not)(?! know| mind| care)",
    r"(?:that|this|it)(?: is|'s|s)?(?: \w+)? (?:not|wrong|incorrect)|(?:that|this|it) (?:isn't|won't|doesn't|don't)",
    r"(?:i|we)(?:'m| am|'re| are| do| will| would|'d|'ll)?(?: (?:really|actually|currently|just))* "
    r"(?:(?:not|don't)(?! know| mind| care| sure| yet)|won't|wouldn't|rather not|can't|cannot|changed my mind|"
    r"have changed)",
    r"i'd rather|maybe (?:later|another|next)|some other time|another time",
)
REFUSAL = re.compile(rf"{_BEFORE_NO}(?:{'|'.join(_NO)})(?![\w'])")
"""The head of an answer that turns the proposal down."""

POLITE_NO = re.compile(
    r"^(?:(?:oh|ah|well|thanks|thank you)[ ,]+)*"
    r"(?:(?:that's|thats|that is|it's|its|it is) (?:ok|okay|all right|alright)|(?:right|true|cool|nice|interesting)$|"
    r"(?:i'm|i am|we're|we are) (?:all )?(?:good|fine|ok|okay|set|alright))(?![\w'])(?! (?:with|to|by|for me))"
)
"""Words that turn an offer down, or only follow it, as often as they take it up."""

NEGATION = phrase(
    r"no|not|nope|nah|never|none|nothing|cannot|neither|nor|cancel|stop|forget it|skip it|refuse|decline",
    "go away|hang up|leave me alone",
    r"\w+n't|dont|cant|wont|didnt|isnt|doesnt|nahin?|mat",
)
HARMLESS_NEGATION = phrase(
    "no problems?|no objections?|why not|no worries|nothing else|not a problem|no issues?|no doubt|without a doubt",
    "(?:can't|cannot) wait(?! that| this| so| any| for| un)|don't worry|no changes(?: needed)?",
    "no need to change anything|no more questions|if need be|can't say no(?: to (?:that|it|this))?",
    "(?:(?:don't|do not|can't|cannot) see|see no reason) why not",
)
HEDGE = phrase(
    "maybe|perhaps|probably|possibly|might|guess|suppose|i think|i believe|kind of|kinda|sort of|could be|could do",
    "we'll see|depends|depending|if|unless|whatever|hopefully|i assume|assuming|supposedly|in theory|theoretically",
    "considering|thinking|unsure|doubt|meh|or|almost|dunno|ish|subject to|pending|supposing|in principle|in a way",
    "let's say",
)
DEFERRAL = phrase(
    "later(?! today)|another time|at some time|sometime|in a (?:bit|minute|while|moment|second|few)|soon|eventually",
    "baad (?:mein|me)|abhi|one day|yet|afterwards|once|call me back|call back",
    "hold on|hang on|hold|wait|let me|give me|give us|not today",
    "(?:just )?(?:one|a) (?:sec|second|moment|minute)|ask my|check with|talk to|next (?:quarter|time)|in the future",
    "(?:need|have|got|want) to (?:check(?! in| out)|ask|talk|think|speak|discuss|decide)|follow up",
    "(?:need|have|got) to (?:see|look|hear)|some other time|at some point|whenever",
)
DETAIL_TIME = phrase(
    "after|before|when|until|till|(?:in the |this )?(?:morning|afternoon|evening)|next (?:week|month|year)|first"
)
"""A time that puts an act off, unless a booking was offered and the time is its detail."""

_MAKE_IT = "make (?:it|that|them)(?!$|,| (?:reservation|booking|appointment|work|happen|so))"
CHANGE = phrase(
    f"but|except|however|although|though|instead|rather|change|changed|changes|{_MAKE_IT}|different|another|swap",
    "should be(?! (?:it|all|fine|good|great|ok|okay|right|correct|perfect))",
    "switch|replace|prefer|actually|correction|wrong|incorrect|mistake|forgot|only|minus|apart from",
    "other than|on second thought|second thoughts|as long as|provided|condition|exception|otherwise",
    "modify|update|adjust",
)
TURN = phrase(
    f"change|instead|different|{_MAKE_IT}|switch|cancel|rather|another|but|don't|not|only|what about|how about",
    r"without(?! \w+ing)",
    "lekin|magar|par",
)
"""Signs of a change that count even inside a question of fact."""
MILD_TURN = frozenset({"make it", "make that", "make them", "another", "only"})
"""Those that change nothing while an offer still lacks its details."""

HARD_TURN = phrase(
    f"change|instead|different|{_MAKE_IT}|switch|cancel|rather|another|how about|earlier|later|sooner|other",
    "cheaper|else|anything",
    r"what about(?! (?:the |their |its )?(?:\w+ )?"
    r"(?:address|phone|number|price|cost|fare|fee|rating|location|service)s?)",
)
"""Signs of a change that a question of fact does not excuse."""

SECOND_HAND = phrase(
    "said|says|told|saying|tells|already|he|she|somebody|someone|everyone|used to|last time|yesterday|would have|had",
    "my (?:wife|husband|boss|partner|mother|father|colleague|manager|friend|son|daughter|brother|sister)",
    "i was|we were|i have been|i've been",
)
OWN_WORDS = phrase("exactly what i said|what i said|as i said|like i said|i told you to|as i told you")
"""Second-hand only by its words: the caller quotes himself to agree."""

PRESENCE = phrase(
    "still here|i'm here|i am here|we're here|i'm still|i am still|hear you|hear me|listening|speaking",
    "this is (?:he|she|him|her|me)|that's me|i'm with you|i understand|(?<!you\\s)understood|i see(?=$|,)",
    "i get (?:it|that)|i follow|makes sense|fair enough|good (?:question|point)|interesting|same here",
)
"""The caller is there, or follows: no answer to a proposal."""

SARCASM = phrase(
    "yeah right|oh sure|oh great|oh joy|oh wonderful|oh brilliant|oh fantastic|oh lovely|oh just great|oh just perfect",
    "as if|like that'll|like that will|haha|ha ha|lol|just wonderful|big surprise|what could go wrong|of course you",
    "dream on|thanks a bunch|in your dreams|pigs|joking|kidding|yay|my favou?rite",
)

TAKES_BACK = (NEGATION, HEDGE, DEFERRAL, CHANGE, TURN, HARD_TURN)
"""Signs, beside a yes, that it is none."""

TRAILING_OFF = re.compile(
    r"(?<!as )(?<!me )(?<!us )(?<!very )(?<!so )(?<!sounds )(?<!works )(?<!all )\bwell$|"
    r"(?<!do )(?<!think )(?<!or )\b(?:but|because|and|so|or)$"
)
"""An answer that ends in "well" or "and" has not ended."""

LOOKING = re.compile(
    r"^(?:(?:ok|okay|sure|yes|alright|well|oh)[ ,]+)*(?:let me|lets|let's) "
    r"(?:just )?(?:see|look|check|(?:have|take) a look)(?: here| it| that)?$"
)
"""A pause to look at what was asked, before the answer itself."""
