"""Insights: what troubles the prospect, what they want, why they came and what they do well."""

import re
from collections.abc import Iterator

from domain.tool_call import ProposedCall
from playbooks.lumen.dataset import folded
from playbooks.lumen.rules.clauses import Clause
from playbooks.lumen.rules.hearing import Hearing
from playbooks.lumen.rules.topics import INSIGHTS, Topic

_W = r"(?:\w+\s+)"
_BUSINESS = (
    r"(?:calls?|leads?|customers?|jobs?|work|business|money|sales|enquir(?:y|ies)|track|ads?|adverts?|campaigns?|budget|conversions?|"
    r"bookings?|quotes?|clients?|traffic|visitors?|spend|appointments?|reviews?|staff|engineers|opportunit(?:y|ies)|out)"
)
_TELLING = {
    Topic.CHALLENGE: rf"struggl\w+|(?<!no\s)(?<!not\sa\s)(?<!any\s)(?:problems?|trouble)\b(?!\s+hearing)|\bissues?\s+(?:is|with|we)|(?:big|main|real)\w*\s+issue|challeng\w+|"
    rf"\b(?:hard|tough|difficult|impossible|tricky)\s+to\b|\b(?:can't|cannot|can\s+never|couldn't|unable\s+to|not\s+able\s+to)\s+(?:really\s+|even\s+|actually\s+)?"
    rf"(?:tell|see|track|work\s+out|figure|keep\s+up|know|afford|get|find|measure|prove|say|answer|cope|trace|pin)\b|"
    rf"\b(?:don't|do\s+not|never|doesn't|didn't)\s+(?:really\s+|even\s+|actually\s+)?know\s+(?:which|where|what|who|how|if|whether)|"
    rf"\b(?:no|any)\s+(?:real\s+)?(?:idea|clue|way\s+of|way\s+to|visibility|insight)\b(?!\s*[,.]?$)|"
    rf"\b(?:not|never)\s+(?:really\s+)?(?:sure|certain)\s+(?:which|where|what\s+(?:works|ads|channel)|how\s+(?:many|well|much))|"
    rf"\b(?:los(?:e|es|ing|t)|miss(?:es|ing|ed)?)\s+{_W}{{0,3}}?(?:{_BUSINESS}|half|them)\b|\bwast(?:e|es|ing|ed)\b|frustrat\w+|annoy\w+|nightmare|"
    rf"\bpain(?:ful)?\b|headache|killing\s+us|cost(?:s|ing)\s+us|too\s+expensive|too\s+much\s+(?:on|for|money|time)|"
    rf"(?:not|n't)\s+{_W}{{0,3}}?enough\b|dried\s+up|(?:has|have|are|is|'s|'ve|keeps?)\s+{_W}{{0,2}}?(?:dropp(?:ed|ing)|fall(?:en|ing)|slow(?:ed|ing)|gone\s+down|going\s+down)|"
    rf"(?:poor|bad|low|rubbish|terrible|weak)\s+(?:quality|leads?|conversions?|response|results)|time\s*-?wasters|\bspam\b|flying\s+blind|in\s+the\s+dark|"
    rf"guess(?:ing|work)|nobody\s+(?:answers|picks|calls)|no\s?-?one\s+(?:answers|picks|calls)|eat(?:s|ing)\s+into|driv(?:es|ing)\s+(?:me|us)|\bchas(?:e|ing)\b|"
    rf"\black\s+of\b|short\s+of|overwhelmed|swamped|go(?:es|ing)?\s+unanswered|unanswered|fall(?:s|ing)?\s+through\s+the\s+cracks|(?:quiet|slow)\s+(?:period|season|months?|winters?)",
    Topic.GOAL: rf"\b(?:want|need|aim(?:ing)?|hope|hoping|plan(?:ning)?|looking|trying|like|love|keen|goal|target|priority|ambition|idea)\b\s*{_W}{{0,3}}?(?:to\s+|for\s+)?{_W}{{0,2}}?"
    rf"(?:get(?:ting)?|increas\w+|grow\w*|generat\w+|boost\w*|improv\w+|doubl\w+|tripl\w+|reduc\w+|cut(?:ting)?|expand\w*|win(?:ning)?|bring\w*|track\w*|attract\w*|convert\w*|scal\w+|open\w*|hir\w+|"
    rf"recruit\w*|mov(?:e|ing)\s+into|stop\s+\w+ing|target\w*|reach\w*|sav\w+|understand\w*|measur\w+|build\w*|make\s+(?:more|sure)|tak(?:e|ing)\s+on|be\s+(?:the|able)|have\s+(?:more|a)|"
    rf"(?:know|see|find\s+out|work\s+out)\s+(?:\w+\s+)?(?:which|where|what's|what\s+(?:works|brings|ads)|how\s+(?:many|our))|more\s+{_W}{{0,2}}?{_BUSINESS}|fewer|a\s+steady|steady)\b|"
    rf"\b(?:our|the|my|main|biggest)\s+(?:goal|aim|target|ambition|priority)\b",
    Topic.MOTIVATION: r"\b(?:the|main|only|one|whole)\s+reasons?\b|\breasons?\s+(?:i|we|why|for)\b|\b(?:that's|which\s+is|that\s+is)\s+(?:really\s+)?why\b|"
    r"\bwhat\s+(?:\w+\s+)?(?:got|made|prompted|brought|drew|attracted|interested|interests|appeals)\b|\b(?:i'm|i\s+am|we're|we\s+are|got)\s+(?:\w+\s+)?(?:interested|curious)\s+(?:because|since|after)|"
    r"\b(?:got\s+in\s+touch|reached\s+out|calling|called|rang|booked\s+this|signed\s+up|took\s+this\s+call|here|looking\s+into\s+(?:this|it))\s+(?:\w+\s+)?because\b|"
    r"\bcaught\s+(?:my|our)\s+eye|\bprompted\s+(?:me|us|this)",
    Topic.STRENGTH: r"\bknown\s+for\b|\b(?:good|great|best|brilliant|excellent|strong)\s+at\b|pride\s+ourselves|\bproud\s+of\b|\bstrengths?\b|\bsets?\s+us\s+apart|"
    r"\b(?:great|excellent|brilliant|fantastic|good|amazing|solid|strong|five[\s-]star|5[\s-]star|glowing|superb|lovely)\s+(?:\w+\s+)?(?:reviews?|reputation|feedback|ratings?|service|name)\b|"
    r"\bloyal\b|\b(?:keep|always)\s+com(?:e|ing)\s+back|\bconverts?\s+(?:really\s+|very\s+)?well\b|(?:business|service|work|that|side|team|ads|it|word\s+of\s+mouth)(?:'s|\s+is|\s+are)?\s+(?:work(?:s|ing)?|do(?:es|ing)?)\s+(?:really\s+|very\s+|pretty\s+)?(?:well|great)\b|"
    r"\bwe\s+(?:\w+\s+)?always\s+(?:turn|show|answer|get|finish|deliver|pick)|\b(?:same[\s-]day|24[\s/-]7|24[\s-]hour|twenty\s+four\s+seven)\b|\bwithin\s+(?:an|the|one|two|a\s+couple\s+of)\s+hours?\b|"
    r"\b(?:faster|quicker|better)\s+than\s+(?:any|every|most|the|our)|\b(?:quickest|fastest|most\s+trusted)\b|\baward|\bonly\s+(?:company|firm|ones?|business)\b|\bnobody\s+else\b|"
    r"\bhighly\s+(?:rated|recommended)|\brecommend\s+us\b|\bour\s+(?:customers|clients)\s+(?:\w+\s+)?(?:love|trust)\s+us|\bwe(?:'ve|\s+have)\s+never\s+(?:had|let|missed)\b",
}
_PATTERNS = {topic: re.compile(pattern, re.IGNORECASE) for topic, pattern in _TELLING.items()}
_OURS = re.compile(
    rf"\b(?:we|we're|we've|we'd|we'll|our|us|ours|{_BUSINESS}|website|phones?|marketing|firm|company|market|team|forms?)\b",
    re.IGNORECASE,
)
_THIS_CALL = re.compile(
    r"\b(?:hear(?:ing)?\s+you|the\s+line|signal|connection|breaking\s+up|weather|rain\w*|sunny|weekend|holiday|this\s+morning|train|football|coffee|lunch|"
    r"on\s+mute|another\s+(?:call|meeting)|(?:lost|missed)\s+(?:you|that|what|your|the\s+(?:first|last|end))|my\s+(?:headset|mic|laptop|car|kids?|dog|back)|call\s+(?:you|me)\s+back|"
    r"how\s+much|what\s+(?:it|this)\s+costs?|send\s+me|the\s+demo|a\s+demo|your\s+(?:name|product|company|platform|tool|software|price|pricing))\b",
    re.IGNORECASE,
)
_NO_ANSWER = re.compile(
    r"^\W*(?:\w+\W+){0,2}?(?:don't\s+(?:really\s+)?know\W*$|not\s+(?:really\s+)?sure\W*$|no\s+idea\W*$|good\s+question|hard\s+to\s+say|let\s+me\s+think|nothing\s+(?:really|much|springs|comes)|"
    r"(?:i'd|i\s+would)\s+have\s+to|not\s+(?:really|much)\W*$|i\s+think\s+so|that's\s+(?:right|it|correct|fine|fair|true)|sounds?\s+(?:good|great|interesting)|of\s+course|go\s+(?:on|ahead)|"
    r"(?:sorry|pardon)\b|as\s+i\s+said|thank)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:(?:well|so|and|but|oh|yeah|yes|no|okay|ok|right|honestly|to\s+be\s+honest|i\s+mean|i\s+guess|i\s+suppose|you\s+know|you\s+see|basically|um|uh|hmm|look|plus|also|then|actually|really|obviously|good\s+question)\b[\s,]*)+",
    re.IGNORECASE,
)
_LEAST_WORDS = 3


