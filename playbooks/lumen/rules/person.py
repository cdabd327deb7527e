"""Who the prospect is: their own name and their own job title."""

import re
from collections.abc import Iterator

from domain.tool_call import ProposedCall
from playbooks.lumen.dataset import folded, same_words
from playbooks.lumen.rules.clauses import Clause
from playbooks.lumen.rules.hearing import Hearing
from playbooks.lumen.rules.topics import Topic

_NAME_WORD = r"[^\W\d_][^\W\d_]*(?:['’-][^\W\d_]+)*"
_NAME = rf"(?P<name>{_NAME_WORD}(?:\s+{_NAME_WORD}){{0,2}})"
_INTRODUCES = re.compile(
    rf"\b(?:my\s+(?:full\s+|first\s+)?name(?:'s|\s+is|\s+was)\s+(?:actually\s+|really\s+|now\s+)?|(?:just\s+|please\s+)?call\s+me\s+|i\s+go\s+by\s+|i'm\s+called\s+|i\s+am\s+called\s+)(?!spel)(?!not\b){_NAME}",
    re.IGNORECASE,
)
_PRESENTS = re.compile(
    rf"\b(?:i'm|i\s+am|this\s+is|it's|it\s+is|that's|you're\s+speaking\s+(?:to|with)|you've\s+got)\s+(?:actually\s+)?{_NAME}",
    re.IGNORECASE,
)
_SPEAKING = re.compile(rf"^\W*(?:\w+\W+)?{_NAME}\s+(?:speaking|here)\b", re.IGNORECASE)
_ANSWERS = re.compile(
    rf"^\W*(?:(?:yes|yeah|sure|no|oh|hi|hello|hey|um|uh|so|sorry|actually|it's|that's)\b\W*)*{_NAME}\W*$", re.IGNORECASE
)
_SPELT = re.compile(r"\b(?P<letters>[a-z](?:[-\s.]+[a-z]\b){2,})", re.IGNORECASE)
_SPELLS = re.compile(r"\bspel(?:t|led|ling|l)\b|\bwith\s+an?\s+\w\b", re.IGNORECASE)
_ENDS_A_NAME = frozenset(
    "and but from at the a an here speaking with not by in of on to for so or actually now please thanks thank is i i'm if it it's because "
    "who which head marketing director manager owner instead again though like just really yeah yes no okay back when we you my calling "
    "spelt spelled spelling well good fine sorry also then right sure mate".split()
)
_NO_NAME = frozenset(
    "good great fine well sorry sure afraid happy glad interested looking calling ringing not just here there in on at the a an busy free ready going "
    "trying working based responsible actually really very so it this that what all only still also now never always from done back English "
    "Scottish Welsh Irish British American me my right true correct about around roughly more less probably maybe hi hello hey monday tuesday "
    "wednesday thursday friday saturday sunday google facebook ppc checkatrade ok okay yes no yeah later tomorrow today between over under up down "
    "new old too quite pretty used confused curious impressed keen running head marketing director manager owner ceo md hard easy because "
    "one two three four five six seven eight nine ten mr mrs ms".casefold().split()
)
_TITLE_NOUN = (
    r"(?:director|manager|owner|co-?owner|founder|co-?founder|ceo|cfo|cto|coo|cmo|md|partner|supervisor|coordinator|executive|assistant|officer|administrator|"
    r"receptionist|engineer|consultant|specialist|president|vp|chief|foreman|estimator|surveyor|bookkeeper|secretary|lead|leader|head|boss|buyer|planner|"
    r"controller|analyst|strategist|marketer|proprietor|principal|chairman|chairwoman|chair|accountant|developer|designer|technician|apprentice)"
)
_OF = r"(?:\s+(?:of|for)\s+(?:the\s+)?(?!quick\s+fit|a\s+company)\w+(?:\s+(?:and|&)\s+(?!i\b|we\b|my\b)\w+)?(?:\s+(?:development|marketing|operations|sales|department|team|growth|acquisition))?)"
_TITLE = rf"(?P<title>(?:(?!of\b|for\b|and\b|to\b|with\b|at\b|still\b|not\b|who\b|your\b|his\b|her\b|looking\b|talking\b|speaking\b)[\w-]+\s+){{0,3}}?{_TITLE_NOUN}\b(?:\s+{_TITLE_NOUN}\b)?{_OF}?)"
_ARTICLE = r"(?:(?:actually|now|just|really|also|currently|officially|technically|basically|only|in\s+fact)\s+)*(?:the|a|an|our|their)?\s*(?:(?:new|current|acting\s+as)\s+)?"
_HOLDS = re.compile(
    rf"\b(?:i'm|i\s+am|my\s+(?:job\s+)?(?:title|role|position|job)(?:'s|\s+is)|i\s+work\s+as|i've\s+become|i\s+became|(?:promoted|moved\s+up|moved)\s+to|they\s+made\s+me|i'm\s+working\s+as|i\s+took\s+over\s+as)"
    rf"\s+(?:now\s+)?{_ARTICLE}{_TITLE}",
    re.IGNORECASE,
)
_IT_IS = re.compile(rf"(?:^|\b(?:it's|it\s+is|that's|just|yes|yeah|no)\b\W*){_ARTICLE}{_TITLE}", re.IGNORECASE)
_DOES = re.compile(
    r"\bi\s+(?:run|own|manage|look\s+after|head(?:\s+up)?|lead|handle)\s+(?P<title>(?:the|our|all)\b[\w\s]{2,40})",
    re.IGNORECASE,
)


