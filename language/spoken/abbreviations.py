"""Abbreviations and signs, by the words they stand for."""

import re

from language.spoken.rules import full_stop, rule

_TITLES = {"Mr": "Mister", "Mrs": "Missus", "Ms": "Miz", "Prof": "Professor"}
_WORDS = {
    "jr": "Junior", "sr": "Senior",
    "approx": "approximately", "dept": "department", "vs": "versus", "etc": "et cetera", "ave": "Avenue",
    "blvd": "Boulevard", "apt": "apartment", "ste": "suite", "inc": "Incorporated", "ltd": "Limited",
    "corp": "Corporation", "appt": "appointment", "tel": "telephone", "govt": "government", "temp": "temperature",
    "max": "maximum", "misc": "miscellaneous", "incl": "including", "excl": "excluding",
}  # fmt: skip
_ALONE = "|".join(_WORDS)
_ARTICLES = r"(?:The|At|In|On|To|From|Near|And|Of|By|For|Is|Visit|Our|Your)"


def _word(found: re.Match[str]) -> str:
    return _WORDS[found[1].lower()] + full_stop(found)


def _initials(found: re.Match[str]) -> str:
    return " ".join(found[0].replace(".", "")) + full_stop(found)


ABBREVIATIONS = (
    rule(r"\be\.\s?g\.,?", "for example,"),
    rule(r"\bi\.\s?e\.,?", "that is,"),
    rule(r"\bDr\.(?=\s[A-Z])", "Doctor"),
    rule(r"\b(Mrs?|Ms|Prof)\.", lambda found: _TITLES[found[1]]),
    rule(
        rf"(?<=[a-z0-9] )(?<!\bthe )([A-Z][a-z]+) (?<!{'The '})Dr\.",
        lambda found: f"{found[1]} Drive{full_stop(found)}",
    ),
    rule(
        rf"\b(?!{_ARTICLES}\b)([A-Z][a-z]+|[0-9]+(?:st|nd|rd|th)) St\.",
        lambda found: f"{found[1]} Street{full_stop(found)}",
    ),
    rule(r"\bSt\.(?=\s[A-Z])", "Saint"),
    rule(r"\b([A-Z][a-z]+) Rd\.", lambda found: f"{found[1]} Road{full_stop(found)}"),
    rule(r"\b(?:[Nn]o\.|№)\s?(?=[0-9])", "number "),
    rule(r"№", "number "),
    rule(r"\b[Ee]xt\.\s?(?=[0-9])", "extension "),
    rule(r"(?<=[0-9])\s?(?:x|×)\s(?=[0-9])", " times "),
    rule(rf"\b({_ALONE})\.", _word, re.IGNORECASE),
    rule(r"\b(?:[A-Z]\.){2,8}", _initials),
    rule(r"\bw/o\b", "without"),
    rule(r"\bw/\s?(?=\w)", "with "),
    rule(r"\bb/c\b", "because"),
    rule(r"\band/or\b", "and or"),
    rule(r"\bC#", "C sharp"),
    rule(r"\bC\+\+", "C plus plus"),
    rule(r"[~≈]\s?(?=[$€£₹]?[0-9])", "about "),
    rule(r"#\s?(?=[0-9])", "number "),
)

_AROUND = r"\s{0,3}"
_BETWEEN = {
    "&": "and", "@": "at", "+": "plus", "=": "equals", "×": "times", "÷": "divided by", "±": "plus or minus",
    "≤": "at most", "≥": "at least",
}  # fmt: skip
_BEHIND = {
    "%": "percent", "°": "degrees", "²": "squared", "³": "cubed", "$": "dollars", "€": "euros", "£": "pounds",
    "₹": "rupees", "¥": "yen",
}  # fmt: skip

SIGNS = (
    rule(r"(?<=[^\W\d_])/(?=[^\W\d_])", " or "),
    rule(rf"(?<=\w){_AROUND} \* {_AROUND}(?=\w)", " times "),
    *(rule(_AROUND + re.escape(sign) + _AROUND, f" {word} ") for sign, word in _BETWEEN.items()),
    *(rule(_AROUND + re.escape(sign), f" {word} ") for sign, word in _BEHIND.items()),
)
