"""How an unknown English word probably sounds, letter group by letter group, in ARPAbet.

A recogniser only needs a guess that is nearer to the word than to any other: middling vowels, no stress.
"""

from typing import Final


def _table(text: str) -> dict[str, str]:
    """Read `letters: SOUNDS` entries, one after the other."""
    entries = (entry.partition(":") for entry in text.split(","))
    return {letters.strip(): " ".join(sounds.split()) for letters, _, sounds in entries}


LETTERS: Final = _table("""
    a: EY, b: B IY, c: S IY, d: D IY, e: IY, f: EH F, g: JH IY, h: EY CH, i: AY, j: JH EY, k: K EY, l: EH L, m: EH M,
    n: EH N, o: OW, p: P IY, q: K Y UW, r: AA R, s: EH S, t: T IY, u: Y UW, v: V IY, w: D AH B AH L Y UW, x: EH K S,
    y: W AY, z: Z IY
""")
"""The names of the letters."""

SUFFIXES: Final = _table("""
    shire: SH ER, borough: B ER OW, bury: B ER IY, ham: AH M, ment: M AH N T, ness: N AH S, less: L AH S,
    able: AH B AH L, ings: IH NG Z, ing: IH NG, ers: ER Z, er: ER, ly: L IY, ed: D, s: Z
""")
"""What a known word may have behind it."""

_ENDINGS: Final = _table("""
    tions: SH AH N Z, tion: SH AH N, sions: ZH AH N Z, sion: ZH AH N, cian: SH AH N, tial: SH AH L, ture: CH ER,
    shire: SH ER, borough: B ER OW, bury: B ER IY, ham: AH M, ious: IY AH S, ous: AH S, able: AH B AH L,
    ible: AH B AH L, ment: M AH N T, ness: N AH S, less: L AH S, age: IH JH, ify: AH F AY, ly: L IY, ings: IH NG Z,
    ing: IH NG, ers: ER Z, er: ER, le: AH L, ey: IY, y: IY, ie: IY, ee: IY, ia: IY AH, io: IY OW, a: AH, o: OW, i: IY,
    e:
""")
"""Endings that come after a stem with a vowel."""

_GROUPS: Final = _table("""
    eigh: EY, augh: AO, ough: AO, tch: CH, dge: JH, igh: AY, sch: S K, ch: CH, sh: SH, th: TH, ph: F, gh: G, wh: W,
    ck: K, ng: NG, nk: NG K, qu: K W, kn: N, wr: R, ai: EY, ay: EY, au: AO, aw: AO, ea: IY, ee: IY, ei: EY, eu: Y UW,
    ew: UW, ie: IY, oa: OW, oe: OW, oi: OY, oy: OY, oo: UW, ou: AW, ow: OW, ue: UW, ar: AA R, er: ER, ir: ER, or: AO R,
    ur: ER, a: AE, e: EH, i: IH, o: AA, u: AH, y: IH, b: B, c: K, d: D, f: F, g: G, h: HH, j: JH, k: K, l: L, m: M,
    n: N, p: P, q: K, r: R, s: S, t: T, v: V, w: W, x: K S, z: Z
""")
_LONG: Final = _table("a: EY, e: IY, i: AY, o: OW, u: UW, y: AY")
_SOFT: Final = _table("c: S, g: JH")
_VOWELS = frozenset("aeiouy")
_NEVER_BETWEEN_LONG = _VOWELS | frozenset("xrw")


def spell_out(word: str) -> str:
    """Pronounce a word of plain letters as an abbreviation is read: letter by letter."""
    return " ".join(LETTERS[letter] for letter in word)


def sound_out(word: str) -> str:
    """Guess the pronunciation of a lower-case word of plain letters, by its spelling."""
    ending = next((e for e in _ENDINGS if word.endswith(e) and _VOWELS & set(word[: -len(e)])), "")
    end = len(word) - len(ending)
    sounds = []
    at = 0
    while at < end:
        group, sound = _next_sound(word, at, end)
        sounds += sound.split()
        at += len(group)
    sounds += _ENDINGS.get(ending, "").split()
    return " ".join(sound for at, sound in enumerate(sounds) if sound not in sounds[max(at - 1, 0) : at])


def _next_sound(word: str, at: int, end: int) -> tuple[str, str]:
    """Take the letters at a position that sound together: a long vowel, a soft c or g, else the longest group."""
    letter, after = word[at], word[at + 1 : at + 3]
    if letter in _LONG and len(after) == 2 and after[0] not in _NEVER_BETWEEN_LONG and after[1] in _VOWELS:
        return letter, _LONG[letter]
    if letter in _SOFT and after[:1] in ("e", "i", "y"):
        return letter, _SOFT[letter]
    group = next(word[at : at + size] for size in (4, 3, 2, 1) if at + size <= end and word[at : at + size] in _GROUPS)
    return group, _GROUPS[group]
