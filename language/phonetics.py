"""What English words sound like, roughly, and how near two sounds are.

A sound is one letter: vowels i e a o u, the diphthongs Y (eye) and W (now), @ for an unstressed vowel, consonants as
spelt, with S (she), Z (measure), C (chin), J (jam), T (thin) and N (sing). Spelling rules, not a dictionary: a
recogniser's slips are regular enough, and a rule also reads names that no dictionary holds.
"""

import re
from functools import lru_cache
from itertools import accumulate

from rapidfuzz.distance import Levenshtein

_SPELLINGS = (
    "eye=Y, queue=kyu, que$=k, ious$=@s, tious=S@s, cious=S@s, ous$=@s, tion=S@n, ssion=S@n, "
    "sion=Z@n, gion=J@n, cian=S@n, tial=S@l, cial=S@l, ture=C@r, eigh=e, augh=o, ough=o, igh=Y, "
    "tch=C, dge=J, sch=sk, ph=f, ^kn=n, ^wr=r, ^ps=s, wh=w, ck=k, ch=C, sh=S, th=T, ngh=N, gh=, "
    "(?<=[aeiou])h(?![aeiouy])=, qu=kw, ng=N, "
    "sc(?=[iey])=s, cc(?=[iey])=ks, c(?=[iey])=s, g(?=[iey])=J, c=k, q=k, x=ks, ^x=z, j=J, "
    "mb$=m, alk=ok, all=ol, (?<=[^aeiou])le$=@l, (?<=[td])ed$=id, (?<=[^aeiou])ed$=d, "
    "(?<=[sxzh])es$=iz, es$=z, (?<=[^aeiou])e$=, (?<=[aeiou])e$=, ee=i, ea=i, ei=i, ey$=i, ie$=i, "
    "ies$=iz, ie=i, oo=u, oa=o, ou=W, ow$=o, ow=W, ai=e, ay=e, au=o, aw=o, oi=oY, oy=oY, ew=u, "
    "ue=u, ui=u, er$=@r, or$=@r, ar$=ar, ^y=y, y$=i, y=i, a(?=[^aeiouy]e$)=e, i(?=[^aeiouy]e$)=Y, "
    "o(?=[^aeiouy]e$)=o, u(?=[^aeiouy]e$)=u, a(?=[^aeiouy]es?$)=e, a(?=tion)=e, "
    "(?<=[aeioumnrlbdgvw])s$=z"
)
"""Spelling to sound, the first that fits at a place; "^" and "$" are the ends of the word."""
_RULES = tuple(tuple(rule.rsplit("=", 1)) for rule in _SPELLINGS.split(", "))
_RULE = re.compile("|".join(f"({spelling})" for spelling, _ in _RULES))
_LETTER_NAMES = "e bi si di i ef Ji eC Y Je ke el em en o pi kyu ar es ti yu vi dablyu eks wY zed"
_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        _LETTER_NAMES.split(),
        strict=True,
    )
)
_SPOKEN_LETTERS = frozenset("aeiouy")
_VOWELS = frozenset("ieaou@YW")
_NEAR = {
    frozenset(pair): cost
    for cost, pairs in (
        (0.2, "sz td kg pb fv SZ CJ TD mn nN iY ie ea ao ou oW"),
        (0.4, "JZ SJ SC sS zZ TF Tf Tt sT lr wv dT hw ZC"),
    )
    for pair in pairs.split()
}
_OTHER, _VOWEL_SWAP, _VOWEL_GAP, _GAP = 1.0, 0.35, 0.4, 0.8
_KIN = ("szSZCJTDFtdfvwh", "kg", "pb", "mnN", "lr", *"jqxyc")
"""Consonants that turn into each other by steps that cost less than a whole sound."""
_FRAME = str.maketrans({sound: 2 * group[0] for group in _KIN for sound in group} | dict.fromkeys(_VOWELS, "a"))


