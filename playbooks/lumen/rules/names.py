"""The prospect's own name: introduced, spelt, or put right."""

import re

from domain.conversation import Role
from language.slots.names.corrected import as_corrected
from language.slots.names.reading import named
from language.tokens import tokens
from language.word_classes import MODALS, SUBJECTS
from language.words import is_word
from playbooks.lumen.rules.clauses import Clause
from playbooks.lumen.rules.hearing import Hearing
from playbooks.lumen.rules.job_titles import TITLE_FIRST
from playbooks.lumen.rules.name_words import ASIDE, ENDS_A_NAME, NO_FIRST_NAME
from playbooks.lumen.rules.phrases import any_of, choice, folded
from playbooks.lumen.rules.topics import Topic

_WORD = r"[^\W\d_]+(?:['-][^\W\d_]+)*"
_TITLED = r"(?:(?:dr|mrs?|ms|miss|prof(?:essor)?)\.? )?"
_NAME = rf"{_TITLED}(?P<name>{_WORD}(?: {_WORD}){{0,2}})"
_CALLS_HIMSELF = re.compile(
    r"\b"
    + choice(
        r"""
        my (?:full |first )?name(?:'s| is)(?: actually| really| now)?
        (?:just |please )?(?<!nobody )(?<!no one )calls? me|i go by|(?:i'm|i am) called
        """
    )
    + rf" (?!spel|not\b|back\b){_NAME}"
)
_ON_THE_LINE = "you're (?:through|speaking|talking) (?:to|with)"
_PRESENTS = re.compile(
    rf"\b(?:i'm|i am|this is|it's|it is|that's|you've got|{_ON_THE_LINE}) (?:actually )?"
    rf"(?:(?P<once>{_WORD}), (?=(?P=once) ))?{_NAME}"
)
_INTRODUCES = re.compile(rf"\b(?:i'm|i am|this is|{_ON_THE_LINE}) (?:actually )?{_NAME}")
_SPEAKING = re.compile(
    rf"^\W*(?:\w+\W+){{0,2}}?(?:(?:it's|this is) )?{_TITLED}"
    rf"(?P<name>{_WORD}(?: {_WORD})?) (?:speaking|here)(?= from\b|,|\W*$)"
)
_ANSWERS = re.compile(
    rf"^\W*(?:(?:{ASIDE})\b\W*)*(?:{TITLE_FIRST})?{_NAME}"
    r"(?:\W+(?:yes|yeah|no|correct|please|that's (?:right|me))|, (?:from|but|not|nobody|everybody|everyone) .*)?\W*$"
)
_PUTS_RIGHT = re.compile(rf"^\W*(?:(?:no|sorry|actually)\W+)*(?:it's|it is) (?:actually )?{_NAME}(?:,|\W*$)")
_ASKS_OPENLY = any_of(r"who|who's|(?:what's|what is|catch|get|have|take|tell me|give me) your (?:full |first )?name")
_LETTERS = re.compile(r"(?<![\w'])[a-z](?:(?:-| |\. ?)[a-z](?![\w'])){2,}")
_SPELLS = any_of(r"spelt|spelled|spelling|spell")
_ENDINGS = ("ing", "ish", "ly")
_GOES_ON = SUBJECTS | MODALS
"""What makes the words before it the head of a sentence, and no name: "course you can"."""


def find_name(hearing: Hearing, clause: Clause) -> str | None:
    """The name the prospect gives as their own in this clause, or None."""
    asked = Topic.USER_NAME in hearing.asked
    spelt = _LETTERS.search(clause.plain) if asked or _spelling(hearing, clause) else None
    if spelt:
        return "".join(letter for letter in spelt.group() if letter.isalpha()).capitalize()
    found = _CALLS_HIMSELF.search(clause.plain)
    if found:
        return _name(clause, found, hearing, due=True)
    if asked or _corrects(hearing, clause):
        found = _SPEAKING.search(clause.plain) or _PRESENTS.search(clause.plain) or _ANSWERS.search(clause.plain)
        return _name(clause, found, hearing, due=asked)
    return _name(clause, _SPEAKING.search(clause.plain) or _INTRODUCES.search(clause.plain), hearing, due=False)


def _spelling(hearing: Hearing, clause: Clause) -> bool:
    """Whether letters are a name: it is said that they spell, or the assistant has just spelt one."""
    asked = folded(hearing.conversation.question or "")
    return _SPELLS.search(clause.plain) is not None or _LETTERS.search(asked) is not None


def _corrects(hearing: Hearing, clause: Clause) -> bool:
    """Whether it denies the name on record, or answers a greeting by it with another."""
    known = hearing.dataset.get("user_name")
    if not isinstance(known, str):
        return False
    said = rf"\b{re.escape(folded(known))}\b"
    greeted = not hearing.asked and re.search(said, folded(hearing.conversation.question or ""))
    if greeted and _PUTS_RIGHT.match(clause.plain):
        return True
    return re.search(rf"\bnot {said}", folded(clause.sentence)) is not None


def _name(clause: Clause, found: re.Match[str] | None, hearing: Hearing, *, due: bool) -> str | None:
    """The words up to the first that ends a name, with capitals."""
    if found is None:
        return None
    agents = {folded(said.speaker) for said in hearing.conversation.history if said.role is Role.AGENT}
    kept: list[str] = []
    for word in clause.text[found.start("name") : found.end("name")].split():
        stops = folded(word) in ENDS_A_NAME or folded(word) in NO_FIRST_NAME or folded(word) in agents
        if stops or (kept and hearing.cased and not word[:1].isupper()):
            kept = [] if folded(word) in _GOES_ON else kept
            break
        kept.append(word)
    if not kept or folded(kept[0]).endswith(_ENDINGS) or not _can_be_a_name(kept, hearing, due=due):
        return None
    start = clause.sentence.find(clause.text) + found.start("name")
    return _put_right(clause.sentence, start, " ".join(kept))


def _put_right(said: str, start: int, name: str) -> str:
    """The name with capitals, as it stands where it is put right in the same breath: "Tom, sorry, Tim"."""
    words = tokens(said)
    given = named(said, [word for word in words if start <= word.start < start + len(name)])
    (standing,) = as_corrected(said, words, [given])
    if standing is not given:
        name = " ".join(filter(None, (standing.first, standing.last)))
    return " ".join(word if word[:1].isupper() else word.capitalize() for word in name.split())


def _can_be_a_name(words: list[str], hearing: Hearing, *, due: bool) -> bool:
    """Capitals tell where the turn has them; elsewhere a name is asked for, or is no word of the language."""
    if hearing.cased or not due:
        return all(word[:1].isupper() for word in words) and (hearing.cased or not is_word(folded(words[0])))
    asked_openly = _ASKS_OPENLY.search(folded(hearing.conversation.question or "")) is not None
    return asked_openly or not any(is_word(folded(word)) for word in words)
