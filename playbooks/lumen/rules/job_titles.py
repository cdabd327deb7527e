"""How job titles are built: what they are of and for stands around a closed class of nouns."""

from playbooks.lumen.rules.phrases import choice

_NOUN = choice(
    r"""
    (?:co-?)?(?:owner|founder)|director|manager|ceo|cfo|cto|coo|cmo|md|partner|supervisor|coordinator|executive
    assistant|officer
    administrator|receptionist|engineer|consultant|specialist|president|vp|chief|foreman|estimator|surveyor
    bookkeeper|secretary
    lead|leader|head|boss|buyer|planner|controller|analyst|strategist|marketer|proprietor|principal
    chair(?:man|woman|person)?|pa|ea
    accountant|developer|designer|technician|apprentice
    """
)
_OF = (
    r"(?: (?:of|for) (?:the )?(?!a company|my |our |this )\w+(?: (?:and|&) (?!i\b|we\b|my\b|our\b|it\b)\w+)?"
    r"(?: (?:development|marketing|operations|sales|department|team|growth|acquisition))?)?"
)
_ORDINARY = choice(
    "of|for|and|to|with|at|still|not|who|your|his|her|looking|talking|speaking|but|just|only|really|from|on|by|in"
)
TITLE = rf"(?P<title>(?:(?!{_ORDINARY}\b)[\w-]+ ){{0,3}}?{_NOUN}\b(?: {_NOUN}\b)?{_OF})"
"""Finds `title` in text in small letters."""
TITLE_FIRST = rf"(?:(?:the|an?) )?{TITLE}, "
"""Finds it before the name of who holds it."""
