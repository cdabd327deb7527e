"""The phrases by which callers agree and ask on: patterns over folded words, commas kept."""

import re


def phrase(*alternatives: str) -> re.Pattern[str]:
    """Any of the alternatives as whole words; a blank matches blanks and commas."""
    joined = "|".join(alternatives)
    return re.compile(rf"(?<![\w'])(?:{joined})(?![\w'])".replace(" ", "[ ,]+"))


_AGREED = "bilkul|th?(?:ee|i)k hai|kar (?:do|dijiye|den)"
HINDI_YES = f"(?:ji )?haa?n(?: ji|ji)?|ji ha|ha ji|ha(?= (?:{_AGREED}))|{_AGREED}"
"""A yes in Hindi, as recognisers write it in Latin letters; "ji" alone may only ask what was said."""

HINDI_YES_ALONE = re.compile(r"\W*ha+[\s.,]*", re.IGNORECASE)
"""The same, written short: beside any other word, twice or called out it may be a laugh."""

_GOOD = (
    "(?:good|great|perfect|fine|right|correct|nice|lovely|wonderful|excellent|ideal|ok|okay|alright|all right|awesome|"
    "amazing|fantastic|accurate|cool|brilliant|confirmed|true|the one|spot on|"
    "about right|acceptable|super|terrific|exact|in order|as expected|complete|all set|(?:ready|good) to go)"
)
_WHOLLY = "(?:(?:one |a )?hundred|100) (?:percent|per cent)"
_VERY = (
    "(?:(?:so|very|really|quite|just|all|absolutely|exactly|totally|indeed|perfectly|completely|simply|pretty|"
    f"{_WHOLLY}) )*"
)
_OBJECT = (
    "(?:order|details|information|info|booking|reservation|appointment|time|date|day|slot|option|bus|train|flight|car|"
    "room|table)"
)
_IT = (
    "(?:that all|all that|all this|"
    "that one|that'd|that's|that'll|that|this one|this|it's|it'll|its|it|thats|these|they're|those|they|"
    "everything's|(?:everything|all|what)(?: (?:you have|i see|here|there|on there|about it|of it|of that))|everything|"
    f"all|all (?:(?:the|my) )?{_OBJECT}|"
    f"(?:(?:the|my|your|this|that) (?:\\w+ )?)?{_OBJECT}(?: (?:on|in) (?:the|my) \\w+)?)"
)
_ALSO = "(?:(?:also|still|actually|certainly|definitely|just|all|indeed|very|really) )*"
_BE = (
    "(?:(?:seems|looks|appears|sounds) to be|will be|would be|can be|should be|is|are|be|was|sounds?|seems?|looks?|"
    "feels|does)"
)
_WORKS = (
    "(?:(?:will|would|should|can|could|does|do) )?(?:also |still |just |all )?(?:works?|suits?|do|does|fits?|"
    "checks? out|adds? up|match(?:es)?(?: what i (?:wanted|ordered|said|asked for))?)"
)
_FOR_ME = "(?: (?:(?:for|with|out|out for) )?(?:me|us|him|her|them))?"
_WELL = "(?: (?:very|just|quite|well|fine|great|perfectly|good|it|nicely))*"
_END = "(?=$|,| thank| please| very| now| then)"
_LIKE = (
    f"(?:(?:{_IT} )?(?:looks|sounds|seems|appears) like|that's|thats|that is|this is|it's|its|exactly|just|{_IT} is)"
)
_DONE = (
    "(?:book|reserve|watch|play|buy|take|rent|visit|schedule|order|confirm|fix|do|send|place|put|submit|process|finish|"
    "finali[sz]e|complete)"
)
_ASKED_FOR = (
    "(?:it|that|this|them|em|(?:the|my) (?:order|booking|reservation|appointment))(?: (?:off|over|in|through|out))?"
    "(?: to be \\w+)?"
)

