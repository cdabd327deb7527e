"""Words that talk to the machine instead of the assistant: orders are no facts, and no consent."""

import re

from playbooks.lumen.rules.phrases import any_of, folded

_ORDERS = any_of(
    r"""
    (?:ignore|disregard|forget|override|bypass|overrule) .{0,40}?(?:instructions?|rules?|prompts?)
    (?:ignore|disregard|forget|override|bypass|overrule) .{0,40}?(?:guidelines?|guardrails?|programming)
    (?:ignore|disregard|forget|override|bypass|overrule) .{0,40}?(?:restrictions?|constraints?)
    (?:ignore|disregard|forget|override|bypass|overrule) .{0,40}?(?:safeguards?|everything (?:above|before|you))
    (?:system|developer|admin) (?:prompt|message|mode|override|instructions?)
    (?:new|updated|following) instructions?|jailbreak\w*
    (?:call|run|invoke|execute|trigger|fire) (?:the |your |a |this )?<2>(?:functions?|tools?|api|commands?|methods?)
    (?:you are|you're|act) (?:now |as |like )?(?:an? |my )?(?:\w+ )?(?:ai|bot|language model|unrestricted)
    (?:pretend to be|behave) (?:now |as |like )?(?:an? |my )?(?:\w+ )?(?:ai|bot|language model|unrestricted)
    (?:set|change|overwrite|write|update|put|insert|delete|erase|wipe) <4>(?:dataset|database|records?|crm|fields?)
    """
)
_MACHINE = re.compile(
    r"^\W*(?:system|assistant|developer|tool|function) ?:"
    r"|<\s?/?\s?(?:system|instructions?|tool|function)\b"
    r"|\b[a-z]+_[a-z_]+\b"  # a name as programs write it
    r"|\{\s?[\"'][\w ]+[\"']\s?:"  # JSON
)


def gives_orders(text: str) -> bool:
    """Whether the words, with single spaces, address the machinery behind the call."""
    plain = folded(text)
    return bool(_MACHINE.search(plain) or _ORDERS.search(plain))
