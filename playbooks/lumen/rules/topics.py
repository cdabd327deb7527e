"""What the assistant's last words ask about: a short answer means little without them."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from playbooks.lumen.rules.channel_names import KNOWN
from playbooks.lumen.rules.phrases import any_of, folded


class Topic(StrEnum):
    """Something a question can ask for; facts bear the names that the dataset and its tools use."""

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


METRICS = (Topic.VISITORS, Topic.CALLS, Topic.FORMS)
INSIGHTS = (Topic.CHALLENGE, Topic.GOAL, Topic.MOTIVATION, Topic.STRENGTH)
_REPEATABLE = (
    Topic.JOB_TITLE,
    Topic.COMPANY_NAME,
    Topic.COMPANY_DESCRIPTION,
    Topic.COMPANY_SIZE,
    Topic.COMPANY_SECTOR,
)
"""Fields that the assistant may say over for the prospect to confirm; a first name is said in greeting."""

_FIRM = "company|business|firm|organi[sz]ation|team|outfit|operation|practice|chain|shop|store"
_ONLINE = "website|site|online|web page|pages"
_PATTERNS = {
    Topic.USER_NAME: any_of(
        r"""
        your (?:full |first |last |sur)?name|who(?:'s| am i| do i have| have i got| is this)
        (?:should|can|may|do) i call you|spell
        (?:speaking|talking) (?:with|to)|and you are(?= ?\?)
        """
    ),
    Topic.JOB_TITLE: any_of(
        r"""
        your (?:\w+ ){0,2}(?:title|role|position|job)|you do (?:there|at)|what do you do(?=\W*$)|are you the
        do you look after|you're the
        """
    ),
    Topic.COMPANY_NAME: any_of(
        r"""
        (?:<firm>)(?:'s)? (?:name|called)|name of (?:the|your) (?:<firm>)|who do you work for|where do you work
        (?:which|what) (?:<firm>)(?= (?:is|are|do|does)\b)|calling from
        """,
        firm=_FIRM,
    ),
    Topic.COMPANY_SIZE: any_of(
        r"""
        how (?:many|big) (?!.*(?:<online>)).*(?:people|staff|employees|of you|work|<firm>)|how many are (?:you|there)
        size of (?:the|your) (?:<firm>)|(?:<firm>) size
        headcount|how large|how big
        (?:so|and) <4>(?:people|staff|employees)(?! (?:visit|com|call|ring|land|on|to|a|per|who))
        """,
        firm=_FIRM,
        online=_ONLINE,
    ),
    Topic.COMPANY_SECTOR: any_of(r"sector|industry|line of (?:work|business)|trade are"),
    Topic.COMPANY_DESCRIPTION: any_of(
        r"""
        what (?:does|do|is it|exactly|kind of \w+ (?:does|do)) .*do|about (?:your|the|what your) (?:<firm>)
        what services|what (?:the|your) (?:<firm>) does
        what (?:kind|sort|type) of (?:work|jobs|<firm>)|(?:company|business|firm) (?:is|are|do)
        """,
        firm=_FIRM,
    ),
    Topic.VISITORS: any_of(
        r"""
        visitors?|visits|traffic|hits|sessions|website (?:numbers|views)|people (?:visit|on) (?:the|your) (?:web)?site
        (?:come|land|go|get|coming|visit|look|hit|hits) (?:to |on |onto |at )?(?:the|your) (?:web)?site
        numbers .*website
        """
    ),
    Topic.CALLS: any_of(
        r"""
        (?:inbound|incoming|phone) (?:calls?|enquiries)|calls|call (?:volumes?|numbers?)|phone (?:ring|go)
        (?:people|customers|them) (?:call|ring|phone)
        """
    ),
    Topic.FORMS: any_of(
        r"""
        forms?|submissions?|(?:web|online|website) enquiries|enquiries (?:through|via|from|on) (?:the|your) (?:web)?site
        """
    ),
    Topic.CHANNELS: any_of(
        r"""
        channels?|listed
        advertis\w*|adverts?|where do(?:es)? <5>(?:come from|find you|get)|(?:find|hear about|heard about) you
        how do (?:you|people|customers|your) .*(?:customers|leads|work|find|business)|promot\w+|leads come from
        (?:kind|sort|type) of marketing|marketing (?:do you|are you|mix|activity|spend|budget)|your marketing|campaigns?
        which of (?:those|these|them)|performs? (?:best|well)|market (?:yourselves|yourself|the|your)
        (?<!of )marketing(?! (?:manager|director|lead))
        paid ads|ads|offline|what (?:do|are) you us(?:e|ing)(?= ?(?:today|now|currently|at the moment)?\W*$)
        """
    ),
    Topic.CHALLENGE: any_of(
        r"""
        challeng\w*|problems?|struggl\w*|difficult\w*|pains?|pain points?|frustrat\w*
        worr(?:y|ies|ied|ying) (?:you|about)|hardest|issues?|at night
        not working|broken|missing|go(?:es|ing) wrong|hold(?:ing|s)? you back|stop(?:ping|s)? you|headaches?|annoy\w*
        bother\w*
        """
    ),
    Topic.GOAL: any_of(
        r"""
        goals?|hop(?:e|ing) (?:to|for)|looking to|achiev\w+|aim\w*|want to (?:get|see|be)|ideally|ideal world|success
        targets?
        priorit\w+|(?:what|where|how) (?:would|do) you (?:\w+ )?(?:like|want|see) to (?:see|be|get|change|improve)
        (?:what|where|how) (?:would|do) you (?:\w+ )?(?:like|want|see) to (?:achieve|have|know|do)|would you change
        (?:what|where|how) (?:would|do) you (?:\w+ )?(?:like|want|see) (?:the|your) <1>(?:business|company)
        (?:what|where|how) (?:would|do) you (?:\w+ )?(?:like|want|see) (?:things|this) <1>(?:business|company)
        (?:what|where|how) (?:would|do) you (?:\w+ )?(?:like|want|see) (?:the|your|things|this) <1>(?:team)
        (?:what|where|how) (?:would|do) you (?:\w+ )?(?:like|want|see) (?:the|your) <1>(?:firm|things|going)
        (?:what|where|how) (?:would|do) you (?:\w+ )?(?:like|want|see) (?:things|this) <1>(?:firm|things|going)
        would you (?:\w+ )?(?:like|want|rather) (?:to )?(?:see|improve|change|get|know|be|have|reach)|magic wand
        get out of|plans?
        would (?:good|success|better) look like|what (?:would|do) you (?:\w+ )?(?:like|want)
        what (?:are|were) you (?:\w+ )?(?:after|looking for)
        """
    ),
    Topic.MOTIVATION: any_of(
        r"""
        why(?! don't| not| do (?!you\b))|what (?:made|prompted|brought|interest\w*|drew|attracted)|brings you|reasons?
        got you
        drew you|attract\w*|what's (?:behind|driving)|driving
        """
    ),
    Topic.STRENGTH: any_of(
        r"""
        strengths?|(?:do|doing|goes|going|works?|working) (?:\w+ )?well|(?:good|best|better) (?:at|than)|proud(?:est)?
        apart|known for|different|stand out
        (?:choose|pick|prefer|trust|come to) you|come back|(?:like|love|say) about you
        what's working|what works
        """
    ),
}
_AMOUNT = any_of(
    r"""
    how (?:many|much|often|busy|is|are)|how's|many|any|do you (?:get|take|have)|a lot|lots|volumes?|numbers?|figures?
    month|monthly
    average|roughly|sort of
    what kind|ballpark|(?:what's|what is|what are) <5>like
    did you say|you said|so that's|and (?:your |the |what about )?<2>(?:calls|forms|visitors|visits|submissions)
    what about|how about|\d[\d,.]*
    """
)
_QUESTION = re.compile(r"[^.?!]*\?")
_AGAIN = any_of(
    r"how (?:many|much)|pardon|come again|(?:say|repeat) (?:that|it)|what was that|did(?:n't| not) (?:catch|hear|get)"
)
_OPEN = any_of(r"what|what's|where|why|how|which|who|tell me|talk me|describe|any (?!other|more|thing)\w+")
_OFFER = any_of(r"demo|demonstration|(?:shall|should|can|may) i|if i|want me to|like me to|happy for me to")


def asked_about(words: str | None) -> tuple[Topic, ...]:
    """Say what the assistant asked for: in its questions, or in all its words where there is none."""
    if not words:
        return ()
    plain = folded(" ".join(words.split()))
    questions = "".join(_QUESTION.findall(plain)) or plain
    places = {topic: found.start() for topic, pattern in _PATTERNS.items() if (found := pattern.search(questions))}
    topics = _in_order(places)
    if KNOWN.search(questions) and Topic.CHANNELS not in topics:
        topics.append(Topic.CHANNELS)
    if not _AMOUNT.search(questions):
        topics = [topic for topic in topics if topic not in METRICS]
    if not _OPEN.search(questions) or _OFFER.search(questions):
        topics = [topic for topic in topics if topic not in INSIGHTS]
    return tuple(_without_rivals(topics))


def asked_again(words: str | None) -> bool:
    """Whether words only ask once more for what the question before them asked: "Sorry, how many?"."""
    return not asked_about(words) and _AGAIN.search(folded(words or "")) is not None


def said_over(words: str | None, dataset: Mapping[str, Any]) -> tuple[Topic, ...]:
    """Say which facts of the dataset the assistant repeated, for the prospect to confirm or put right."""
    plain = folded(" ".join((words or "").split()))
    known = ((topic, dataset.get(topic.value)) for topic in _REPEATABLE)
    return tuple(topic for topic, value in known if isinstance(value, str) and value and folded(value) in plain)


def _in_order(places: Mapping[Topic, int]) -> list[Topic]:
    """Figures in the order they were asked for, since they are often answered in it; the rest as it is listed here."""
    figures = iter(sorted((topic for topic in places if topic in METRICS), key=places.__getitem__))
    return [next(figures) if topic in METRICS else topic for topic in places]


def _without_rivals(topics: list[Topic]) -> list[Topic]:
    """A question for an insight may name a channel or a figure and still asks for the insight only."""
    for rivals in (INSIGHTS, METRICS):
        if any(topic in rivals for topic in topics):
            return [topic for topic in topics if topic in rivals]
    return topics