YES = phrase(
    "for sure|sure thing|yes|yeah|yep|yup|yea|ye|yah|ya|yess|aye|uh huh|mhm|mm hmm|surely|finally",
    HINDI_YES,
    f"(?:sure|indeed) (?:(?:it|that) )?(?:does|is|do)|sure|okey|{_GOOD} {_GOOD}",
    "absolutely|definitely|most definitely|certainly|of course|by all means|indeed|exactly|affirmative|agreed|approved",
    "please confirm|confirming|confirm|i (?:so |do |can )?(?:confirm|agree|accept|approve)",
    f"{_VERY}{_GOOD}|{_WHOLLY}(?:{_END}|(?= (?:yes|yeah|yep|sure)))",
    f"(?:(?:it )?(?:looks|seems|sounds|appears) like )?{_IT} {_ALSO}(?:{_BE} )*{_ALSO}{_VERY}{_GOOD}",
    f"{_BE} {_VERY}{_GOOD}",
    f"i (?:can )?see (?:that )?{_IT} {_ALSO}(?:{_BE} )*{_VERY}{_GOOD}{_END}",
    f"(?:{_IT} {_ALSO}{_WORKS}|works|suits|fits){_FOR_ME}{_WELL}(?: for (?:me|us))?",
    f"{_IT} (?:sure |all )?{_ALSO}{_BE}{_END}",
    f"it all {_BE} {_GOOD}|(?:that's|that is|this is|it is|it's) (?:my order|it|exactly it|a deal)|"
    f"{_IT} should (?:be|do) it{_END}",
    "(?:you are|you're) (?:exactly |all )?(?:right|correct)|you bet|righty oh?|all clear|much better",
    "nailed it|(?:you've )?got (?:it|all of (?:it|that)) right",
    "(?:(?:looks|sounds|seems) like )?you(?:'ve| have)? (?:got|heard|understood|read) "
    "(?:(?:it|that|me|everything|my request) )?(?:(?:all|so|very) )?(?:right|correctly|perfectly|well|it)",
    "(?:you've got|you got|you have) (?:it|that|everything)(?: all)?(?: (?:right|correctly|correct|exactly|all))*",
    f"you (?:sure|certainly|definitely|really) (?:do|did|have){_END}",
    "(?:you (?:have|got) )?my (?:permission|approval|consent|confirmation)",
    "(?:it's all|it is all|everything is|everything's|all) there",
    f"{_LIKE} (?:exactly |just |precisely )?(?:what|how|where|which|as|like|(?:the|my) \\w+(?: that)?) "
    "i(?:'d| would|'ve| have)? (?:wanted|want|needed|need|wished|wish|said|asked for|asked|ordered|am looking for|like)"
    "(?: (?:it|to do|to|my \\w+))?(?: today)?",
    "(?:that's|that is) what (?:i'll be|i'm|i am) (?:doing|going to do)|(?:that's|that is|it's) the (?:right|correct) "
    f"(?:one|{_OBJECT})",
    "(?:that's|that is|this is) (?:so |much )?better",
    f"(?:i|we) (?:sure |can )?(?:do|would|am|will)(?: (?:that|it))?{_END}",
    f"(?:i|we)(?:'d| would|'ll| will) (?:love|like|take) (?:that one|this one|that|to|it|them|one){_END}",
    "(?:i'm|i am|we're|we are) (?:very |all )?(?:ready|interested|in|good|fine|ok|okay|happy|satisfied|pleased)"
    "(?: with (?:that|it|this|everything|(?:the|my) \\w+)| to (?:pay|order|book|proceed))?",
    "(?:i'm|i am) down with (?:that|it|this)",
    "(?:give|giving) (?:it|that) a (?:go|shot|try)|carry on|(?:i|we) can make (?:it|that) work",
    "go ahead|go for it|please do (?:it|so|that)|please do|do it|let's do (?:it|that|this)|let's go(?: ahead)?",
    "(?:please |you (?:can|may) )?(?:proceed|continue)|sign me up|count me in|sounds like a plan",
    f"{_IT} sounds like (?:it|that|they)(?:'ll| will| would) work",
    "(?:that's|that is) my (?:wish|choice|request|plan|desire)",
    "(?:(?:i|we)(?: want| need|'d like| would like) to |(?:now )?you (?:can|may) (?:now )?)?(?:go ahead and )?"
    f"{_DONE} {_ASKED_FOR}(?: for (?:me|us))?{_END}",
    "why not|no problems?|no objections?|without a doubt|no doubt",
)
"""Agreement, as it stands at the head of an answer; neither thanks nor praise of something shown."""

