"""How prospects speak of what troubles them, what they want, why they came and what they do well."""

from playbooks.lumen.rules.phrases import any_of
from playbooks.lumen.rules.topics import Topic

BUSINESS = (
    "calls?|leads?|customers?|jobs?|work|business|money|sales|enquir(?:y|ies)|track|ads?|adverts?|campaigns?|budget|"
    "conversions?|bookings?|quotes?|clients?|traffic|visitors?|spend|appointments?|reviews?|staff|engineers|opportunit(?:y|ies)"
)

TELLING = {
    Topic.MOTIVATION: any_of(
        r"""
        the (?:main |only |whole |one )?reasons?|reasons? (?:i|we|why|for)|(?:that's|which is|that is) (?:really )?why
        ^because (?:we|i|our|the|every|it|my)
        what (?:\w+ )?(?:got|made|prompted|brought|drew|attracted|interested|interests|appeals)
        (?:i'm|i am|we're|we are|got) (?:\w+ )?(?:interested|curious) (?:because|since|after)
        (?:got in touch|reached out|calling|called|rang) (?:\w+ )?because
        (?:booked this|signed up|took this call|here|looking into (?:this|it)) (?:\w+ )?because
        caught (?:my|our) eye|prompted (?:me|us|this)
        """
    ),
    Topic.CHALLENGE: any_of(
        r"""
        struggl\w+|(?<!no )(?<!not a )(?<!any )problems?|(?<!no )trouble|issues? (?:is|with|we)
        (?:big|main|real)\w* issue|challeng\w+
        (?:hard|harder|tough|difficult|impossible|tricky) to
        (?:can't|cannot|can never|couldn't) (?:really |even |actually )?(?:see|track|work out|figure|keep up)
        (?:can't|cannot|can never|couldn't) (?:really |even |actually )?tell(?! you\W*$)
        (?:unable to|not able to|don't) (?:really |even |actually )?(?:tell|see|track|work out|figure|keep up)
        (?:can't|cannot|can never|couldn't|unable to|not able to) <1>(?:know|afford|get|find|measure|prove)
        (?:can't|cannot|can never|couldn't|unable to|not able to) <1>(?:say|answer|cope|trace|pin)
        (?:don't|do not|never|doesn't|didn't) (?:really |even |actually )?know (?:which|where|what|who|how|if|whether)
        (?:no|any) (?:real )?(?:idea|clue) (?:which|where|what|who|how|if|whether)
        (?:no|any) (?:real )?(?:way (?:of|to)|visibility|insight)
        (?:not|never) (?:really )?(?:sure|certain) (?:which|where|what (?:works|ads|channel)|how (?:many|well|much))
        (?:los(?:e|es|ing|t)|miss(?:es|ing|ed)?) <3>(?:<business>|half|third|quarter|most|them|out|loads)
        waste|wastes|wasting|wasted|frustrat\w+|annoy\w+|nightmare|pain|painful|headaches?|killing us|cost(?:s|ing) us
        cost us (?:double|twice|a fortune|more than)
        (?:too|so|really|very|pretty|getting) (?:expensive|pricey|costly)|too much (?:on|for|money|time)
        (?:not|\w+n't) <3>enough|dried up|drying up
        (?:has|have|are|is|\w+'s|\w+'ve|keeps?|been) <2>(?:dropp(?:ed|ing)|fall(?:en|ing)|slow(?:ed|ing))
        (?:has|have|are|is|\w+'s|\w+'ve|keeps?|been) <2>(?:gone down|going down)
        (?:is|are|was|were|been|goes|gone|\w+'s) <1>(?:<bad>)
        (?:poor|bad|low|rubbish|terrible|weak) (?:quality|leads?|conversions?|response|results)|time ?-?wasters|spam
        down the drain|money pit
        flying blind|in the dark|guessing|guesswork|(?:nobody|no ?-?one) (?:answers|picks|calls(?! me))
        eat(?:s|ing) (?:into|our|up)
        driv(?:es|ing) (?:me|us)|chase|chasing|a? ?lack of|short of|overwhelmed|swamped|unanswered
        fall(?:s|ing)? through the cracks
        (?:quiet|slow) (?:period|season|months?|winters?)|go(?:es|ing)? to voicemail
        (?:costs?|prices?|bills?|cost per \w+) <3>(?:doubled|tripled|up|risen|rising|increased|through the roof)
        behind on
        """,
        bad="dead|slow|broken|terrible|awful|rubbish|useless|hopeless|a mess|dire",
        business=BUSINESS,
    ),
    Topic.STRENGTH: any_of(
        r"""
        known for|(?:good|great|best|brilliant|excellent|strong) at|pride ourselves|proud of|strengths?|sets? us apart
        (?:great|excellent|brilliant|fantastic|good|amazing) (?:\w+ )?(?:reviews?|reputation)
        (?:solid|strong|five[ -]star|5[ -]star|glowing|superb) (?:\w+ )?(?:reviews?|reputation)
        (?:great|excellent|brilliant|fantastic|good) (?:\w+ )?(?:feedback|ratings?|service|name)
        (?:amazing|five[ -]star|5[ -]star|glowing|superb) (?:\w+ )?(?:feedback|ratings?|service|name)
        (?:reviews|reputation|feedback|service)(?:'s| is| are) <1>(?:great|excellent|brilliant)
        (?:reviews|reputation|feedback|service)(?:'s| is| are) <1>(?:fantastic|amazing|superb)
        (?:team|lads|fitters)(?:'s| is| are) <1>(?:great|excellent|brilliant|fantastic|amazing|superb)
        loyal|(?:keep|always) com(?:e|ing) back|converts? (?:really |very )?well
        (?:business|service|work|that|side)(?:'s| is| are)? (?:work(?:s|ing)?|do(?:es|ing)?) (?:\w+ )?(?:well|great)
        (?:team|ads|it|word of mouth)(?:'s| is| are)? (?:work(?:s|ing)?|do(?:es|ing)?) (?:\w+ )?(?:well|great)
        we (?:\w+ )?always (?:turn|show|answer|get|finish|deliver|pick)
        (?:turn up|come out|there|respond|fixed|done) <2>same day
        same[ -]day (?:service|repairs?|call ?outs?|visits?|response)|24[ /-]7|24[ -]hour
        twenty four seven
        within (?:an|the|one|two|a couple of) hours?|(?:faster|quicker|better) than (?:any|every|most|the|our)
        quickest|fastest
        award\w*|only (?:company|firm|ones?|business)|nobody else|highly (?:rated|recommended)|recommend us|most trusted
        our (?:customers|clients) (?:\w+ )?(?:love|trust) us|(?:we've|we have) never (?:had|let|missed)
        """
    ),
    Topic.GOAL: any_of(
        r"""
        (?:want|need|aim|aiming|hope|hoping|plan|planning) <1>(?:to|for) <3>(?:<acts>)
        (?:looking|trying|like|love|keen|idea|ambition) <1>(?:to|for) <3>(?:<acts>)
        (?:want|need|looking for|like|love) (?:\w+ ){0,3}?(?:more|fewer|better) (?:\w+ ){0,2}?(?:<business>)
        (?:want|need|looking for|like|love) (?:\w+ ){0,3}?(?:a steady|steady) (?:\w+ ){0,2}?(?:<business>)
        (?:want|need|like|love|hoping|looking) <2>to (?:know|see|find out|work out) (?:\w+ )?(?:which|where|what's)
        (?:want|need|like) <2>to (?:know|see|find out|work out) (?:\w+ )?(?:what works|what brings)
        (?:love|hoping|looking) <2>to (?:know|see|find out|work out) (?:\w+ )?(?:what works|what brings)
        (?:want|need|like) <2>to (?:know|see|find out|work out) (?:\w+ )?(?:what ads|how (?:many|our))
        (?:love|hoping|looking) <2>to (?:know|see|find out|work out) (?:\w+ )?(?:what ads|how (?:many|our))
        (?:our|the|my) (?:main |biggest |big |number one )?(?:goal|aim|target|ambition|priority|dream)
        """,
        business=BUSINESS,
        acts=(
            r"get|increas\w+|grow|generate|boost|improve|double|triple|reduce|cut|expand|win|bring|track|attract|convert|"
            r"scale|open|hire|recruit|move into|stop \w+ing|target|reach|save|understand|measure|build|"
            r"make (?:more|sure)|take on|be (?:the|able)|have (?:more|a)|become|launch|break into"
        ),
    ),
}
"""What each kind sounds like."""

