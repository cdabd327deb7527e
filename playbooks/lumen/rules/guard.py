"""Words that talk to the machine instead of the assistant: orders are no facts, and no consent."""

import re

_ORDERS = re.compile(
    r"""
    \b(?:ignore|disregard|forget|override|bypass|overrule|skip)\b.{0,40}?
        \b(?:instructions?|rules?|prompts?|guidelines?|guardrails?|restrictions?|constraints?|programming|safeguards?|
        (?:previous|prior|above)\s+\w+|everything\s+(?:above|before|you))\b
    | \b(?:system|developer|admin)\s+(?:prompt|message|mode|override|instruction)
    | ^\W*(?:system|assistant|developer|tool|function)\s*: | <\s*/?\s*(?:system|instructions?|tool|function)\b
    | \b(?:call|run|invoke|execute|trigger|use|fire)\s+(?:the\s+|your\s+|a\s+)?(?:\w+\s+)?(?:function|tool|api|command|method)s?\b
    | \b[a-z]+_[a-z_]+\b                                   # a name as programs write it
    | \{\s*["'][\w ]+["']\s*:                              # JSON
    | \b(?:you\s+are|you're|act|pretend\s+to\s+be|behave)\s+(?:now\s+|as\s+)?(?:a|an|my|in)\s+(?:\w+\s+)?
        (?:ai|assistant|bot|model|machine|developer\s+mode|unrestricted|language\s+model)\b
    | \b(?:new|updated|following)\s+instructions?\b | \bjailbreak
    | \b(?:set|change|overwrite|write|update|put|insert|delete|erase|wipe)\s+(?:\w+\s+){0,4}?(?:dataset|database|record|crm|field)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def gives_orders(text: str) -> bool:
    """Whether the words address the machinery behind the call."""
    return _ORDERS.search(text) is not None
