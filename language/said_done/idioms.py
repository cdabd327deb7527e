"""What English says to mean that something was done, and says no other way. The lines read as in phrases."""

from language.said_done.phrases import ClaimKind, ways

K = ClaimKind

IDIOMS: dict[ClaimKind, tuple[str, ...]] = {
    K.DONE: ways(r"""
        (?:you are|we are|it is|that is|everything is|all is|^) ?<adv>all (?:set|sorted|done|arranged)
        (?:you are|we are|it is|that is|everything is|all is|^) ?<adv>all (?:good to go|taken care of)
        (?:you are|it is|that is|everything is) <adv>(?:good to go|set|in place|in order|squared away)(?! up\b| to\b)
        (?:consider|call) (?:it|that|this) (?:as )?(?:done|sorted|sent|cancelled|settled|handled)
        (?:it|that|everything) (?:has |have |is )?<adv>(?:went|gone) through
        that is (?:you|everything|all|it|both|them) <adv>(?:done|sorted|set)
        <i> <adv>looked after (?:it|that|this|everything)
        ^job done | ^that is that$ | ^that is that then
        <that> is <adv>complete
        <wait>.{0,40}while (?:i|we) (?:book|send|cancel)
        <wait>.{0,40}while (?:i|we) (?:move|reschedule|update|note|process|charge|confirm)
    """),
    K.BOOKED: ways(r"""
        ^all (?:booked|scheduled)(?! (?:up|out|until)) | <visit> (?:\w+ ){0,4}?is <adv>(?:saved|held|kept|secured)
        consider (?:it|that|this|yourself|your \w+) (?:as )?booked
        that is (?:you|it|both|them) <adv>booked
        (?:appointment|booking|reservation) <is> <adv>made
        (?:<visit>|test|it|that) (?:is|are) <adv>in (?:the|our|his|her|your|dr \w+'s) <diary>
        <i> <adv>(?:got|have) (?:you|him|her|them|<that>) <of>(?:down|in for|on the <diary>)
        <i> <adv>(?:got|have) you (?:seeing|meeting|coming|with (?:our|the|dr))
        <i> <adv>(?:got|have) your \w+ \w+ (?:\w+ )?(?:down|in for|on the <diary>)
        you are <adv>(?:in|down|on) (?:for|on|at|with|the <diary>)
        you <adv>(?:have|got|have <adv>got) (?:an?|your|the) <of><visit>(?! (?:options?|times?|slots?))
        your <of><visit> is <adv>(?:on|at|for|with|tomorrow|today|next|this|set|fixed|safe|in the|there|good)
        (?:see|expect|expecting|seeing) you (?:then|there|(?:\w+ ){0,4}?(?:on|at|tomorrow|today|next|this|\w+day))
        (?:we|i|he|she|dr \w+) will see you (?:then|there|(?:\w+ ){0,4}?(?:on|at|tomorrow|today|next|\w+day))
        you are <adv>on [\w' ]{2,20} list\b | (?<!choice )(?<!decision )(?<!call )is <adv>yours | <adv>belongs to you
        you are now (?:coming|seeing|meeting|with|at|on)
    """),
    K.SENT: ways(r"""
        (?:<mail>|it|that) (?:is |are |has |have )?<adv>(?:on|headed|heading) (?:its|the|their|your) way
        (?:<mail>|it|that) (?:is |are |has |have )?<adv>(?:gone (?:out|to your)|went (?:out|to your)|left)
        (?:<mail>|it|that) (?:is |are |has |have |should <adv>be )?<adv>(?:waiting |sitting )?(?:for you )?<inbox>
        <i> <adv>(?:hit|pressed|clicked) send
        you (?:will|should) <adv>(?:see|find|have) <object><inbox>
        you should <adv>(?:have|see|find) (?:received |got )?(?:an?|the|our|it|your) ?<of>(?:<of><mail>|inbox)
    """),
    K.CANCELLED: ways(r"""
        (?:you are|it is|that is) no longer (?:booked|scheduled|on|in|down)
        (?:<visit>|order|subscription|account) (?:is <adv>gone|no longer exists)
        (?:is|are) <adv>off (?:the|your|our) (?:\w+ )?<diary>
    """),
    K.MOVED: ways(r"you are now (?:coming|seeing|meeting)"),
    K.CHANGED: ways(r"""
        changes? <is> <adv>made
        your (?:\w+ ){1,2}now (?:includes?|has|shows?|says|reads|covers)
    """),
    K.TRANSFERRED: ways(r"""
        <wait>.{0,40}while (?:i|we) (?:transfer|connect|put|patch)
        (?<!you )(?<!who )(?:is|are) <adv>(?:on the line|joining us|taking over)(?! (?:you|still|between|every))
        <i> <adv>(?:got|have) <object>joining (?:us|the call) | you are now through to
    """),
    K.TOLD: ways(r"""
        <who> (?:now |already )?(?:has|have|got) your <of>message
        <who> (?:now |already )?(?:(?:is|are) <adv>aware|knows?) (?:that you|about your|of your|you (?:are|have|called))
    """),
    K.NOTED: ways(r"""
        <that> (?:is|are) <adv>in (?:our|the|your) (?:system|file|records?|notes?|calendar|diary)
        you are <adv>on [\w' -]{2,20} list\b
        <that> (?:is|are) <adv>on (?:file|record|your (?:file|record)|our list)
        <i> <adv>(?:got|have) (?:that|it|everything) <of>down
        <i> <adv>(?:got|have) your (?:\w+ ){0,3}?(?:name|number|address|details|e-?mail|birth|order) <of>down
    """),
    K.PAID: ways(r"""
        <payment> (?:has |have |is |was )?<adv>(?:went|gone|goes) through
        <payment> (?:has |have |is |was )?<adv>(?:complete|received|accepted|taken|issued|made)
        <payment> (?:has |have )?<adv>(?:come|came) off | paid in full | your money <is> <adv>returned
        <payment> (?:has |have |is |was )?<adv>(?:successful|taken care of|sorted|handled)
        <i> <adv>(?:got|have|taken|took) your (?:payment|deposit)
        (?:your|the) <of>(?:bill|account|balance|fee) <is> <adv>(?:cleared|clear|settled|paid)
    """),
    K.CONFIRMED: ways(r"<who> (?:has |have )?<adv>(?:confirmed|approved) (?:your|it|that|the|for)"),
    K.CREATED: ways(r"""
        your (?:application|request|order|claim|complaint) is <adv>(?:in|with (?:our|the))
        your (?:\w+ ){1,2}(?:is|has) <adv><started>(?! (?:at|on|in|for (?:pick|collect)))
        there is now an? <of><case> | there is <adv>an? <of><case> (?:open|opened|in your name)
    """),
}