FILLED = phrase(
    "(?:thanks|thank you) for (?:(?:your|the|all) )*\\w+(?: (?:that|this|it|checking|me))*",
    "thanks (?:a lot|so much|again|a ton)|thanks|well done|(?:you did )?(?:a )?(?:good|great|nice|excellent) job",
    "(?:on|from|at) my (?:end|side|screen)|i(?:'ve| have)? (?:just )?"
    "(?:checked|reviewed)(?: (?:it|that|everything))?(?: and)?",
    "thank you (?:so|very) much|thank you|thank u|thx|much appreciated|a lot|very much|so much",
    "i appreciate (?:it|that|your help)",
    "right now|right away|now|then|well|oh|ah|hey|so|and|also|too|as well|out|here|there|again",
    "(?:for|with|to|by|from) (?:me|us)|sir|ma'am|please|my man|my friend|man|mate|guys|let's see|lets see",
    "(?:that's|that is|thats|that will be|that would be|that'll be) (?:all|everything|it)"
    "(?: (?:that )?(?:i|we) (?:needed|need|wanted|want|require|have))?(?: for (?:now|today))?",
    "to (?:proceed|continue|go ahead)(?: further)?(?: with (?:it|that|this|those|these|the)(?: (?:\\w+ )?"
    "(?:booking|reservation|order|details|process))*)?",
    "i'm (?:so |very |really )?(?:excited|glad)|i am (?:so |very |really )?(?:excited|glad)",
    "(?:i )?(?:can't|cannot) wait(?: to \\w+(?: it)?)?(?! that| this| so| any| for| un)|(?:you can )?go on",
    "no (?:changes|corrections)(?: needed)?|ji|(?:just )?(?:as|the way|how) it (?:is|stands)|as is",
    "(?:i )?(?:really |do )?appreciate (?:it|that)|one (?:last|more|other) thing",
    "nothing else|bye|goodbye|have a (?:good|nice|great) (?:day|one)|you're welcome",
    "i'm sure|i am sure(?: of (?:that|it))?",
)
"""Words that neither agree nor take anything back."""

FIRM = phrase("yes|yeah|yep|yup|correct|right|confirm|confirmed|exactly")
"""Agreement that a plain statement needs: it did not ask for any."""

AGREES_AT_END = re.compile(rf"(?<![\w'])(?:is|are|was|sounds?|looks?|seems?|be|got \w+) (?:all |very |to be )*{_GOOD}$")
"""A remark that ends in agreement: "the details you have are correct"."""

WEAK = phrase("ok|okay|okey|alright|all right|fine|right|cool|nice|great|good|well|so|true|interesting|and")
"""Agreement that may only say "I hear you" when more follows."""

SMALL_BEFORE_ACT = phrase(
    "please|go ahead and|go ahead|and|then|now|just|so|i'd|i'll|i would|i will|i|we'd|we'll|we would|we|let's",
    "you can|you may|can you|could you|do|want|need|like|love|you|me|to|wanna|gonna|kindly|would|will|help|should",
)
"""Small words before the verb of an outright request."""