@lru_cache(maxsize=8192)
def sounds(folded: str) -> str:
    """The sounds of one folded word; letters that cannot be read as a word are spelt ("q", "ppc")."""
    if is_spelt(folded):
        return "".join(_LETTERS.get(letter, letter) for letter in folded)
    word = folded.replace("'", "")
    heard: list[str] = []
    at = 0
    while at < len(word):
        found = _RULE.match(word, at)
        if found and found.end() > at:
            heard.append(_RULES[(found.lastindex or 1) - 1][1])
            at = found.end()
        else:
            heard.append(word[at])
            at += 1
    return re.sub(r"(.)\1", r"\1", "".join(heard))


def is_spelt(folded: str) -> bool:
    """Whether a word is said letter by letter: one letter, or a few without a vowel."""
    return len(folded) == 1 or (len(folded) <= 5 and folded.isalpha() and not _SPOKEN_LETTERS.intersection(folded))


def phrase_sounds(words: tuple[str, ...]) -> str:
    """The sounds of some folded words in a row."""
    return "".join(sounds(word) for word in words)


def distance(a: str, b: str, limit: float = float("inf")) -> float:
    """Weighted edit distance of two strings of sounds; stops above `limit` with infinity."""
    gaps = [_gap(sound) for sound in b]
    row = list(accumulate(gaps, initial=0.0))
    for ours in a:
        gap, swaps, above = _gap(ours), _swaps(ours), row
        row = [above[0] + gap]
        for at, theirs in enumerate(b):
            row.append(min(above[at] + swaps.get(theirs, _OTHER), above[at + 1] + gap, row[at] + gaps[at]))
        if min(row) > limit:
            return float("inf")
    return row[-1]


@lru_cache(maxsize=32768)
def similarity(a: str, b: str, floor: float = 0.0) -> float:
    """1.0 for equal sounds, down to 0.0: one minus the distance over the longer length; 0.0 below `floor`."""
    longest = max(len(a), len(b))
    if not longest:
        return 1.0
    if Levenshtein.distance(frame(a), frame(b)) > most_apart(longest, floor):
        return 0.0
    return max(0.0, 1.0 - distance(a, b, (1.0 - floor) * longest) / longest)


def frame(heard: str) -> str:
    """Some sounds with all vowels as one, and with consonants twice, those that turn into each other as one."""
    return heard.translate(_FRAME)


def most_apart(longest: int, floor: float) -> float:
    """How many edits may lie between the frames of sounds, at most `longest` of them, that are as alike as `floor`.

    Sounds are no nearer than their frames, at the cost of a vowel an edit: this tells most pairs apart.
    """
    return (1.0 - floor) * longest / _VOWEL_GAP


def swallows(short: str, long: str) -> bool:
    """Whether `short` is `long` with its middle swallowed: "legion" for "lead generation".

    Both begin alike and end alike, and every sound of the short one comes in the long one in order.
    """
    if len(short) < 4 or not len(short) < len(long) <= 3 * len(short):
        return False
    if short[0] != long[0] or short[-2:] != long[-2:] or _swap(short[1], long[1]) > _VOWEL_SWAP:
        return False
    at = 0
    for sound in short:
        while at < len(long) and _swap(sound, long[at]) > 0.2:
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def _gap(sound: str) -> float:
    return _VOWEL_GAP if sound in _VOWELS else _GAP


def _swap(a: str, b: str) -> float:
    return _swaps(a).get(b, _OTHER)


@lru_cache(maxsize=1024)
def _swaps(sound: str) -> dict[str, float]:
    """What it costs to put another sound in the place of this one, where that is less than for any other."""
    vowels = dict.fromkeys(_VOWELS, _VOWEL_SWAP) if sound in _VOWELS else {}
    near = {other: cost for pair, cost in _NEAR.items() if sound in pair for other in pair - {sound}}
    return {**vowels, **near, sound: 0.0}