OURS = any_of(
    r"""
    we|we're|we've|we'd|we'll|our|us|ours|website|phones?|marketing|firm|company|market|team|forms?|<business>
    (?:find|get|hire|recruit|keep|train)(?:ing)? (?:good|decent|skilled|qualified|reliable|enough|new|the right) \w+
    """,
    business=BUSINESS,
)
"""A word that ties what is said to the prospect's business."""

STRANGERS = any_of(
    r"competitors?|competition|rivals?|agency|agencies|colleagues?|(?:last|old|previous|other|another) \w+|they|he|she"
)
"""Somebody whom a "they" may mean."""

THIS_CALL = any_of(
    r"""
    hear(?:ing)? you|the line|the line's|signal|connection|breaking up|weather|rain\w*|sunny|weekend|holiday
    this morning|train|football|off (?:this|the) (?:call|phone|line)|sell(?:ing)? (?:me|us)
    (?:talk|speak|listen)ing to you
    you(?:'re| people| lot)? <1>(?:call(?:ed|ing|s)?|rang|ring(?:ing|s)?|phon(?:e|ed|ing|es)) (?:me|us|all)
    coffee|lunch|on mute|another (?:call|meeting)|(?:lost|missed) (?:you|that|what|your|the (?:first|last|end))
    my (?:headset|mic|laptop|car|kids?|dog|back)|call (?:you|me) back|how much|what (?:it|this) costs?|send me
    (?:the|a|this) demo|your (?:name|product|company|platform|tool|software|price|pricing)
    """
)
"""A word of the call itself, of the product or of the weather: no insight."""

NO_ANSWER = any_of(
    r"""
    (?:don't|do not) (?:really )?know\W*$|not (?:really )?sure\W*$|no idea\W*$|good question|hard to say
    (?:they|people) say you|as they say|you know what they say
    let me think|not going to (?:tell|say|answer)|not (?:really|much)\W*$
    nothing (?:really|much|springs|comes)|(?:don't|haven't) (?:\w+ )?(?:have|got) (?:one|any)
    (?:haven't|never) (?:\w+ )?thought|can't think of
    ^\W*(?:\w+\W+)?no (?:\w+ )?(?:problems?|complaints?|issues?|challenges?)
    (?:i'd|i would) have to|i think so
    that's (?:right|it|correct|fine|fair|true|all)
    sounds? (?:good|great|interesting)|of course|go (?:on|ahead)|sorry|pardon|as i said|thanks?|thank you
    """
)
"""Words that pass over a question."""