ACT = phrase(
    "book|reserve|schedule|make|buy|purchase|get|play|send|transfer|order|add|create|set|build|start|rent|arrange|do",
    "confirm|proceed|finish|submit|place|put|run|show|find|have|finalize|complete|process|secure|take|see|watch|listen",
    "hear|go|pay|visit|cast|stream|save|continue|fix|initiate|request|begin",
)
"""Verbs by which an offered act is asked for."""

_OPENING = (
    r"^(?:[, ]|(?:and|also|so|now|then|oh|well|please|just|one more (?:thing|question)|by the way|additionally|first|"
    r"before that|in addition|though|meanwhile|again|(?:at|from|to|in|on|for|by|about)(?= wh| how))(?![\w']))*"
)
_WH = r"(?!why not$)(?:what|where|when|who|why|how|which|whose)(?:'s|s|'ll|'re)?(?! about)(?![\w'])"
_THING = r"(?:it|they|there|the|that|this|these|he|she|its|their|any|my|we|i)(?![\w'])"
_INFORM = (
    r"(?:get (?:me|us|the|their|its|his|her)|grab|enjoy|expect|bring|find (?:me|out|the|their)|look up|tell|give|let|"
    r"provide|send|say|share|know|have|ask|inform|see|show|check (?:what|if|how|whether))(?![\w'])"
)
_WISH = (
    r"(?:i|i'd|i'll|i would|we)(?: (?:also|just|still|will|would|do))* (?:need|want|like|have|wish|love)"
    r"(?: to)?(?: also)? "
)
_TO_KNOW = r"(?:know|ask|a (?:few|couple)|some|their|its|the (?:\w+ )?(?:address|number|price|cost|name))"
_PRAISED = r"(?:all|very|perfectly|exactly)? ?(?:correct|right|good|great|perfect|fine|ok|okay)\b"
_FETCH = r"(?:find out|find me|find|get me|get us|get)"
_ASKED = r"(?:if|whether|what|how|when|where|which)"
_NOUN = r"(?:address|phone|telephone|number|contact|price|cost|fare|fee|rating|genre|album|location|total|station)s?"
_FIND = r"(?:get|give|tell|tel|find|locate|show|send|forward|check|provide|have|list|share)(?: out)?"
_WHOSE = r"(?: (?:me|us|you|on|about|the|their|its|his|her|a|an|that|this|for))*(?: \w+){0,2}"
_POLITE = r"(?: (?:also|please|just|then|kindly|now))*"
_FACTS = (
    _WH,
    r"do (?:they|the|there|these|i|we|you (?:have|know|happen|think)|any)(?![\w'])",
    rf"(?:is|are|was|were|does|did|will|would|has|have) {_THING}",
    r"(?:is|are|was|were|does|did|has|have|will) (?!not\b|you\b|so\b|do\b)\w+ \w+",
    rf"{_FETCH} (?:the|their|its|his|her|{_ASKED})(?![\w'])",
    rf"(?:find out|check|see|verify|look up)(?: also| and)? {_ASKED}(?![\w'])",
    rf"(?:can|could|would|will|may|might) (?:you|i|we){_POLITE} {_INFORM}",
    rf"(?:their|its|his|her) (?!{_PRAISED})\w+",
    r"(?:tell|give|show|send|inform|provide) (?:me|us)(?![\w'])|let (?:me|us) (?:know|have)(?![\w'])",
    rf"{_WISH}{_TO_KNOW}(?![\w'])",
    r"(?:(?:can|could|would|will|may|might) (?:you|i|we)(?: (?:also|please|just|then))* )?"
    rf"{_FIND}{_WHOSE} {_NOUN}(?![\w'])",
)
FOLLOW_UP = re.compile(rf"{_OPENING}(?:{'|'.join(_FACTS)})")
"""A question of fact after the agreement: it asks, and changes nothing."""

REQUEST = re.compile(rf"^(?:[, ]|\w+ )??(?:can|could|would|will) (?:you|we|i) (?!(?:also |please |just )*{_INFORM})")
"""A question that wants something done."""