def find_insights(hearing: Hearing) -> Iterator[ProposedCall]:
    """Propose each insight that is new: one for each category and sentence, in the clause's own words."""
    known = {(item["category"], folded(item["details"])) for item in hearing.insights("insights", [])}
    for category, clauses in _grouped(hearing):
        details = _OPENING.sub("", _joined(hearing.text, clauses))
        if (category.value, folded(details)) not in known and len(details.split()) >= _LEAST_WORDS:
            arguments = {"category": category.value, "insight_details": details}
            yield ProposedCall("record_business_insight", arguments, details)


def _grouped(hearing: Hearing) -> list[tuple[Topic, list[Clause]]]:
    """Neighbouring clauses of one category in one sentence belong together."""
    groups: list[tuple[Topic, list[Clause]]] = []
    for clause in hearing.clauses:
        category = _category(hearing, clause)
        last = groups[-1] if groups else None
        if category and last and last[0] is category and last[1][-1].sentence == clause.sentence:
            last[1].append(clause)
        elif category:
            groups.append((category, [clause]))
    return groups or _plain_answer(hearing)


def _category(hearing: Hearing, clause: Clause) -> Topic | None:
    if (
        clause.asks
        or clause.supposes
        or clause.of_others
        or _THIS_CALL.search(clause.text)
        or not _OURS.search(clause.sentence)
    ):
        return None
    told = [topic for topic, pattern in _PATTERNS.items() if pattern.search(clause.text)]
    if Topic.STRENGTH in told and clause.denies and "never" not in clause.text.casefold():
        told.remove(Topic.STRENGTH)
    asked = [topic for topic in told if topic in hearing.asked]
    if asked:
        return asked[0]
    wanted = Topic.GOAL in told and clause.wishes
    return Topic.GOAL if wanted else next((topic for topic in told if topic is not Topic.GOAL), None)


def _plain_answer(hearing: Hearing) -> list[tuple[Topic, list[Clause]]]:
    """The whole answer to a question for an insight, where no word of it says which kind it is."""
    asked = [topic for topic in hearing.asked if topic in INSIGHTS]
    told = [clause for clause in hearing.clauses if _answers(clause)]
    return [(asked[0], told)] if asked and told and len(hearing.text) < 600 else []


def _answers(clause: Clause) -> bool:
    words = _OPENING.sub("", clause.text).split()
    passed_over = _THIS_CALL.search(clause.text) or _NO_ANSWER.match(clause.text)
    return len(words) >= _LEAST_WORDS and not (clause.asks or clause.supposes or clause.of_others or passed_over)


def _joined(text: str, clauses: list[Clause]) -> str:
    """The words of the turn from the first clause to the last."""
    start = text.find(clauses[0].text)
    end = text.find(clauses[-1].text, start) + len(clauses[-1].text)
    return text[start:end].rstrip(" .,;!")