def find_person(hearing: Hearing) -> Iterator[ProposedCall]:
    """Propose the prospect's name and job title where they are new."""
    finds = {Topic.USER_NAME: _name, Topic.JOB_TITLE: _title}
    for topic, find in finds.items():
        for clause in hearing.clauses:
            value = find(hearing, clause)
            if value and not same_words(hearing.dataset.get(topic.value), value):
                yield ProposedCall(
                    "update_profile_field", {"field_to_update": topic.value, "new_value": value}, clause.text
                )
                break


def _name(hearing: Hearing, clause: Clause) -> str | None:
    if clause.asks or clause.supposes or clause.of_others:
        return None
    asked = Topic.USER_NAME in hearing.asked
    if (asked or _SPELLS.search(clause.text)) and (spelt := _SPELT.search(clause.text)):
        letters = re.sub(r"[^A-Za-z]", "", spelt["letters"])
        return letters.capitalize()
    introduced = _INTRODUCES.search(clause.text)
    if introduced:
        return _as_name(introduced["name"], hearing, sure=True)
    called = _SPEAKING.search(clause.text) or _corrected(hearing, clause)
    if asked or called:
        found = called or _PRESENTS.search(clause.text) or _ANSWERS.search(clause.text)
        return _as_name(found["name"], hearing, sure=asked) if found else None
    presented = re.search(rf"\b(?:i'm|i\s+am|this\s+is)\s+(?:actually\s+)?{_NAME}", clause.text, re.IGNORECASE)
    return _as_name(presented["name"], hearing, sure=False) if presented else None


def _corrected(hearing: Hearing, clause: Clause) -> re.Match[str] | None:
    """ "It's X, not Y" where Y is the name on record, in one clause or across two."""
    known = hearing.dataset.get("user_name")
    if isinstance(known, str) and re.search(rf"\bnot\s+{re.escape(known)}\b", clause.sentence, re.IGNORECASE):
        return _PRESENTS.search(clause.text)
    return None


def _as_name(words: str, hearing: Hearing, *, sure: bool) -> str | None:
    """The words up to the first that ends a name; small letters count only where a name is due."""
    kept: list[str] = []
    for word in words.split():
        plain = word.casefold()
        if plain in _ENDS_A_NAME or plain in _NO_NAME or (hearing.cased and kept and not word[:1].isupper()):
            break
        kept.append(word)
    upper = all(word[:1].isupper() for word in kept)
    if not kept or (not upper and (hearing.cased or not sure)) or kept[0].casefold().endswith(("ing", "ish")):
        return None
    if re.search(rf"\b{_TITLE_NOUN}\b", words, re.IGNORECASE):
        return None
    return " ".join(word if word[:1].isupper() else word.capitalize() for word in kept)


def _title(hearing: Hearing, clause: Clause) -> str | None:
    if clause.asks or clause.supposes or clause.of_others or clause.wishes:
        return None
    text = re.sub(r"\b(?:i'm|i\s+am)\s+not\s+[^,.;]*", "", clause.text, flags=re.IGNORECASE)
    found = _HOLDS.search(text)
    asked = Topic.JOB_TITLE in hearing.asked
    if not found and asked:
        found = _IT_IS.search(text) or _DOES.search(text)
    if not found or clause.over and not re.search(r"\bnow\b|\bpromoted\b|\bmoved\b|these\s+days", text, re.IGNORECASE):
        return None
    title = found["title"].strip()
    return None if folded(title) in {"lead", "head", "chair", "boss"} and not asked else title
