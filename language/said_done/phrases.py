"""How English says that something was done: the words of each kind of act.

A line is one way of saying it, or several with ` | ` between them; each is a regular expression over lower-case text
without contractions ("I've" is "i have"), with the names in <...> for what stands in many of them.
"""

import re
from enum import StrEnum


class ClaimKind(StrEnum):
    """What a sentence says was done."""

    BOOKED = "booked"
    SENT = "sent"
    CANCELLED = "cancelled"
    MOVED = "moved"
    CHANGED = "changed"
    TRANSFERRED = "transferred"
    TOLD = "told"
    NOTED = "noted"
    PAID = "paid"
    CONFIRMED = "confirmed"
    CREATED = "created"
    DONE = "done"


_NAMES = {
    "it": r"(?:your(?: \w+){1,2}|the \w+|an? \w+|\w+)",
    "them": r"(?!(?:you|me|us|if|whether|for|about|from|on|to|back|in|because)\b)(?:(?:the|your|our|my|a|dr) )?\w+",
    "inbox": r"in your (?:inbox|e-?mail|mailbox)",
    "a": r"(?:an?|the|your|that|this|our)",
    "of": r"(?:\w+ )?",
    "adv": r"(?:(?:now|all|already|just|both|also|therefore|successfully|been) )*",
    "is": r"(?:is|are|was|were|has been|have been)",
    "i": r"(?:i|we)(?: have)?",
    "that": r"(?:it|that|this|everything|your \w+)",
    "visit": r"(?:appointment|booking|reservation|visit|consultation|slot|place|table|spot|seat)",
    "diary": r"(?:diary|calendar|schedule|books?|list)",
    "mail": r"(?:e-?mail|text|message|confirmation|link|letter|copy|invoice|order|parcel|invitation|invite|sms|document"
    r"|report|reminder|brochure|quote|proposal|form|contract|file|agreement|recording|summary|details|catalog(?:ue)?)s?",
    "case": r"(?:ticket|case|account|request|claim|order|complaint|file|refund|booking|transfer|job)",
    "payment": r"(?:payment|refund|transaction|deposit|card|fee|invoice)",
    "who": r"(?:colleague|team|manager|nurse|doctor|reception|desk|support|billing|sales|specialist|engineer|dr \w+)",
    "object": r"(?:[\w'-]+ ){1,5}?",
    "started": r"(?:live|active|activated|started|begun|underway|ready)",
    "wait": r"(?:hold|wait|stay|one moment|a moment|bear with me|hang on|a second|just a sec\w*)",
}
_ALTERNATIVES = re.compile(r"\s+\|\s+|\n\s*")


def ways(lines: str) -> tuple[str, ...]:
    """Read the ways of saying something."""
    filled = re.sub(r"<(\w+)>", lambda name: _NAMES[name[1]], lines.strip())
    return tuple(_ALTERNATIVES.split(filled))


def _words(lines: str) -> str:
    return "|".join(ways(lines))


K = ClaimKind

DID: dict[ClaimKind, str] = {
    K.BOOKED: _words(r"""
        booked | rebooked | reserved | scheduled | pencill?ed | arranged | secured | slotted | squeezed you
        fit(?:ted)? you
        locked (?:<it> )?in | blocked (?:off|out|it|that|the|your) | popped <it> (?:in|down) | signed <it> up
        put (?:<it> )?(?:down|in for)
        (?:put|placed|added|entered) <it> (?:in|into|on|onto|to) (?:the|our|his|her|dr|\w+'s) (?:[\w']+ ){0,2}<diary>
        (?:grabbed|snagged|nabbed|claimed|held|kept|set aside|put aside) <object>for you | saved you (?:an?|the)
        (?:put|placed) a hold on | put your name (?:in|on|down|against)
        got you (?:down|in|into|on|a slot|an appointment|a place|the <of><of><visit>)
        made <a> <of>(?:appointment|booking|reservation)
    """),
    K.SENT: _words(r"""
        sent | resent | re-sent | e-?mailed | mailed | texted | forwarded | posted | faxed | dispatched | shipped
        whatsapped
        copied you (?:in|on) | cc'?d you | (?:popped|put|dropped) <it> in the (?:post|mail)
        shot you | dropped you | fired off | shared (?:the|it|that|your|everything) <of>(?:with|by|via)
    """),
    K.CANCELLED: _words(r"""
        cancell?ed | called (?:<it> )?off | deleted | removed | voided | withdrawn | withdrew | unsubscribed | scrapped
        (?:stopped|ended|terminated|dropped) (?:it|that|your) | dropped the <of><visit>
        terminated | pulled (?:the|your) order
        (?:taken|took|struck|pulled) <object>(?:off|out of) (?:the|your|our|my|his|her)
        (?:taken|took|struck) <it> off | freed (?:up )?<a> <of>slot
    """),
    K.MOVED: _words(r"""
        (?:moved|shifted|switched|swapped|pushed|bumped) (?:<it> )?(?:to|from|back|forward|for|over|\w+day)
        (?:brought|pulled) (?:<it> )?(?:to|back|forward|over|\w+day)
        (?:moved|pushed|brought|shifted|bumped) (?:<it> )?(?:into|with|by|up) | moved (?:it|that|you|your|the)
        (?:put|brought|pulled|moved|pushed) <object>(?:forward|back|off) | put (?:back|forward|off) to
        rescheduled | postponed | re-?arranged
    """),
    K.CHANGED: _words(r"""
        changed | amended | corrected | modified | adjusted | edited | altered | fixed | upgraded
        downgraded | replaced | revised | made (?:<a>|some|those) (?:changes?|corrections?|switch)
    """),
    K.TRANSFERRED: _words(r"""
        transferred | connected | redirected | escalated | passed you (?:on|over|to|through)
        (?:put|patched) <it> through | handed <it> (?:over|on|to)
    """),
    K.TOLD: _words(r"""
        (?:told|reached|informed|notified|alerted|briefed|asked|called|phoned|rung|rang) <them>
        (?:paged|contacted|messaged|let) <them>
        (?:spoken|spoke) (?:to|with) <them> | passed <it> (?:on|along|to) | relayed
        (?:given|gave) <them> a (?:heads[- ]?up|ring|call|shout|nudge|note)
        left (?:an? |them |him |her )<of>(?:message|note|voicemail)
    """),
    K.NOTED: _words(r"""
        noted | recorded | saved | stored | updated | added | logged | registered | filed | entered | marked | captured
        (?:written|wrote|jotted|taken|took|got) (?:<it> )?down | (?:made|taken|took) (?:a |careful )?note | flagged
        put <it> (?:in|on|into) (?:your|the|our) <of>(?:file|records?|system|notes?|account) | put <it> on record
    """),
    K.PAID: _words(r"""
        paid | charged | reversed | refunded | reimbursed | billed | debited | credited | waived
        (?:taken|took|processed|received|made|accepted) (?:the|your|that) <of>(?:payment|deposit|refund)
        (?:taken|took) <object>(?:from|off) your (?:card|account|bill|balance)
        (?:taken|took|knocked) (?:the|that|your) <of>(?:fee|charge|cost) off
        (?:applied|given you) (?:a|the|your) <of>discount
    """),
    K.CONFIRMED: r"confirmed|approved|guaranteed|finali[sz]ed|verified your",
    K.CREATED: _words(r"""
        created | ordered | submitted | filed | renewed | issued | generated | activated | enroll?ed | initiated
        launched
        requested | built | drawn up | drafted | prepared (?:an?|the|your)
        (?:opened|raised|started|placed|filed) (?:an?|the|your) <of><case>
        signed <it> up (?:for|to|with) | set (?:<it> )?up
        put in (?:an?|the|your) <of>(?:request|order|claim|word)
    """),
    K.DONE: _words(r"""
        done | sorted | (?:taken|took) care of | handled | dealt with | completed | processed | resolved | seen to
        finished
        wrapped (?:<it> )?up | actioned | settled | (?:gone|went) through | gotten <it> (?:done|sorted)
    """),
}
"""Participles and past forms."""

