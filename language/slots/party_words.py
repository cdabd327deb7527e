"""The people of a party, and the phrases that count them."""

import re

from language.slots.dates.calendar import compiled
from language.slots.words import COUNT

ONE_KIN = (
    r"(?:wife|husband|hubby|son|daughter|kid|child|baby|toddler|infant|friend|mother|father|mom|mum|mommy|dad|sister"
    r"|sis"
    r"|brother|sibling|boss|partner|spouse|fianc[eé]e?|boyfriend|girlfriend|grandmother|grandfather|grandma|grandpa"
    r"|grandson|granddaughter|grandchild|colleague|co-?worker|associate|mate|cousin|aunt|uncle|niece|nephew|guest|adult"
    r"|senior|man|woman|boy|girl|guy|lady|gentleman|single|person|other|client|customer|teen(?:ager)?|pensioner"
    r"|student)"
)
"""Somebody who is one person."""

MANY_KIN = (
    r"(?:wives|husbands|sons|daughters|kids|children|babies|toddlers|infants|friends|sisters|brothers|siblings|partners"
    r"|parents|grandparents|twins|grandsons|granddaughters|grandchildren|grandkids|colleagues|co-?workers|associates"
    r"|mates|cousins|aunts|uncles|nieces|nephews|guests|adults|seniors|men|women|boys|girls|guys|ladies|gentlemen"
    r"|singles|people|persons|others|other people|total people|members|clients|customers|teen(?:ager)?s|pensioners"
    r"|students|couples?|in-laws|folks|diners|buddies|pals|relatives|family members)"
)
"""Several people."""

_OWNER = r"(?:my|our|the|his|her|their|your)"
_COUNTED_KIN = (
    rf"(?:(?:the )?(?P<counted>{COUNT}) (?:more )?(?:of )?(?:{_OWNER} )?|(?:{_OWNER}|an?) (?:(?P<owned>{COUNT}) )?|)"
    rf"(?:other |little |young |small |old |elderly )?(?:{MANY_KIN}|{ONE_KIN})\b(?:'s? \w+)?"
)
_MEMBER = rf"(?:(?:me|myself|(?<=and )i|(?<=plus )i|i(?= and))\b|{_COUNTED_KIN})"
_UNNAMED = re.sub(r"\?P<(?:counted|owned)>", "?:", _MEMBER)
_LINK = (
    r"(?:,? and(?: also| then)? |, ?| plus | & | with | as well as |,? along with "
    r"| (?=[0-9]|one|two|three|four|five|six))"
)

MEMBER = compiled(_MEMBER)
"""One of the people of a list: "me", "my wife", "my two kids", "3 adults"."""
LIST = compiled(rf"(?<!\w){_UNNAMED}(?:{_LINK}{_UNNAMED})+(?!\w)")
"""People told one by one."""
GROUP = compiled(
    rf"(?<![\w:./-])(?P<count>(?:one|1)(?= (?!single|other|teen)[a-z]+\b)"
    rf"|{COUNT}(?= (?:{MANY_KIN})\b)) (?P<kin>{MANY_KIN}|{ONE_KIN})\b(?! (?:rating|stars?|menu|seats?))"
)
"""People of one sort."""

_NO_QUANTITY = (
    r"(?![0-9]|[:./][0-9]|-|[ -]?(?:st|nd|rd|th)\b| ?%|[ -]?ish\b|\s?(?:[ap]\.?\s?m\b|o'? ?clock)"
    r"| (?:in the (?:morning|afternoon|evening)|tonight at|thirty|fifteen|forty|minutes?|hours?|days?|weeks?|months?"
    r"|nights?|stars?|pounds?|dollars?|rupees|past|to|tables?|or more|hundred|thousand|point|of [a-z]+ember"
    r"|of (?:may|june|july))\b)"
)
"""After a number of people that counts nothing else and tells no time."""
_NUMBER = rf"(?P<count>{COUNT})\b{_NO_QUANTITY}"
_ROOM = (
    r"(?:party|group|family|table|booking|reservations?|seats?|room|space|spot|place|chairs|seating|dinner|lunch"
    r"|breakfast|crowd|team)(?: (?:size|outside|inside|outdoors|indoors|now|be))?"
)
_WE = (
    r"(?:we are|we're|we'll be|we will be|there are|there's|there is|there will be|there'll be|will be|it's for"
    r"|it is for"
    r"|seats?|fit|accommodate|host|make it for|only)"
)
_SOON = (
    r"(?=\W*$|[,.!?;]| (?:in (?:my|our)|people|for|at|on|now|coming|this|next|tonight|tomorrow|today|please|under|and"
    r"|outside|inside|by|around)\b)"
)
_SOLO = (
    r"(?P<solo>(?<=just )(?:me|myself)|(?<=only )(?:me|myself)|(?<=just be )(?:me|myself)|(?:me|myself)(?= alone| only)"
    r"|(?<=\bfor )myself(?=\W*$))"
)

COUNTED = tuple(
    compiled(pattern)
    for pattern in (
        rf"(?<![\w:./-])(?P<count>(?:the )?{COUNT})(?= of us\b| in (?:my|our|the) (?:party|group)"
        r"| (?:diners|seats|seaters?|chairs|places|spots|heads|covers)\b)",
        rf"\b{_ROOM} (?:for|of|is|at)(?: (?:a|an|only|just|about|now|the|around))* {_NUMBER}",
        rf"\b{_WE}(?: (?:now|only|just|about|a|actually|going to be))* {_NUMBER}{_SOON}",
        rf"\b(?P<count>{COUNT})[ -](?:person|people|seater)\b",
        rf"\bnumber of (?:people|guests|persons)(?: i want| we are)?(?: is| to)? {_NUMBER}",
        rf"\b(?:total of|people is) {_NUMBER}",
        rf"\bwe (?:are|have|were|'re|will be) {_NUMBER}(?=\W*$|[,.!?]| and)",
        rf"(?<![\w:./-])(?P<count>{COUNT})(?= at [0-9]{{1,2}}(?::| ?[ap]m|\W*$))",
        rf"\bfor(?: (?:a|the|only|just|about))* {_NUMBER}{_SOON}",
        _SOLO,
    )
)
"""A number that the words around it make one of people."""

EXPECTED = (
    compiled(rf"(?<![\w:./-]){_NUMBER}"),
    compiled(r"(?P<solo>\b(?:me|myself|alone|solo)\b)(?=\W*$)"),
)
"""What is a number of people once it was asked for."""
