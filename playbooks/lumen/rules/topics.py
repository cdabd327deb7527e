"""What the assistant's last words ask about: a short answer means little without them."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from playbooks.lumen.dataset import folded


class Topic(StrEnum):
    """Something a question can ask for; the fact topics carry the names the dataset uses."""

    USER_NAME = "user_name"
    JOB_TITLE = "job_title"
    COMPANY_NAME = "company_name"
    COMPANY_DESCRIPTION = "company_description"
    COMPANY_SIZE = "company_size"
    COMPANY_SECTOR = "company_sector"
    VISITORS = "monthly_website_visitors"
    CALLS = "monthly_inbound_calls"
    FORMS = "monthly_form_submissions"
    CHANNELS = "marketing_channels"
    CHALLENGE = "CHALLENGE"
    GOAL = "GOAL"
    MOTIVATION = "MOTIVATION"
    STRENGTH = "STRENGTH"
    DEMO = "demo"


PROFILE = (
    Topic.USER_NAME,
    Topic.JOB_TITLE,
    Topic.COMPANY_NAME,
    Topic.COMPANY_DESCRIPTION,
    Topic.COMPANY_SIZE,
    Topic.COMPANY_SECTOR,
)
METRICS = (Topic.VISITORS, Topic.CALLS, Topic.FORMS)
INSIGHTS = (Topic.CHALLENGE, Topic.GOAL, Topic.MOTIVATION, Topic.STRENGTH)

_FIRM = r"(?:company|business|firm|organi[sz]ation|team|outfit)"
_ASKING = {
    Topic.USER_NAME: r"your (?:full |first |last |sur)?name\b|who (?:am i|do i have|is this)|call you\b|spell|speaking (?:with|to)",
    Topic.JOB_TITLE: r"your (?:\w+ ){0,2}(?:title|role|position|job)\b|you do (?:there|at)\b|are you the\b|what do you look after",
    Topic.COMPANY_NAME: rf"{_FIRM}(?:'s)? (?:name|called)|name of (?:the|your) {_FIRM}|who do you work for|(?:which|what) company\b"
    r"|where do you work|calling from",
    Topic.COMPANY_SIZE: rf"how (?:many|big)\b.*\b(?:people|staff|employees|you|work|{_FIRM})\b|size of (?:the|your)|{_FIRM} size"
    r"|headcount|how large",
    Topic.COMPANY_SECTOR: r"\b(?:sector|industry|line of (?:work|business)|trade are)\b",
    Topic.COMPANY_DESCRIPTION: rf"what (?:does|do|is it|exactly|kind of \w+ (?:does|do))\b.*\b(?:your {_FIRM}|the {_FIRM}|you guys|quick fit)?.*\bdo\b"
    rf"|about (?:your|the|what your) {_FIRM}|what (?:kind|sort|type) of (?:work|{_FIRM}|jobs)|what services",
    Topic.VISITORS: r"\b(?:visitors?|visits|traffic|hits|sessions)\b|website (?:numbers|views)|(?:come|land|go|get) (?:to|on|onto) (?:the|your) (?:web)?site",
    Topic.CALLS: r"\b(?:inbound|incoming|phone) (?:calls?|enquiries)|\bcalls\b|phone (?:ring|go)|(?:people|customers) (?:call|ring|phone)",
    Topic.FORMS: r"\bforms?\b|\bsubmissions?\b|(?:web|online|website) enquiries|enquiries (?:through|via|from|on) (?:the|your) (?:web)?site",
    Topic.CHANNELS: r"\bchannels?\b|\badvertis|where do(?:es)? (?:\w+ ){1,5}(?:come from|find you|get)|(?:find|hear about|heard about|discover) you\b"
    r"|how do (?:you|people|customers|your) .*(?:customers|leads|work|find|business)|\bpromot|leads come from"
    r"|(?:kind|sort|type) of marketing|marketing (?:do you|are you|mix|activity|spend|budget)|your marketing\b|\bcampaigns?\b|market yourself",
    Topic.CHALLENGE: r"challeng|problem|struggl|difficult|\bpain|frustrat|worr|hardest|\bissues?\b|at night|not working|go(?:es|ing) wrong"
    r"|hold(?:ing|s)? you back|stop(?:ping|s)? you|headache|annoy|bother",
    Topic.GOAL: r"\bgoals?\b|hop(?:e|ing) (?:to|for)|looking to\b|achiev|\baim|want to (?:get|see|be)|ideal|success|\btargets?\b|priorit|"
    r"would you like to (?:see|improve|change|get|know)|improve|magic wand|plans? for|get out of|after from",
    Topic.MOTIVATION: r"\bwhy\b|what made|prompted|what brought|brings you|interest(?:ed|s) you|what interest|\breasons?\b|got you|drew you|attract|what's behind",
    Topic.STRENGTH: r"strength|(?:do|doing|goes|going|works?|working) (?:\w+ )?well|(?:good|best|better) at|proud|apart|known for|different|stand out|choose you|come back",
    Topic.DEMO: r"\bdemo(?:nstration)?\b",
}
_PATTERNS = {topic: re.compile(pattern, re.IGNORECASE) for topic, pattern in _ASKING.items()}
_AMOUNT = re.compile(
    r"\bhow (?:many|much|often|busy)|volume|number|figure|month|average|roughly|sort of|what kind|ballpark|and (?:the |your )?|what about|\d",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[^.?!]*\?")


def asked_about(words: str | None, dataset: Mapping[str, Any]) -> tuple[Topic, ...]:
    """Say what the assistant asked for, or repeated of the dataset for the prospect to confirm."""
    if not words:
        return ()
    questions = "".join(_QUESTION.findall(words)) or words
    topics = [topic for topic, pattern in _PATTERNS.items() if pattern.search(questions)]
    if not _AMOUNT.search(questions):
        topics = [topic for topic in topics if topic not in METRICS]
    return (*_without_rivals(topics), *_repeated(words, dataset))


def _without_rivals(topics: list[Topic]) -> list[Topic]:
    """A question for an insight that names a channel or a figure asks for the insight."""
    if any(topic in INSIGHTS for topic in topics):
        return [topic for topic in topics if topic in INSIGHTS or topic is Topic.DEMO]
    if any(topic in METRICS for topic in topics):
        return [topic for topic in topics if topic in METRICS]
    return topics


def _repeated(words: str, dataset: Mapping[str, Any]) -> tuple[Topic, ...]:
    said = folded(words)
    known = ((topic, dataset.get(topic.value)) for topic in PROFILE if topic is not Topic.USER_NAME)
    return tuple(topic for topic, value in known if isinstance(value, str) and value and folded(value) in said)