DONE_TO: dict[ClaimKind, str] = {
    K.BOOKED: r"put (?:down|in) for",
    K.TRANSFERRED: r"put through|handed over|passed (?:on|over)",
    K.TOLD: r"informed|notified|alerted|briefed|messaged|contacted|told|asked to|reached",
    K.CREATED: r"placed|opened|raised|lodged|put in|started",
}
"""What is said so only in the passive."""

DOING: dict[ClaimKind, str] = {
    K.BOOKED: r"booking|rebooking|reserving|scheduling|arranging|putting you (?:down|in)|pencill?ing|securing",
    K.SENT: r"sending|resending|e-?mailing|texting|forwarding|mailing|posting",
    K.CANCELLED: r"cancell?ing|removing|deleting|taking (?:you|it|that|your \w+) off",
    K.MOVED: r"moving|rescheduling|postponing|shifting|switching|swapping",
    K.CHANGED: r"changing|amending|correcting|adjusting",
    K.TRANSFERRED: _words(r"""
        transferring | connecting | redirecting | escalating | passing you
        (?:putting|patching) <it> through | handing <it> (?:over|on)
    """),
    K.TOLD: _words(r"""
        (?:informing|notifying|alerting|telling|letting|messaging|paging|calling|phoning) <them>
        passing <it> (?:on|along|to)
    """),
    K.NOTED: _words(r"""
        noting | updating | saving | adding | recording | logging | registering | writing | jotting | making a note
        taking (?:it|that|this|a note)
    """),
    K.PAID: r"charging|refunding|waiving|(?:processing|taking) (?:the|your|that) (?:payment|refund)",
    K.CREATED: _words(r"""
        creating | ordering | submitting | setting (?:it|that|you|your \w+|this|everything) up | (?:opening|raising) an?
        signing you up | generating | placing (?:the|your|an) order
    """),
    K.DONE: r"sorting|taking care of|handling|processing|completing|finali[sz]ing",
}

DO: dict[ClaimKind, str] = {
    K.BOOKED: _words(r"""
        book | reserve | schedule | arrange | secure | get you (?:in|into|on|down|booked) | put you (?:down|in)
        (?:fit|squeeze) you in | make <a> (?:booking|appointment)
    """),
    K.SENT: r"send|resend|e-?mail|text|forward|mail|post",
    K.CANCELLED: r"cancel|remove|delete",
    K.MOVED: r"move|reschedule|postpone|shift|switch|swap",
    K.CHANGED: r"change|amend|correct|adjust",
    K.TRANSFERRED: _words(r"transfer | connect | (?:put|patch) <it> through | hand <it> over | pass you"),
    K.TOLD: _words(r"(?:inform|notify|alert|tell) <them> | reach (?:the|your|our|dr|him|her|them)"),
    K.NOTED: r"note|update|save|add|record|log|register|write",
    K.PAID: r"charge|refund|(?:take|process) (?:the|your) (?:payment|refund)|waive",
    K.CONFIRMED: r"confirm",
    K.CREATED: r"create|order|submit|set|open|raise|sign you up|generate|place (?:the|your|an) order",
    K.DONE: _words(r"sort | complete | finish | get <that> (?:done|sorted|through|booked|sent|moved|cancell?ed)"),
}
